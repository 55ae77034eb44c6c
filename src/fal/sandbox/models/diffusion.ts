/** What FLUX and its like have in common. */
import type { Size } from '../size.ts';
import type { Studio } from '../studio.ts';
import type { Output } from './model.ts';

interface DiffusionInput {
  readonly prompt: string;
  readonly seed?: number | null | undefined;
  readonly num_images: number;
  readonly output_format: 'jpeg' | 'png';
  readonly sync_mode: boolean;
}

export async function drawDiffusion(
  input: DiffusionInput,
  studio: Studio,
  { size, sources = [] }: { size: Size; sources?: readonly Buffer[] },
): Promise<Output> {
  const seed = input.seed ?? studio.randomSeed();
  const images = await studio.draw({
    prompt: input.prompt,
    seed,
    count: input.num_images,
    size,
    format: input.output_format,
    inline: input.sync_mode,
    sources,
  });
  return {
    images: images.map(({ url, content_type, width, height }) => ({
      url,
      width,
      height,
      content_type,
    })),
    timings: { inference: studio.inferenceSeconds() },
    seed,
    has_nsfw_concepts: images.map((_image, index) => studio.isBlackedOut(index)),
    prompt: input.prompt,
  };
}
