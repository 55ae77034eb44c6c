/**
 * A usual value under a neutral name is a wish, not an order: where an endpoint lacks it, the nearest
 * that it has is used, with a note. Values under an endpoint's own field names are never bent.
 */
import type { FieldType } from '../endpoint.ts';
import type { NeutralName } from './option-names.ts';

/** From slow and fine to quick and rough. */
const ACCELERATIONS = ['none', 'regular', 'high', 'full'];
/** Pixels of the shorter side, or for "K" of the longer one's usual square. */
const RESOLUTIONS: Readonly<Record<string, number>> = {
  '480p': 480,
  '580p': 580,
  '720p': 720,
  '1080p': 1080,
  '0.5k': 512,
  '1k': 1024,
  '1440p': 1440,
  '2k': 2048,
  '2160p': 2160,
  '4k': 4096,
};
const FORMATS = ['png', 'webp', 'jpeg', 'gif', 'mp3', 'wav', 'flac', 'opus', 'mp4', 'webm'];
/** Names of the same thing. */
const SYNONYMS: Readonly<Record<string, string>> = { jpg: 'jpeg', jpeg: 'jpg' };

/** The legal value to use instead; undefined where nothing can be meant. */
export function bend(neutral: NeutralName, type: FieldType, raw: unknown): string | undefined {
  const word = String(raw).trim().toLowerCase();
  return BENDERS[neutral]?.(word, listChoices(type));
}

type Bender = (word: string, offered: readonly string[]) => string | undefined;

const BENDERS: Partial<Record<NeutralName, Bender>> = {
  acceleration: (word, offered) => bendOnScale(word, offered, toSpeed),
  resolution: (word, offered) => bendOnScale(word, offered, toFineness),
  format: bendFormat,
};

function toSpeed(value: string): number | undefined {
  const at = ACCELERATIONS.indexOf(value);
  return at < 0 ? undefined : at;
}

function toFineness(value: string): number | undefined {
  const pixels = RESOLUTIONS[value];
  return pixels === undefined ? undefined : Math.log(pixels);
}

/** True where both words mean one value, so that no note is due. */
export function isSynonym(raw: unknown, value: string): boolean {
  return SYNONYMS[String(raw).trim().toLowerCase()] === value.toLowerCase();
}

function listChoices(type: FieldType): readonly string[] {
  const types = type.kind === 'either' ? type.types : [type];
  return types.flatMap((one) => (one.kind === 'choice' ? one.values.map(String) : []));
}

function bendOnScale(
  word: string,
  offered: readonly string[],
  toPoint: (value: string) => number | undefined,
): string | undefined {
  const wished = toPoint(word);
  const points = offered.flatMap((value) => {
    const point = toPoint(value.toLowerCase());
    return point === undefined ? [] : [{ value, point }];
  });
  if (wished === undefined || points.length === 0) return undefined;
  return points.toSorted((a, b) => Math.abs(a.point - wished) - Math.abs(b.point - wished))[0]
    ?.value;
}

function bendFormat(word: string, offered: readonly string[]): string | undefined {
  const synonym = offered.find((value) => isSynonym(word, value));
  if (synonym !== undefined) return synonym;
  if (!FORMATS.includes(word) && SYNONYMS[word] === undefined) return undefined;
  return FORMATS.map((format) => offered.find((value) => value.toLowerCase() === format)).find(
    (value) => value !== undefined,
  );
}
