/** Alibaba's Wan 2.2: one photorealistic picture at a time. */
import { text, type ModelFamily } from './family.ts';

const wan: ModelFamily = {
  name: 'wan',
  description: 'Photorealistic pictures of high resolution with fine detail',
  endpoints: [{ id: 'fal-ai/wan/v2.2-a14b/text-to-image', fields: { prompt: { type: text(1) } } }],
};
export default wan;
