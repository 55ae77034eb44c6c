/**
 * Words that a program can hear: each is a short burst of five tones, four for the digits of its number
 * and one to check them by. They come through any lossy codec, and a burst that was cut is no word.
 */
import { z } from 'zod';

export interface Samples {
  /** Of one channel. */
  readonly pcm: Int16Array;
  readonly sampleRate: number;
}

export interface ToneWord {
  readonly number: number;
  /** In seconds. */
  readonly from: number;
  readonly to: number;
}

/** Digits to the base of sixteen, each with a pitch of its own. */
const PITCHES = Array.from({ length: 16 }, (_, digit) => 600 + digit * 110);
const DIGITS = 4;
const TONES = DIGITS + 1;
const TONE_SECONDS = 0.08;
export const WORD_SECONDS = TONES * TONE_SECONDS;
/** Odd ones: whichever digit is misheard, the sum is another. */
const WEIGHTS = [1, 3, 5, 7];

function toTones(number: number): readonly number[] {
  const digits = Array.from({ length: DIGITS }, (_, place) => (number >> (4 * place)) & 15);
  return [...digits, checkOf(digits)];
}

function checkOf(digits: readonly number[]): number {
  return digits.reduce((sum, digit, place) => sum + digit * WEIGHTS[place]!, 0) % PITCHES.length;
}

/** Nobody speaks every word as loud as the last. */
const LOUDNESS = [6000, 9000, 12_000, 7500];

/** Says numbers below 65,536: what is asked for again is not computed again. */
export function createToneSpeaker(sampleRate: number): (number: number) => Int16Array {
  const tones = new Map<number, Int16Array>();
  const toneOf = (digit: number, loudness: number): Int16Array => {
    const key = digit * 100_000 + loudness;
    const tone = tones.get(key) ?? makeTone({ hertz: PITCHES[digit]!, loudness, sampleRate });
    tones.set(key, tone);
    return tone;
  };
  return (number) => {
    const loudness = LOUDNESS[number % LOUDNESS.length]!;
    const length = Math.round(TONE_SECONDS * sampleRate);
    const word = new Int16Array(TONES * length);
    toTones(number).forEach((digit, at) => word.set(toneOf(digit, loudness), at * length));
    return word;
  };
}

/** It swells and fades, so that nothing clicks. */
function makeTone(tone: { hertz: number; loudness: number; sampleRate: number }): Int16Array {
  const { hertz, loudness, sampleRate } = tone;
  const length = Math.round(TONE_SECONDS * sampleRate);
  const edge = 0.005 * sampleRate;
  return Int16Array.from({ length }, (_, at) => {
    const rise = Math.min(1, at / edge, (length - at) / edge);
    return (
      loudness * Math.sin((Math.PI / 2) * rise) * Math.sin((2 * Math.PI * hertz * at) / sampleRate)
    );
  });
}

/** Every whole word in a WAV file or in samples, in order, with its time. */
export function readWords(sound: Buffer | Samples): readonly ToneWord[] {
  const samples = Buffer.isBuffer(sound) ? readWav(sound) : sound;
  return findBursts(samples).flatMap((middle) => {
    const number = readNumber(samples, middle - WORD_SECONDS / 2);
    return number === undefined
      ? []
      : [{ number, from: middle - WORD_SECONDS / 2, to: middle + WORD_SECONDS / 2 }];
  });
}

const FRAME_SECONDS = 0.005;
/** How much shorter or longer a burst may sound than it is: codecs smear. */
const SMEAR_SECONDS = 0.06;
/** Of the loud: below is silence, and what codecs make of it. */
const QUIET = 0.12;
/** Louder ones are a codec's slips. */
const LOUD = 0.95;
/** So short a dip is within a word: between words it is a tenth of a second. */
const DIP_FRAMES = 8;

/** The middles of all stretches of sound that are as long as a word. */
function findBursts(samples: Samples): readonly number[] {
  const levels = measure(samples);
  const loud = levels.toSorted()[Math.floor(LOUD * levels.length)] ?? 0;
  const limit = Math.max(60, QUIET * loud);
  const middles: number[] = [];
  let [first, last] = [-1, -1];
  const close = (): void => {
    const seconds = (last - first + 1) * FRAME_SECONDS;
    if (first >= 0 && Math.abs(seconds - WORD_SECONDS) < SMEAR_SECONDS) {
      middles.push(((first + last + 1) / 2) * FRAME_SECONDS);
    }
    first = -1;
  };
  levels.forEach((level, at) => {
    if (level < limit) return;
    if (first >= 0 && at - last > DIP_FRAMES) close();
    if (first < 0) first = at;
    last = at;
  });
  close();
  return middles;
}

/** How loud each frame is. */
function measure({ pcm, sampleRate }: Samples): Float64Array {
  const length = FRAME_SECONDS * sampleRate;
  return Float64Array.from({ length: Math.floor(pcm.length / length) }, (_, frame) => {
    let sum = 0;
    const [start, end] = [Math.round(frame * length), Math.round((frame + 1) * length)];
    for (let at = start; at < end; at += 1) sum += pcm[at]! ** 2;
    return Math.sqrt(sum / (end - start));
  });
}

function readNumber(samples: Samples, from: number): number | undefined {
  const digits = Array.from({ length: TONES }, (_, place) =>
    readDigit(samples, from + place * TONE_SECONDS),
  );
  const check = digits.pop();
  const number = digits.reduce((sum, digit, place) => sum + digit * 16 ** place, 0);
  return check === checkOf(digits) ? number : undefined;
}

/** The loudest pitch in the middle of a tone. */
function readDigit({ pcm, sampleRate }: Samples, from: number): number {
  const start = Math.round((from + 0.2 * TONE_SECONDS) * sampleRate);
  const part = pcm.subarray(start, start + Math.round(0.6 * TONE_SECONDS * sampleRate));
  const powers = PITCHES.map((hertz) => powerAt(part, hertz / sampleRate));
  return powers.indexOf(Math.max(...powers));
}

/** Goertzel's: how much of one pitch is in a sound. */
function powerAt(part: Int16Array, turnsPerSample: number): number {
  const turn = 2 * Math.cos(2 * Math.PI * turnsPerSample);
  let [one, two] = [0, 0];
  for (let at = 0; at < part.length; at += 1) {
    const next = part[at]! + turn * one - two;
    two = one;
    one = next;
  }
  return one ** 2 + two ** 2 - turn * one * two;
}

/** Of 16 bits and one channel. */
function readWav(bytes: Buffer): Samples {
  let at = 12;
  let sampleRate: number | undefined;
  while (at + 8 <= bytes.length) {
    const name = bytes.toString('latin1', at, at + 4);
    // Written to a pipe, a head does not know how long the rest is.
    const length = Math.min(bytes.readUInt32LE(at + 4), bytes.length - at - 8);
    if (name === 'fmt ') sampleRate = bytes.readUInt32LE(at + 12);
    if (name === 'data') {
      return {
        pcm: toPcm(bytes.subarray(at + 8, at + 8 + length)),
        sampleRate: z.number().parse(sampleRate),
      };
    }
    at += 8 + length + (length % 2);
  }
  throw new Error('this is no WAV file');
}

export function toPcm(bytes: Buffer): Int16Array {
  const pcm = new Int16Array(Math.floor(bytes.length / 2));
  Buffer.from(pcm.buffer).set(bytes.subarray(0, pcm.length * 2));
  return pcm;
}
