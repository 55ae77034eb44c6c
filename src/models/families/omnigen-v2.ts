/** OmniGen 2: draws, edits and combines; its words and its pictures each have a guidance of their own. */
import { files, text, type ModelFamily } from './family.ts';

const omnigen: ModelFamily = {
  name: 'omnigen-v2',
  description: 'Draws, edits and combines up to three pictures by words',
  endpoints: [
    {
      id: 'fal-ai/omnigen-v2',
      fields: {
        prompt: { type: text(1) },
        // “You can use up to 3 images.”
        input_image_urls: { type: files('image', 0, 3) },
      },
      means: { guidance: 'text_guidance_scale' },
    },
  ],
};
export default omnigen;
