/** Google's Nano Banana Pro: one endpoint draws from words, the other changes given pictures. */
import { files, integer, text, type ModelFamily } from './family.ts';

/** Google's own limit for Gemini 3 Pro Image; fal names none. */
const MOST_PICTURES = 14;

const nanoBananaPro: ModelFamily = {
  name: 'nano-banana-pro',
  description: 'Draws and edits with the finest grasp of words, text and detail',
  endpoints: [
    { id: 'fal-ai/nano-banana-pro' },
    {
      id: 'fal-ai/nano-banana-pro/edit',
      fields: {
        prompt: { type: text(3, 50_000) },
        num_images: { type: integer(1, 4), standard: 1 },
        image_urls: { type: files('image', 1, MOST_PICTURES) },
        limit_generations: { standard: false },
        enable_web_search: { standard: false },
        system_prompt: { type: text(0, 50_000), standard: '' },
      },
    },
  ],
};
export default nanoBananaPro;
