/** A recording of any length, of words that a program can hear: what is in it is known to the letter. */
import { FORMATS, toCommand, type SoundFormat } from './formats.ts';
import { keep, withFile } from './keep.ts';
import { endsSentence, toWord } from './made-up-words.ts';
import { createToneSpeaker, readWords, toPcm, WORD_SECONDS, type ToneWord } from './tone-words.ts';
import { run } from './tools.ts';

export interface LongRecordingWish {
  readonly seconds: number;
  readonly format: SoundFormat;
  /** Of the silence behind each sentence. */
  readonly pauseSeconds?: number;
}

export interface SpokenWord extends ToneWord {
  readonly text: string;
}

export interface LongRecording {
  readonly path: string;
  readonly fileName: string;
  readonly contentType: string;
  readonly seconds: number;
  readonly words: readonly SpokenWord[];
  /** All that is said. */
  readonly text: string;
}

const RATE = 16_000;
const LEAD_SECONDS = 0.5;
const GAP_SECONDS = 0.1;
const PAUSE_SECONDS = 0.7;
/** Changes with whatever changes the sound of a wish. */
const EDITION = 1;

export async function makeLongRecording(wish: LongRecordingWish): Promise<LongRecording> {
  const whole = { pauseSeconds: PAUSE_SECONDS, ...wish };
  const { format, seconds } = whole;
  const { extension, contentType } = FORMATS[format];
  const words = layOut(whole);
  const recipe = { EDITION, whole, encoding: FORMATS[format] };
  const path = await keep({
    recipe,
    extension,
    make: (draft) =>
      run(
        'ffmpeg',
        toCommand({ format, sampleRate: RATE, seconds, path: draft }),
        speak(words, seconds),
      ),
  });
  const text = words.map((word) => word.text).join(' ');
  return { path, fileName: `long.${extension}`, contentType, seconds, words, text };
}

/** Whole sentences, as many as there is time for. */
function layOut({ seconds, pauseSeconds }: Required<LongRecordingWish>): readonly SpokenWord[] {
  const words: SpokenWord[] = [];
  let sentence: SpokenWord[] = [];
  let from = LEAD_SECONDS;
  for (let number = 0; from + WORD_SECONDS <= seconds; number += 1) {
    const to = toMilliseconds(from + WORD_SECONDS);
    sentence.push({ number, text: toWord(number), from, to });
    const silence = endsSentence(number) ? Math.max(GAP_SECONDS, pauseSeconds) : GAP_SECONDS;
    from = toMilliseconds(to + silence);
    if (!endsSentence(number)) continue;
    words.push(...sentence);
    sentence = [];
  }
  return words;
}

/** Sums of thousands of fractions would drift. */
function toMilliseconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}

/** About a minute at a time: hours of samples are never in memory together. */
function* speak(words: readonly SpokenWord[], seconds: number): Generator<Buffer> {
  const sayWord = createToneSpeaker(RATE);
  const room = makeRoom();
  let next = 0;
  for (let start = 0; start < seconds; start += PIECE_SECONDS) {
    const end = Math.min(seconds, start + PIECE_SECONDS);
    const piece = room.slice(0, toSamples(end) - toSamples(start) + toSamples(WORD_SECONDS));
    // A word that reaches over the end is begun in this piece and ended in the next.
    const said = words.slice(next).filter(({ from }) => from < end);
    for (const { number, from } of said) {
      place(piece, sayWord(number), toSamples(from) - toSamples(start));
    }
    next += said.filter(({ to }) => to <= end).length;
    yield Buffer.from(piece.buffer, 0, 2 * (toSamples(end) - toSamples(start)));
  }
}

const PIECE_SECONDS = 60;

function toSamples(seconds: number): number {
  return Math.round(seconds * RATE);
}

/** What of a word lies in the piece. */
function place(piece: Int16Array, word: Int16Array, at: number): void {
  piece.set(word.subarray(Math.max(0, -at)), Math.max(0, at));
}

/** No room is quite silent: a faint hiss, the same in every piece. */
function makeRoom(): Int16Array {
  let state = 1;
  return Int16Array.from({ length: toSamples(PIECE_SECONDS + WORD_SECONDS) }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state % 41) - 20;
  });
}

/** The words in any file of sound or film that holds such a recording, or a part of one. */
export async function hearWords(bytes: Buffer): Promise<readonly SpokenWord[]> {
  const output = ['-f', 's16le', '-ar', String(RATE), '-ac', '1', '-'];
  const raw = await withFile(bytes, (path) =>
    run('ffmpeg', ['-v', 'error', '-i', path, '-vn', ...output]),
  );
  const words = readWords({ pcm: toPcm(raw), sampleRate: RATE });
  return words.map((word) => ({ ...word, text: toWord(word.number) }));
}
