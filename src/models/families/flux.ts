/** FLUX.1 of Black Forest Labs: the open model, with LoRAs, and the Kontext editors. */
import { choice, integer, number, text, type FieldFacts, type ModelFamily } from './family.ts';

/** fal's client has the types of these fields only; the ranges are from the models' pages. */
const KONTEXT: Readonly<Record<string, FieldFacts>> = {
  prompt: { type: text(1) },
  seed: { type: { kind: 'integer' } },
  guidance_scale: { type: number(1, 20), standard: 3.5 },
  num_images: { type: integer(1, 4), standard: 1 },
  safety_tolerance: { type: choice('1', '2', '3', '4', '5', '6'), standard: '2' },
  enhance_prompt: { standard: false },
};

const flux: readonly ModelFamily[] = [
  {
    name: 'flux-dev',
    description: 'Draws quickly and cheaply from words; changes a picture by strength',
    endpoints: [
      { id: 'fal-ai/flux/dev', fields: { prompt: { type: text(1) } } },
      {
        id: 'fal-ai/flux/dev/image-to-image',
        fields: {
          prompt: { type: text(1) },
          seed: { type: { kind: 'integer' } },
          strength: { type: number(0.01, 1), standard: 0.95 },
          num_inference_steps: { type: integer(10, 50), standard: 40 },
          guidance_scale: { type: number(1, 20), standard: 3.5 },
          num_images: { type: integer(1, 4), standard: 1 },
        },
      },
    ],
  },
  {
    name: 'flux-lora',
    description: 'FLUX.1 [dev] in any style that a LoRA was trained for',
    endpoints: [{ id: 'fal-ai/flux-lora', fields: { prompt: { type: text(1) } } }],
  },
  {
    name: 'flux-kontext',
    description: 'Edits one picture by words and keeps the rest as it was',
    endpoints: [
      { id: 'fal-ai/flux-pro/kontext/text-to-image', fields: KONTEXT },
      { id: 'fal-ai/flux-pro/kontext', fields: KONTEXT },
    ],
  },
  {
    name: 'flux-kontext-max',
    description: 'Kontext with better lettering and closer reading, at twice the price',
    endpoints: [
      { id: 'fal-ai/flux-pro/kontext/max/text-to-image', fields: KONTEXT },
      { id: 'fal-ai/flux-pro/kontext/max', fields: KONTEXT },
    ],
  },
];
export default flux;
