/** What an option takes, in one line below its field or beside its name. */
import type { Option } from '../../option.ts';
import { wordOption } from '../../option-words.ts';

/** In a form, where choices can be seen. */
export function wordHint(option: Option): string {
  const isNumber = option.kind === 'integer' || option.kind === 'number';
  return isNumber ? join(option.description, wordOption(option)) : option.description;
}

/** In a list of options, where nothing else tells. */
export function wordFlag(option: Option): string {
  const { kind, description, standard } = option;
  const hasPlainKind = kind === 'text' || kind === 'suggested';
  if (!hasPlainKind) return join(description, wordOption(option));
  return standard === undefined ? description : join(description, `usually ${standard}`);
}

/** A model's own description may say already what it takes. */
function join(description: string, legal: string): string {
  if (description === '' || description.includes(legal)) return description || legal;
  return `${description} · ${legal}`;
}
