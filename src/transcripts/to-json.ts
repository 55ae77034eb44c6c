/** A transcript for programs. The shape is a promise: it changes only with its version. */
import { listSpeakers, toSpeakerNames } from './speakers.ts';
import { textOf, type Transcript } from './transcript.ts';
import { wordLanguage } from './word-language.ts';

/** Times are seconds from the beginning of the recording; null is what nobody knows. */
interface TranscriptFile {
  readonly version: 1;
  readonly text: string;
  readonly seconds: number | null;
  /** In order of appearance, with the second since which each is spoken. */
  readonly languages: readonly {
    readonly code: string;
    readonly name: string;
    readonly from: number | null;
  }[];
  /** In order of appearance. */
  readonly speakers: readonly string[];
  readonly segments: readonly {
    readonly from: number | null;
    readonly to: number | null;
    /** One of `speakers`. */
    readonly speaker: string | null;
    readonly text: string;
  }[];
}

export function toJson(transcript: Transcript): string {
  return `${JSON.stringify(toFile(transcript), undefined, 2)}\n`;
}

function toFile(transcript: Transcript): TranscriptFile {
  const names = toSpeakerNames(transcript);
  return {
    version: 1,
    text: textOf(transcript),
    seconds: toTime(transcript.seconds),
    languages: transcript.languages.map(({ code, from }) => ({
      code,
      name: wordLanguage(code),
      from: toTime(from),
    })),
    speakers: [...new Set(listSpeakers(transcript).map(({ name }) => name))],
    segments: transcript.segments.map(({ from, to, speaker, text }) => ({
      from: toTime(from),
      to: toTime(to),
      speaker: names.get(speaker ?? '') ?? null,
      text: text.trim(),
    })),
  };
}

/** In whole milliseconds: what is behind them is only how computers add. */
function toTime(seconds: number | undefined): number | null {
  return seconds === undefined ? null : Math.round(seconds * 1000) / 1000;
}
