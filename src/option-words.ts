/** An option in words: what it takes, and what happens without it. */
import { wordMedia } from './models/request/word-type.ts';
import type { Option } from './option.ts';

/** More values than this are not listed; they are offered while one types. */
const LISTED = 8;
const LONGEST_USUAL = 60;

/** Such as `2 to 250, usually 30`. */
export function wordOption(option: Option): string {
  const legal = wordLegal(option);
  const usual = wordUsual(option);
  return usual === undefined ? legal : `${legal}, usually ${usual}`;
}

/** An empty text or list as the default says nothing. */
function wordUsual({ kind, standard }: Option): string | undefined {
  if (standard === undefined || kind === 'file' || /^(?:\s*|\[\]|\{\})$/u.test(standard)) {
    return undefined;
  }
  if (kind === 'flag') return standard === 'true' ? 'yes' : 'no';
  return standard.length <= LONGEST_USUAL ? standard : `${standard.slice(0, LONGEST_USUAL)}…`;
}

function wordLegal(option: Option): string {
  switch (option.kind) {
    case 'text':
      return option.maxLength < 1000 ? `text, at most ${option.maxLength} characters` : 'text';
    case 'choice':
      return wordList(option.choices.map(({ value }) => value));
    case 'suggested': {
      const values = option.suggest('', {}).map(({ value }) => value);
      return values.length === 0 ? 'text' : wordList(values);
    }
    case 'integer':
    case 'number':
      return wordRange(option);
    case 'flag':
      return 'yes or no';
    case 'file':
      return `an attached ${wordMedia(option.media)}`;
  }
}

function wordList(values: readonly string[]): string {
  const shown = values.slice(0, LISTED).join(', ');
  return values.length > LISTED ? `${shown} … (${values.length})` : shown;
}

/** The ends of what a number can be stand for no bound at all. */
function wordRange({ kind, min, max }: Extract<Option, { min: number }>): string {
  const isOpen = { low: min <= Number.MIN_SAFE_INTEGER, high: max >= Number.MAX_SAFE_INTEGER };
  const noun = kind === 'integer' ? 'a whole number' : 'a number';
  if (isOpen.low && isOpen.high) return noun;
  if (isOpen.high) return `${noun}, at least ${min}`;
  return isOpen.low ? `${noun}, at most ${max}` : `${min} to ${max}`;
}
