/** One transcript of a recording that was heard in stretches, cut without gap or overlap. */
import { blankBetween, type Edge } from './blanks.ts';
import {
  hasWords,
  textOf,
  type Level,
  type Segment,
  type SpokenLanguage,
  type Transcript,
} from './transcript.ts';
import { collapseLanguages } from './word-language.ts';

export interface TranscriptPart {
  /** Its times count from the beginning of the stretch. */
  readonly transcript: Transcript;
  /** Where the stretch lies in the recording, in seconds. */
  readonly from: number;
  readonly to: number;
}

/** `parts` are in order. */
export function joinTranscripts(parts: readonly TranscriptPart[]): Transcript {
  const heard = parts.filter(({ transcript }) => hasWords(transcript));
  const isSplit = heard.filter(({ transcript }) => hasSpeakers(transcript)).length > 1;
  const labelled = isSplit ? heard.map((part, at) => labelStretch(part, at + 1)) : heard;
  return {
    segments: joinSegments(labelled),
    languages: collapseLanguages(labelled.flatMap(placeLanguages)),
    speakers: Object.fromEntries(
      labelled.flatMap(({ transcript }) => Object.entries(transcript.speakers)),
    ),
    ...(isSplit ? { splitSpeakers: true } : {}),
    seconds: parts.at(-1)?.to,
    level: joinLevels(labelled.map(({ transcript }) => transcript.level)),
  };
}

function hasSpeakers({ segments }: Transcript): boolean {
  return segments.some(({ speaker }) => speaker !== undefined);
}

/** Nobody knows whether `SPEAKER_00` of one stretch is the same person in another. */
function labelStretch({ transcript, ...place }: TranscriptPart, stretch: number): TranscriptPart {
  const toLabel = (label: string): string => `${stretch}/${label}`;
  return {
    ...place,
    transcript: {
      ...transcript,
      segments: transcript.segments.map((segment) =>
        segment.speaker === undefined ? segment : { ...segment, speaker: toLabel(segment.speaker) },
      ),
      speakers: Object.fromEntries(
        Object.entries(transcript.speakers).map(([label, name]) => [toLabel(label), name]),
      ),
    },
  };
}

function joinSegments(parts: readonly TranscriptPart[]): readonly Segment[] {
  let before: Edge = { text: '' };
  return parts.flatMap((part) => {
    const language = part.transcript.languages[0]?.code;
    const text = textOf(part.transcript);
    const blank = blankBetween(before, { text, language });
    before = { text, language };
    return placeSegments(part).map((segment, at) =>
      at === 0 ? { ...segment, text: `${blank}${segment.text}` } : segment,
    );
  });
}

/** The first begins no earlier than its stretch and the last ends no later: that much is sure. */
function placeSegments({ transcript, from, to }: TranscriptPart): readonly Segment[] {
  const { segments } = transcript;
  const place = (seconds: number | undefined): number | undefined =>
    seconds === undefined ? undefined : Math.min(from + seconds, to);
  return segments.map((segment, at) => {
    const start = place(segment.from) ?? (at === 0 ? from : undefined);
    const end = place(segment.to) ?? (at === segments.length - 1 ? to : undefined);
    return {
      ...segment,
      ...(start === undefined ? {} : { from: start }),
      ...(end === undefined ? {} : { to: end }),
    };
  });
}

/** The first language of a stretch is spoken from its beginning. */
function placeLanguages({ transcript, from, to }: TranscriptPart): readonly SpokenLanguage[] {
  return transcript.languages.map(({ code, from: since }, at) => {
    const start = since ?? (at === 0 ? 0 : undefined);
    return start === undefined ? { code } : { code, from: Math.min(from + start, to) };
  });
}

/** The finest: what is written word by word has to be put together, whatever else there is. */
function joinLevels(levels: readonly Level[]): Level {
  return levels.toSorted((one, other) => FINENESS[other] - FINENESS[one])[0] ?? 'none';
}

const FINENESS = { none: 0, segment: 1, word: 2 } as const;
