/** Why a recording cannot be worked on, for code; its message is for whoever sent it. */
import { UserError } from '../errors.ts';

/** More than a day of meetings; a small file can claim to be any length. */
export const LONGEST_HOURS = 12;

const SENTENCES = {
  /** Empty, broken, silent film, or no recording at all. */
  'no-sound':
    'There is no sound in this file that Easel can read. Please send it as MP3, M4A, Ogg, WebM or WAV.',
  'too-long': `The recording is longer than ${LONGEST_HOURS} hours. Please send it in parts.`,
  'too-slow': 'Reading the recording took too long. Please send it in parts, or in another format.',
} as const;

export type SoundTrouble = keyof typeof SENTENCES;
export const SOUND_TROUBLES = [
  'no-sound',
  'too-long',
  'too-slow',
] as const satisfies SoundTrouble[];

export class SoundError extends UserError {
  readonly trouble: SoundTrouble;

  constructor(trouble: SoundTrouble, options: ErrorOptions = {}) {
    super(SENTENCES[trouble], options);
    this.trouble = trouble;
  }
}

/** Undefined for what holds no sound; any other trouble is thrown. */
export async function noneWhereSilent<Result>(work: Promise<Result>): Promise<Result | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof SoundError && error.trouble === 'no-sound') return undefined;
    throw error;
  }
}
