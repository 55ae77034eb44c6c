/** Makes a WAV file of raw 16-bit samples, which some models answer with. */
import { createReadStream, createWriteStream } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { SoundError } from './sound-error.ts';
import { BYTES_PER_SAMPLE, toWavHeader, type PcmShape } from './wav-header.ts';

export async function wrapPcm(from: string, to: string, shape: PcmShape): Promise<void> {
  const { size } = await stat(from);
  const bytes = size - (size % (shape.channels * BYTES_PER_SAMPLE));
  if (bytes === 0) throw new SoundError('no-sound');
  await writeFile(to, toWavHeader(shape, bytes));
  await pipeline(createReadStream(from, { end: bytes - 1 }), createWriteStream(to, { flags: 'a' }));
}
