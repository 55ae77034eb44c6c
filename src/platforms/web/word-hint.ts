/** What an option takes, in one line below its field or beside its name. */
import type { Option } from '../../option.ts';
import { wordOption } from '../../option-words.ts';

/** Where nobody has described a field, its description is its name and what is legal. */
const UNDESCRIBED = /^[a-z\d ]+: /u;

/** In a form, where choices can be seen. */
export function wordHint(option: Option): string {
  const { kind, description } = option;
  if (kind === 'integer' || kind === 'number') return wordFlag(option);
  if (!UNDESCRIBED.test(description)) return description;
  return kind === 'choice' || kind === 'flag' ? '' : wordLegal(description);
}

/** In a list of options, where nothing else tells. */
export function wordFlag(option: Option): string {
  const { kind, description, standard } = option;
  const isUndescribed = UNDESCRIBED.test(description);
  if (kind !== 'text' && kind !== 'suggested') {
    return isUndescribed
      ? capitalise(wordOption(option))
      : `${description} · ${wordOption(option)}`;
  }
  const words = isUndescribed ? wordLegal(description) : description;
  return standard === undefined ? words : `${words} · usually ${standard}`;
}

function wordLegal(description: string): string {
  return capitalise(description.replace(UNDESCRIBED, ''));
}

function capitalise(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
