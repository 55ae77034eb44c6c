/**
 * Where to cut a recording so that no word is hurt: in the middle of the longest silence that is near
 * enough. What silence is depends on the recording: a quiet room in one is louder than speech in another.
 */

export interface CutLimits {
  /** In windows, as are all places here. */
  readonly longest: number;
  readonly shortest: number;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** On the way from the quietest to the average (in decibels); above it begins what may be speech. */
const SILENCE_SHARE = 0.3;
/** Of all windows; a few are quieter than the room, as where a recorder was switched on. */
const QUIET_SHARE = 0.05;
/** Nothing needs to be quieter than this below the average (50 dB) to be silence. */
const MOST_CONTRAST = 1e-5;
/** Less is a pause within a word. */
const LEAST_SILENCE_WINDOWS = 5;

/** `powers` is the mean square of each window. The places rise, and lie within the recording. */
export function chooseCuts(powers: readonly number[], limits: CutLimits): readonly number[] {
  const silence = toSilence(powers);
  const cuts: number[] = [];
  let at = 0;
  while (powers.length - at > limits.longest) {
    const { from, to } = toWindow(powers.length - at, limits);
    at = chooseCut(powers, { from: at + from, to: at + to }, silence);
    cuts.push(at);
  }
  return cuts;
}

/** Whatever is no louder than this is silent. */
function toSilence(powers: readonly number[]): number {
  const sorted = Float64Array.from(powers).sort();
  const average = sorted.reduce((sum, power) => sum + power, 0) / Math.max(1, sorted.length);
  if (average === 0) return 0;
  const quiet = sorted[Math.floor(sorted.length * QUIET_SHARE)] ?? 0;
  const floor = Math.max(quiet, average * MOST_CONTRAST);
  return floor * (average / floor) ** SILENCE_SHARE;
}

/** Where the next cut may lie, so that neither it nor the rest leaves a stub. */
function toWindow(rest: number, { longest, shortest }: CutLimits): Stretch {
  if (rest >= 2 * shortest) return { from: shortest, to: Math.min(longest, rest - shortest) };
  const quarter = Math.ceil(rest / 4);
  return { from: Math.max(quarter, rest - longest), to: Math.min(rest - quarter, longest) };
}

function chooseCut(powers: readonly number[], window: Stretch, silence: number): number {
  let best: (Stretch & { readonly power: number }) | undefined;
  for (const run of findSilences(powers, window, silence)) {
    const power = toPower(powers, run);
    const longer = best ? run.to - run.from - (best.to - best.from) : 1;
    if (longer > 0 || (longer === 0 && best && power < best.power)) best = { ...run, power };
  }
  const isLong = best && best.to - best.from >= LEAST_SILENCE_WINDOWS;
  return best && isLong ? toMiddle(best) : findQuietest(powers, window);
}

function* findSilences(powers: readonly number[], { from, to }: Stretch, silence: number) {
  let start = from;
  for (let at = from; at <= to; at += 1) {
    const isSilent = at < to && (powers[at] ?? 0) <= silence;
    if (isSilent) continue;
    if (at > start) yield { from: start, to: at };
    start = at + 1;
  }
}

/** The middle of the quietest moment that is as long as a short silence. */
function findQuietest(powers: readonly number[], { from, to }: Stretch): number {
  let best: (Stretch & { readonly power: number }) | undefined;
  const length = Math.min(LEAST_SILENCE_WINDOWS, to - from);
  for (let start = from; start + length <= to; start += 1) {
    const moment = { from: start, to: start + length };
    const power = toPower(powers, moment);
    if (!best || power < best.power) best = { ...moment, power };
  }
  return toMiddle(best ?? { from, to });
}

function toMiddle({ from, to }: Stretch): number {
  return Math.floor((from + to) / 2);
}

function toPower(powers: readonly number[], { from, to }: Stretch): number {
  let sum = 0;
  for (let at = from; at < to; at += 1) sum += powers[at] ?? 0;
  return sum / Math.max(1, to - from);
}
