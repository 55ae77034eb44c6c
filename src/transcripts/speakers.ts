/** Whoever speaks in a recording, under the names that people gave. */
import { toOneLine } from './blanks.ts';
import { cutText } from '../cut-text.ts';
import type { Transcript } from './transcript.ts';

const NAME_LENGTH = 60;

export interface Speaker {
  readonly label: string;
  /** From 1 on, in order of appearance: it stays, whatever names are given. */
  readonly number: number;
  /** The name that people gave, else `Speaker 1`. Two that share one are the same person. */
  readonly name: string;
}

/** A name for the speaker with that number. */
export interface SpeakerName {
  readonly number: number;
  readonly name: string;
}

/** In order of appearance. */
export function listSpeakers({ segments, speakers }: Transcript): readonly Speaker[] {
  const labels = new Set(segments.flatMap(({ speaker }) => speaker ?? []));
  const given = new Map(Object.entries(speakers));
  return [...labels].map((label, at) => {
    const number = at + 1;
    return { label, number, name: given.get(label) ?? `Speaker ${number}` };
  });
}

/** What each label is called. */
export function toSpeakerNames(transcript: Transcript): ReadonlyMap<string, string> {
  return new Map(listSpeakers(transcript).map(({ label, name }) => [label, name]));
}

/** An empty name takes one away. Numbers that nobody has are `unknown` and change nothing. */
export function nameSpeakers(
  transcript: Transcript,
  names: readonly SpeakerName[],
): { readonly transcript: Transcript; readonly unknown: readonly number[] } {
  const labels = new Map(listSpeakers(transcript).map(({ number, label }) => [number, label]));
  const given = names.flatMap(({ number, name }) => {
    const label = labels.get(number);
    return label === undefined ? [] : [[label, toSpeakerName(name)] as const];
  });
  const speakers = new Map([...Object.entries(transcript.speakers), ...given]);
  const named = [...speakers].filter(([, name]) => name !== '');
  return {
    transcript: { ...transcript, speakers: Object.fromEntries(named) },
    unknown: names.flatMap(({ number }) => (labels.has(number) ? [] : number)),
  };
}

export function toSpeakerName(text: string): string {
  return cutText(toOneLine(text), NAME_LENGTH);
}

/** What to tell where one person may have several numbers; undefined where that cannot be. */
export function findSplitSpeakers(transcript: Transcript): string | undefined {
  const isSplit = transcript.splitSpeakers === true && listSpeakers(transcript).length > 1;
  return isSplit
    ? 'This recording was heard in several stretches, and whoever speaks in two of them has two ' +
        'numbers. Give both the same name to make them one.'
    : undefined;
}
