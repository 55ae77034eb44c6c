import type { RecipeMetadata } from '../../src/pictures/recipe-metadata/recipe-metadata.ts';

export const SAMPLE_RECIPE: RecipeMetadata = {
  picture: '0f9b2b1e-4c55-4b47-9d0e-6f3d3c1c2a11.2',
  model: 'nano-banana-pro',
  endpoint: 'fal-ai/nano-banana-pro/edit',
  prompt: 'Make it night, with “stars” & <fog>',
  seed: '18446744073709551615',
  options: { aspect_ratio: '16:9', steps: 28, guidance: 3.5, safe: true, negative: '' },
  parents: ['5d0a1c9e-1111-4222-8333-944455556666.1', '5d0a1c9e-1111-4222-8333-944455556666.g2'],
  madeAt: '2026-11-26',
};
