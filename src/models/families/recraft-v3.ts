/** Recraft 3: a house of styles, among them true vector drawings (SVG, at twice the price). */
import type { ModelFamily } from './family.ts';

const recraft: ModelFamily = {
  name: 'recraft-v3',
  description: 'Brand and vector art in dozens of styles, in your colours',
  endpoints: [
    {
      id: 'fal-ai/recraft/v3/text-to-image',
      fields: { style_id: { type: { kind: 'text', form: 'uuid' } } },
    },
  ],
};
export default recraft;
