import { toSpeakerName, type SpeakerName } from './speakers.ts';

/** `1:`, `Speaker 2 is`, `3 =`: where a new name begins. */
const BEGINNING =
  /(?:^|[\s,;])\s*(?:and\s+)?(?:speaker\s*)?#?(\d{1,3})\s*(?:[:=→]|[-=]>|\bis\s)\s*/giu;
const ENDING = /[\s,;.]+$/u;

/**
 * Reads “1: Anna, 2: Bob”, “Speaker 1 is Anna” and the like. Undefined where anything in it is
 * something else.
 */
export function parseSpeakerNames(words: string): readonly SpeakerName[] | undefined {
  const beginnings = [...words.trim().matchAll(BEGINNING)];
  if (beginnings[0]?.index !== 0) return undefined;
  const names = beginnings.map((beginning, at) => {
    const start = beginning.index + beginning[0].length;
    const name = words.trim().slice(start, beginnings[at + 1]?.index);
    return { number: Number(beginning[1]), name: toSpeakerName(name.replace(ENDING, '')) };
  });
  return names.every(({ name, number }) => name !== '' && number > 0) ? names : undefined;
}
