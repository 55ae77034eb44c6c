/** Ideogram Character: the same person or figure in every picture, from one reference. */
import { files, integer, text, type ModelFamily } from './family.ts';

const ideogramCharacter: ModelFamily = {
  name: 'ideogram-character',
  description: 'Puts the figure of a reference picture into new scenes',
  endpoints: [
    {
      id: 'fal-ai/ideogram/character',
      fields: {
        prompt: { type: text(1) },
        seed: { type: { kind: 'integer' } },
        num_images: { type: integer(1, 8), standard: 1 },
        expand_prompt: { standard: true },
        // “Currently only 1 image is supported, rest will be ignored.” Masks likewise.
        reference_image_urls: { type: files('image', 1, 1) },
        reference_mask_urls: { type: files('image', 0, 1) },
        style_codes: {
          type: {
            kind: 'list',
            of: { kind: 'text', minLength: 8, maxLength: 8, form: 'hexadecimal' },
          },
        },
      },
      apart: [
        ['style', 'style_codes'],
        ['color_palette.name', 'color_palette.members'],
      ],
    },
  ],
};
export default ideogramCharacter;
