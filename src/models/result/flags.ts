/** What a model's safety check says of each thing that it made. */
import { isRecord, type AnswerRecord } from './record.ts';

/** fal's name, the older one, and what stands inside entries. */
const NAMES = ['has_nsfw_concepts', 'nsfw_content_detected', 'nsfw', 'is_nsfw', 'has_nsfw'];

export interface Flags {
  /** How many things the lists speak of; they may be shorter or longer than what came. */
  readonly length: number;
  /** True where the check marked everything at once. */
  readonly all: boolean;
  isMarked(at: number, entry: unknown): boolean;
}

export function readFlags(answer: AnswerRecord): Flags {
  const values = NAMES.map((name) => answer[name]);
  const lists = values.filter((value): value is readonly unknown[] => Array.isArray(value));
  const all = values.some(isYes);
  return {
    length: Math.max(0, ...lists.map((list) => list.length)),
    all,
    isMarked: (at, entry) => all || lists.some((list) => isYes(list[at])) || isMarkedInside(entry),
  };
}

/** True where the answer, or an endpoint's fields, speak of a safety check. */
export function hasFlags(answer: AnswerRecord): boolean {
  return NAMES.some((name) => name in answer);
}

function isMarkedInside(entry: unknown): boolean {
  return isRecord(entry) && NAMES.some((name) => isYes(entry[name]));
}

function isYes(value: unknown): boolean {
  return value === true || value === 1 || value === 'true';
}
