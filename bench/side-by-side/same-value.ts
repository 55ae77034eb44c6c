/** When a value that was sent is the one that was wished. */
import { toText } from './exact-json.ts';

const SYNONYMS: Readonly<Record<string, string>> = { jpg: 'jpeg' };

export function isSame(sent: unknown, wished: unknown): boolean {
  if (sent === undefined) return false;
  if (typeof wished === 'object' && wished !== null) return toCanon(sent) === toCanon(wished);
  const text = toText(wished);
  if (sent === null) return text === 'auto';
  return toText(sent) === text || toText(sent) === SYNONYMS[text];
}

/** Names in order, scalars as text. */
export function toCanon(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toCanon).join()}]`;
  if (typeof value !== 'object' || value === null) return toText(value);
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, inner]) => `${name}:${toCanon(inner)}`).join()}}`;
}

/** `2` may stand for `"2"`, and the other way round. */
export function listReadings(value: unknown, isNullable: boolean): readonly unknown[] {
  if (typeof value === 'object') return [value];
  const text = toText(value);
  const open = isNullable && text === 'auto' ? [null] : [];
  const synonym = SYNONYMS[text] === undefined ? [] : [SYNONYMS[text]];
  return [value, text, Number(text), ...open, ...synonym];
}
