/** The fields in which speech models answer, read leniently: each may be null, missing or odd. */
import { z } from 'zod';
import { lenient } from '../lenient.ts';
import type { Turn } from './assign-speakers.ts';
import { toLanguageCode } from './word-language.ts';

const text = lenient(z.string());
const list = lenient(z.array(z.unknown()));
const time = lenient(z.number());
const label = lenient(z.union([z.string().min(1), z.number().transform(String)]));

const answerSchema = z.object({
  text,
  output: text,
  transcript: text,
  transcription: text,
  chunks: list,
  segments: list,
  words: list,
  diarization_segments: list,
  inferred_languages: list,
  languages: list,
  language_code: text,
  language: text,
  duration: time,
});
type Answer = z.infer<typeof answerSchema>;

const pieceSchema = z
  .object({
    text,
    word: text,
    timestamp: lenient(z.tuple([time, time])),
    start: time,
    end: time,
    speaker: label,
    speaker_id: label,
  })
  .transform(({ text, word, timestamp, start, end, speaker, speaker_id }) => ({
    text: text ?? word ?? '',
    from: timestamp?.[0] ?? start,
    to: timestamp?.[1] ?? end,
    speaker: speaker ?? speaker_id,
  }));
export type Piece = z.infer<typeof pieceSchema>;

/** What a model says of a recording, whatever it calls its fields. */
export interface Heard {
  /** Undefined where it wrote none, or only pieces. */
  readonly text: string | undefined;
  readonly pieces: readonly Piece[];
  /** True where the model itself calls the pieces words. */
  readonly areWords: boolean;
  readonly turns: readonly Turn[];
  readonly codes: readonly string[];
  readonly seconds: number | undefined;
}

/** Undefined where the answer is about no recording at all. */
export function readHeard(output: unknown): Heard | undefined {
  if (typeof output === 'string') return readHeard({ text: output });
  const answer = answerSchema.safeParse(output).data;
  if (!answer || !isHeard(output, answer)) return undefined;
  const chunks = readPieces(answer.chunks ?? answer.segments);
  const words = chunks.length > 0 ? [] : readPieces(answer.words);
  const { duration = 0 } = answer;
  return {
    text: textsOf(answer)[0],
    pieces: [...chunks, ...words],
    areWords: words.length > 0,
    turns: readTurns(answer.diarization_segments),
    codes: readCodes(answer),
    seconds: duration > 0 ? duration : undefined,
  };
}

/** Where nothing was said, `text` may be null: that is an answer, too. */
function isHeard(output: unknown, answer: Answer): boolean {
  const isSilent = z.object({ text: z.null() }).safeParse(output).success;
  const pieces = answer.chunks ?? answer.words;
  return isSilent || pieces !== undefined || textsOf(answer).length > 0;
}

function textsOf({ text, output, transcript, transcription }: Answer): readonly string[] {
  return [text, output, transcript, transcription].flatMap((words) => words ?? []);
}

/** Blanks are no pieces: the text has them. */
function readPieces(entries: readonly unknown[] = []): readonly Piece[] {
  return entries
    .flatMap((entry) => pieceSchema.safeParse(entry).data ?? [])
    .filter(({ text }) => text.trim() !== '');
}

function readTurns(entries: readonly unknown[] = []): readonly Turn[] {
  return entries.flatMap((entry) => {
    const { speaker, from, to } = pieceSchema.safeParse(entry).data ?? {};
    if (speaker === undefined || from === undefined || to === undefined) return [];
    return from <= to ? [{ speaker, from, to }] : [];
  });
}

function readCodes(answer: Answer): readonly string[] {
  const lists = [answer.inferred_languages, answer.languages];
  const single = [answer.language_code, answer.language];
  const found = [...lists, single].find((list) => list?.some((code) => typeof code === 'string'));
  return (found ?? []).flatMap((code) =>
    typeof code === 'string' ? (toLanguageCode(code) ?? []) : [],
  );
}
