/** Words as a small tune: a note for each, in a scale in which nothing sounds wrong. */
import { createRandom, type Random } from '../pictures/random.ts';

export interface Sound {
  /** Of one channel: every channel is the same. */
  readonly samples: Int16Array;
  readonly sampleRate: number;
  readonly channels: number;
  readonly seconds: number;
}

const PENTATONIC = [0, 3, 5, 7, 10, 12, 15] as const;
const LOWEST_HERTZ = 196;
const SECONDS_PER_WORD = 0.28;
/** A toy need not read a whole page. */
const LONGEST_SECONDS = 12;

/** How it is played. */
export interface Manner {
  /** 1 is as usual, as of loudness. */
  readonly speed?: number;
  readonly loudness?: number;
  /** Half tones up or down. */
  readonly pitch?: number;
  /** Who plays: everybody has a tune of their own for the same words. */
  readonly player?: string;
}

interface TuneWish extends Manner {
  readonly words: string;
  readonly sampleRate: number;
  readonly channels?: number;
  /** By the number of words where it is not told. */
  readonly seconds?: number | undefined;
}

export function playTune(wish: TuneWish): Sound {
  const { words, sampleRate, channels = 1, speed = 1, loudness = 1, pitch = 0, player = '' } = wish;
  const notes = words.split(/\s+/u).filter((word) => word !== '');
  const wanted = (wish.seconds ?? Math.max(1, notes.length * SECONDS_PER_WORD)) / speed;
  const seconds = Math.min(LONGEST_SECONDS, Math.max(0.2, wanted));
  const samples = new Int16Array(Math.round(seconds * sampleRate));
  const random = createRandom(`${player}${words}`);
  const count = Math.max(1, Math.round(seconds / SECONDS_PER_WORD));
  for (let index = 0; index < count; index += 1) {
    const length = Math.floor(samples.length / count);
    const word = notes[index % Math.max(1, notes.length)] ?? '';
    strike(samples.subarray(index * length), {
      hertz: chooseHertz(word, random) * 2 ** (pitch / 12),
      sampleRate,
      loudness,
    });
  }
  return { samples, sampleRate, channels, seconds: samples.length / sampleRate };
}

function chooseHertz(word: string, random: Random): number {
  const step = PENTATONIC[Math.floor(random.between(0, PENTATONIC.length))] ?? 0;
  // A longer word sounds lower, as a larger bell does.
  return LOWEST_HERTZ * 2 ** ((step + (word.length < 5 ? 12 : 0)) / 12);
}

/** Of what 16 bits hold. */
const LOUDEST = 32_767;

/** Adds a fading note, which the following ones may overlap. */
function strike(
  samples: Int16Array,
  note: { hertz: number; sampleRate: number; loudness: number },
): void {
  const length = Math.min(samples.length, Math.round(note.sampleRate * 0.9));
  const turn = (2 * Math.PI * note.hertz) / note.sampleRate;
  for (let at = 0; at < length; at += 1) {
    const rise = Math.min(1, at / (note.sampleRate * 0.01));
    const height = 5200 * note.loudness * rise * Math.exp(-at / (note.sampleRate * 0.22));
    const wave = Math.sin(turn * at) + 0.35 * Math.sin(2 * turn * at);
    const sum = Math.round((samples[at] ?? 0) + height * wave);
    samples[at] = Math.max(-LOUDEST, Math.min(LOUDEST, sum));
  }
}
