import { toCues, type Cue } from './cues.ts';
import { toSpeakerNames } from './speakers.ts';
import type { Transcript } from './transcript.ts';
import { wordCueTime } from './word-cue-time.ts';

/** Subtitles in WebVTT, with voices; undefined where there are no words or no times. */
export function toVtt(transcript: Transcript): string | undefined {
  const names = toSpeakerNames(transcript);
  const cues = toCues(transcript, () => '');
  return cues && ['WEBVTT\n', ...cues.map((cue) => toEntry(cue, names))].join('\n');
}

function toEntry({ from, to, lines, speaker }: Cue, names: ReadonlyMap<string, string>): string {
  const times = `${wordCueTime(from, '.')} --> ${wordCueTime(to, '.')}`;
  const name = names.get(speaker ?? '');
  const voice = name === undefined ? '' : `<v ${escape(name)}>`;
  return `${times}\n${voice}${lines.map(escape).join('\n')}\n`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
