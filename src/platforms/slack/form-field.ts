/** One option of a command as one field of a form. */
import type { InputBlock } from '@slack/web-api';
import type { Option, RawValues } from '../../option.ts';
import { wordOption } from '../../option-words.ts';
import { choicesFor, isSelectable, toPlain } from './form-choices.ts';
import { toElement, type Field } from './form-elements.ts';

/** Slack's limits. */
const LABEL_LENGTH = 75;
const HINT_LENGTH = 2000;

/** `filledIn` is what the field starts with; Slack prefers what the person has in the field. */
export function toInputBlock(field: Field, filledIn: RawValues): InputBlock {
  const { name, option, decides } = field;
  const element = toElement(field, filledIn);
  return {
    type: 'input',
    block_id: name,
    optional: option.required !== true,
    label: toPlain(toLabel(field), LABEL_LENGTH),
    hint: toPlain(toHint(option, filledIn), HINT_LENGTH),
    element,
    ...(decides && element.type === 'external_select' && { dispatch_action: true }),
  };
}

export function humanise(name: string): string {
  const words = name.replaceAll(/[_-]/gu, ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

function toLabel({ name, option, names }: Field): string {
  if (option.kind !== 'file') return humanise(name);
  // fal's own names end like this, but here the file itself goes in.
  const label = humanise(name.replace(/_urls?$/u, ''));
  if (names.length === 1) return label;
  if (option.media === 'image' && name === 'image') return 'Pictures';
  return option.media === 'audio' && name === 'file' ? 'Recordings' : `${label} files`;
}

/** Says what is legal where the field itself does not show it. */
function toHint(option: Option, filledIn: RawValues): string {
  const { kind, description } = option;
  if (kind === 'integer' || kind === 'number') {
    return /\d/u.test(description) ? description : `${description} (${wordOption(option)})`;
  }
  const choices = choicesFor(option, '', filledIn) ?? [];
  if (choices.every(isSelectable)) return description;
  return `${description}. Such as ${choices.map(({ value }) => value).join(', ')}`;
}
