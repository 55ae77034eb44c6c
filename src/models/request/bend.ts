/**
 * A usual value under a neutral name is a wish, not an order: where an endpoint lacks it, the nearest
 * that it has is used, with a note. Values under an endpoint's own field names are never bent.
 */
import { wordLanguage } from '../../transcripts/word-language.ts';
import { listChoices, type FieldType } from '../endpoint.ts';
import type { NeutralName } from './option-names.ts';

/** From slow and fine to quick and rough. */
const ACCELERATIONS = ['none', 'regular', 'high', 'full'];
const FORMATS = ['png', 'webp', 'jpeg', 'gif', 'mp3', 'wav', 'flac', 'opus', 'mp4', 'webm'];
/** Names of the same thing. */
const SYNONYMS: Readonly<Record<string, string>> = { jpg: 'jpeg', jpeg: 'jpg' };

/** The legal value to use instead; undefined where nothing can be meant. */
export function bend(neutral: NeutralName, type: FieldType, raw: unknown): string | undefined {
  const word = String(raw).trim().toLowerCase();
  if (neutral === 'count') return bendCount(word, type);
  return BENDERS[neutral]?.(word, listChoices(type));
}

type Bender = (word: string, offered: readonly string[]) => string | undefined;

const BENDERS: Partial<Record<NeutralName, Bender>> = {
  acceleration: (word, offered) => bendOnScale(word, offered, toSpeed),
  resolution: (word, offered) => bendOnScale(word, offered, toFineness),
  format: bendFormat,
  language: bendLanguage,
};

/** Some make several at least. */
function bendCount(word: string, type: FieldType): string | undefined {
  const least = type.kind === 'integer' ? (type.min ?? 0) : 0;
  return /^\d+$/u.test(word) && word !== '0' && Number(word) < least ? String(least) : undefined;
}

function toSpeed(value: string): number | undefined {
  const at = ACCELERATIONS.indexOf(value);
  return at < 0 ? undefined : at;
}

function toFineness(value: string): number | undefined {
  const pixels = toPixels(value);
  return pixels === undefined ? undefined : Math.log(pixels);
}

/** True where both words mean one value, so that no note is due. */
export function isSynonym(raw: unknown, value: string): boolean {
  const word = String(raw).trim().toLowerCase();
  return SYNONYMS[word] === value.toLowerCase() || isSameLanguage(word, value);
}

/** Some models want `pl`, others `Polish`. */
function bendLanguage(word: string, offered: readonly string[]): string | undefined {
  return offered.find((value) => isSameLanguage(word, value));
}

function isSameLanguage(word: string, value: string): boolean {
  return toLanguage(word) === toLanguage(value);
}

/** Its English name, of codes such as `pl` and `pt-BR` too. */
function toLanguage(word: string): string {
  const [, base = word] = /^([a-z]{2,3})[-_][a-z]{2}$/iu.exec(word) ?? [];
  return wordLanguage(base).toLowerCase();
}

/** Of the shorter side, as in `1080p` or plain `1024`, or for `2K` and `4MP` of a square one's. */
function toPixels(resolution: string): number | undefined {
  const [, digits, unit = ''] = /^(?:true_)?(\d+(?:\.\d+)?)(p|k|mp)?$/u.exec(resolution) ?? [];
  if (digits === undefined) return undefined;
  const count = Number(digits);
  return unit === 'mp' ? Math.sqrt(count) * 1000 : count * (unit === 'k' ? 1024 : 1);
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
