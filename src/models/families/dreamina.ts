/** ByteDance's Dreamina 3.1: few knobs, large pictures. */
import type { FieldType } from '../endpoint.ts';
import { integer, text, type ModelFamily } from './family.ts';

/** The page: “width and height must be between 512 and 2048”; the schema has the usual bounds. */
const SIDE = integer(512, 2048);
const SIZE: FieldType = {
  kind: 'object',
  fields: [
    { name: 'width', type: SIDE, required: false, nullable: false, standard: 2048 },
    { name: 'height', type: SIDE, required: false, nullable: false, standard: 1536 },
  ],
};
const PRESETS: FieldType = {
  kind: 'choice',
  values: [
    'square_hd',
    'square',
    'portrait_4_3',
    'portrait_16_9',
    'landscape_4_3',
    'landscape_16_9',
  ],
};

const dreamina: ModelFamily = {
  name: 'dreamina',
  description: 'Painterly and cinematic pictures with rich detail',
  endpoints: [
    {
      id: 'fal-ai/bytedance/dreamina/v3.1/text-to-image',
      fields: {
        prompt: { type: text(1) },
        image_size: { type: { kind: 'either', types: [SIZE, PRESETS] } },
      },
    },
  ],
};
export default dreamina;
