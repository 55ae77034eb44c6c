/** One file out of one recording or several, sample after sample. */
import type { Frame } from 'node-av/lib';
import { createEncoder, type Encoder, type Encoding } from './encoder.ts';
import { openSound } from './open-sound.ts';
import { readPieces } from './read-pieces.ts';
import { createResampler, type Resampler, type TakeSamples } from './resampler.ts';

export interface Wish {
  readonly paths: readonly string[];
  readonly to: string;
  /** By the first piece of the first recording. */
  readonly choose: (first: Frame) => Encoding;
  /** Sees all samples that are written. */
  readonly listen?: TakeSamples;
}

export function encodeSounds({ paths, to, choose, listen }: Wish): void {
  let encoder: Encoder | undefined;
  for (const path of paths) {
    using sound = openSound(path);
    let resampler: Resampler | undefined;
    for (const piece of readPieces(sound)) {
      encoder ??= createEncoder(to, choose(piece.frame));
      resampler ??= createResampler(encoder.shape, both(encoder.write, listen));
      resampler.add(piece);
    }
    resampler?.end();
  }
  encoder?.end();
}

function both(write: TakeSamples, listen: TakeSamples | undefined): TakeSamples {
  if (!listen) return write;
  return (planes, count) => {
    listen(planes, count);
    write(planes, count);
  };
}
