/** What was heard in a recording, as plain JSON: it is stored, corrected and written as files. */
import { z } from 'zod';

const seconds = z.number().nonnegative();

const segmentSchema = z
  .object({
    /** With the blanks before it: the texts of all segments, put together, are the whole text. */
    text: z.string(),
    /** In seconds from the beginning of the recording; both are missing where nobody knows. */
    from: seconds.optional(),
    to: seconds.optional(),
    /** The model's own label of whoever speaks, such as `SPEAKER_00`. */
    speaker: z.string().optional(),
  })
  .readonly();
export type Segment = z.infer<typeof segmentSchema>;

const spokenLanguageSchema = z
  .object({
    code: z.string(),
    /** Since when it is spoken, in seconds; missing where nobody knows. */
    from: seconds.optional(),
  })
  .readonly();
export type SpokenLanguage = z.infer<typeof spokenLanguageSchema>;

export const transcriptSchema = z.object({
  segments: z.array(segmentSchema).readonly(),
  /** As the model found them, in order of appearance. */
  languages: z.array(spokenLanguageSchema).readonly(),
  /** The names that people gave, by label. */
  speakers: z.record(z.string(), z.string()).readonly(),
  /**
   * True where stretches were heard one by one, each with labels of its own: one person may have
   * several.
   */
  splitSpeakers: z.boolean().optional(),
  /** The length of the recording, where it is known. */
  seconds: seconds.optional(),
  /** How finely times are known: of each word, of each segment, or not at all. */
  level: z.enum(['none', 'segment', 'word']),
});
export type Transcript = Readonly<z.infer<typeof transcriptSchema>>;
export type Level = Transcript['level'];

export const NO_SPEECH = 'No speech was found in the recording.';

/** Where nothing was changed, this is what the model wrote, but for blanks around it. */
export function textOf({ segments }: Pick<Transcript, 'segments'>): string {
  return segments.map(({ text }) => text).join('');
}

/** False where nothing was heard that could be written down. */
export function hasWords({ segments }: Pick<Transcript, 'segments'>): boolean {
  return segments.some(({ text }) => text.trim() !== '');
}

/** The length of the recording, else the last time that is known. */
export function lengthOf({ seconds, segments }: Transcript): number | undefined {
  return seconds ?? segments.flatMap(({ from, to }) => to ?? from ?? []).at(-1);
}
