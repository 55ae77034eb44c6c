/** Cuts a recording at its silences, in one pass: the whole waits on disk, only its loudness is kept. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AV_SAMPLE_FMT_S16 } from 'node-av/constants';
import type { Cut } from '../cut.ts';
import { WHOLE } from '../task.ts';
import { BYTES_PER_SAMPLE, toWavHeader } from '../wav-header.ts';
import { chooseCuts, type CutLimits } from './choose-cuts.ts';
import { SPEECH } from './encodings.ts';
import { createPcmFile, type PcmFile } from './pcm-file.ts';
import { pour } from './pour.ts';
import { createPowers } from './powers.ts';
import { toSamples } from './to-samples.ts';

export interface CutWish {
  readonly from: string;
  readonly folder: string;
  readonly longestSeconds: number;
  readonly shortestSeconds: number;
}

const WINDOWS_PER_SECOND = 50;
const WINDOW_SAMPLES = SPEECH.sampleRate / WINDOWS_PER_SECOND;

export function cut(wish: CutWish): readonly Cut[] {
  mkdirSync(wish.folder, { recursive: true });
  const path = join(wish.folder, WHOLE);
  using whole = createPcmFile(path);
  const powers = spread(wish.from, whole);
  const places = chooseCuts(powers, toLimits(wish)).map((window) => window * WINDOW_SAMPLES);
  const ends = [...places, whole.size / BYTES_PER_SAMPLE];
  const cuts = ends.map((end, index) => {
    const start = ends[index - 1] ?? 0;
    return write(whole, wish.folder, { start, end, index });
  });
  rmSync(path);
  return cuts;
}

/** Decodes the recording into a file, and tells how loud it is. */
function spread(from: string, whole: PcmFile): readonly number[] {
  const powers = createPowers(WINDOW_SAMPLES);
  pour(from, { ...SPEECH, format: AV_SAMPLE_FMT_S16 }, ([samples], count) => {
    if (!samples) return;
    whole.append(samples.subarray(0, count * BYTES_PER_SAMPLE));
    powers.add(toSamples(samples, count));
  });
  return powers.end();
}

function toLimits({ longestSeconds, shortestSeconds }: CutWish): CutLimits {
  const longest = Math.max(1, Math.floor(longestSeconds * WINDOWS_PER_SECOND));
  const shortest = Math.max(1, Math.floor(shortestSeconds * WINDOWS_PER_SECOND));
  return { longest, shortest: Math.min(shortest, longest) };
}

function write(
  whole: PcmFile,
  folder: string,
  { start, end, index }: { start: number; end: number; index: number },
): Cut {
  const path = join(folder, `cut-${index + 1}.wav`);
  const part = { start: start * BYTES_PER_SAMPLE, end: end * BYTES_PER_SAMPLE };
  whole.copy(part, path, toWavHeader(SPEECH, part.end - part.start));
  return { path, from: start / SPEECH.sampleRate, to: end / SPEECH.sampleRate };
}
