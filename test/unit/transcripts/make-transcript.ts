import type { Segment, Transcript } from '../../../src/transcripts/transcript.ts';

/** A transcript with nothing in it but what is told. */
export function makeTranscript(told: Partial<Transcript>): Transcript {
  return { segments: [], languages: [], speakers: {}, level: 'segment', ...told };
}

/** `0-2.5 A| Hello.`: times and speaker may be left out. */
export function makeSegments(...lines: readonly string[]): readonly Segment[] {
  return lines.map((line) => {
    const [, from, to, speaker, text = ''] = /^([\d.]*)-([\d.]*) ?(\w*)\|(.*)$/su.exec(line) ?? [];
    return {
      text,
      ...(from ? { from: Number(from) } : {}),
      ...(to ? { to: Number(to) } : {}),
      ...(speaker ? { speaker } : {}),
    };
  });
}
