/** Qwen-Image: draws from words alone; strong at lettering, and every knob can be turned. */
import type { FieldType } from '../endpoint.ts';
import { number, text, type ModelFamily } from './family.ts';

const LORA: FieldType = {
  kind: 'object',
  fields: [
    { name: 'path', type: text(1), required: true, nullable: false },
    { name: 'scale', type: number(0, 4), required: false, nullable: false, standard: 1 },
  ],
};

const qwenImage: ModelFamily = {
  name: 'qwen-image',
  description: 'Draws from words; good at lettering, with seeds, steps and LoRAs',
  endpoints: [
    {
      id: 'fal-ai/qwen-image',
      fields: {
        prompt: { type: text(1) },
        // Only the description says so: “You can use up to 3 LoRAs”.
        loras: { type: { kind: 'list', of: LORA, maxItems: 3 } },
      },
    },
  ],
};
export default qwenImage;
