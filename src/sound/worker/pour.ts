/** Hands on all samples of a recording, as whoever takes them wants them. */
import { openSound } from './open-sound.ts';
import { readPieces } from './read-pieces.ts';
import { createResampler, type Shape, type TakeSamples } from './resampler.ts';

export function pour(path: string, shape: Shape, take: TakeSamples): void {
  using sound = openSound(path);
  const resampler = createResampler(shape, take);
  for (const piece of readPieces(sound)) resampler.add(piece);
  resampler.end();
}
