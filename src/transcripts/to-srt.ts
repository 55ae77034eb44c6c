import { cutText } from '../cut-text.ts';
import { toCues, type Cue } from './cues.ts';
import { toSpeakerNames } from './speakers.ts';
import { wordCueTime } from './word-cue-time.ts';
import type { Transcript } from './transcript.ts';

/** Longer names would leave no room for what is said. */
const NAME_LENGTH = 24;

/** Subtitles in SubRip's format; undefined where there are no words or no times. */
export function toSrt(transcript: Transcript): string | undefined {
  const names = toSpeakerNames(transcript);
  const cues = toCues(transcript, (speaker) => {
    const name = names.get(speaker ?? '');
    return name === undefined ? '' : `${cutText(name, NAME_LENGTH)}: `;
  });
  return cues?.map((cue, at) => toEntry(cue, at + 1)).join('\n');
}

function toEntry({ from, to, lines }: Cue, number: number): string {
  const times = `${wordCueTime(from, ',')} --> ${wordCueTime(to, ',')}`;
  return [number, times, escape(lines.join('\n')), ''].join('\n');
}

/** The format knows no escapes: an arrow would begin a new cue, and players swallow tags. */
function escape(text: string): string {
  return text.replaceAll(/-+->/gu, '→').replaceAll(/<([^<>]*)>/gu, '‹$1›');
}
