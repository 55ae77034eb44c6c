/** One option of a command as one field of a form. */
import type { InputBlock, InputBlockElement, PlainTextElement } from '@slack/web-api';
import { createHash } from 'node:crypto';
import type { FileMedia } from '../../models/endpoint.ts';
import type { Choice, Option, RawValues } from '../../option.ts';
import { wordOption } from '../../option-words.ts';
import { cut } from './markup.ts';

/** Slack's limits. */
const LABEL_LENGTH = 75;
const CHOICE_LENGTH = 75;
const HINT_LENGTH = 2000;
const PLACEHOLDER_LENGTH = 150;
const STATIC_CHOICES = 100;
const TEXT_INPUT_LENGTH = 3000;
const FILES = 10;
/** Far from where Slack's clients stop to count; a bound beyond it is the core's to check. */
const LARGEST_BOUND = 2 ** 31;
/** From this length on a text deserves several lines. */
const LONG_TEXT = 200;
const YES_OR_NO: readonly Choice[] = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
];
/** A convenience of Slack's file picker; the bytes decide. */
const FILE_TYPES: Readonly<Record<Exclude<FileMedia, 'any'>, readonly string[]>> = {
  image: ['png', 'jpg', 'jpeg', 'webp', 'gif', 'avif', 'heic'],
  audio: ['mp3', 'm4a', 'wav', 'ogg', 'oga', 'opus', 'flac', 'aac', 'webm', 'mp4'],
  video: ['mp4', 'mov', 'webm', 'm4v', 'gif'],
};

export interface Field {
  /** The option's name, and the block's id. */
  readonly name: string;
  readonly option: Option;
  /** For files: every option that shares this field, such as `image`, `image2` and `image3`. */
  readonly names: readonly string[];
  /** True where choosing a value may change which options there are. */
  readonly decides: boolean;
}

/** The ids under which Slack keeps what was filled in: the same only for the same kind of field. */
export const FIELD_ACTION = /^field:/u;
export const DECIDING_ACTION = 'field:decide';

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

/** What Slack asks for while somebody types into a select; undefined where it is no such select. */
export function choicesFor(
  option: Option,
  begun: string,
  filledIn: RawValues,
): readonly Choice[] | undefined {
  if (option.kind === 'choice') {
    const wanted = begun.toLowerCase();
    return option.choices.filter(({ value, label }) =>
      `${value} ${label}`.toLowerCase().includes(wanted),
    );
  }
  return option.kind === 'suggested' ? option.suggest(begun, filledIn) : undefined;
}

export function toPlain(text: string, limit: number): PlainTextElement {
  return { type: 'plain_text', text: cut(text, limit), emoji: false };
}

export function toSelectOption({ value, label }: Choice) {
  return { text: toPlain(label.trim() === '' ? value : label, CHOICE_LENGTH), value };
}

export function isSelectable({ value }: Choice): boolean {
  return value !== '' && value.length <= CHOICE_LENGTH;
}

export function humanise(name: string): string {
  const words = name.replaceAll(/[_-]/gu, ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

function toElement(field: Field, filledIn: RawValues): InputBlockElement {
  const { name, option, names, decides } = field;
  const begun = toText(filledIn[name]);
  const placeholder = placeholderOf(option);
  switch (option.kind) {
    case 'text':
      return toTextInput(option.maxLength, begun, placeholder);
    case 'integer':
    case 'number':
      return { ...toNumberInput(option, begun), ...placeholder };
    case 'flag':
      // A box that is not ticked cannot tell "no" from "whatever the model likes".
      return toStaticSelect(YES_OR_NO, begun, placeholder);
    case 'choice':
      return toChoiceElement(option.choices, begun, placeholder);
    case 'suggested': {
      const choices = option.suggest('', filledIn);
      if (choices.length === 0 || !choices.every(isSelectable)) {
        return toTextInput(option.maxLength, begun, placeholder);
      }
      const action = decides ? DECIDING_ACTION : `field:suggest:${digest(choices)}`;
      return toExternalSelect(action, { value: begun, label: begun }, placeholder);
    }
    case 'file':
      return toFileInput(option.media, names.length);
  }
}

type Placeholder = { readonly placeholder?: PlainTextElement };

/** A default is shown, not sent: the model knows it itself. */
function placeholderOf({ kind, standard = '' }: Option): Placeholder {
  const answer = YES_OR_NO.find(({ value }) => kind === 'flag' && value === standard);
  const text = answer?.label ?? standard.trim();
  return text === '' ? {} : { placeholder: toPlain(text, PLACEHOLDER_LENGTH) };
}

function toTextInput(maxLength: number, begun: string, placeholder: Placeholder) {
  const most = Math.min(maxLength, TEXT_INPUT_LENGTH);
  return {
    type: 'plain_text_input' as const,
    action_id: 'field:text',
    multiline: maxLength >= LONG_TEXT,
    max_length: most,
    ...(begun !== '' && begun.length <= most && { initial_value: begun }),
    ...placeholder,
  };
}

function toNumberInput(
  { kind, min, max }: Extract<Option, { kind: 'integer' | 'number' }>,
  begun: string,
) {
  const number = Number(begun);
  const fits = number >= min && number <= max && (kind === 'number' || Number.isInteger(number));
  return {
    type: 'number_input' as const,
    action_id: `field:${kind}`,
    is_decimal_allowed: kind === 'number',
    ...(isPlainNumber(min) && { min_value: String(min) }),
    ...(isPlainNumber(max) && { max_value: String(max) }),
    ...(begun !== '' && fits && isPlainNumber(number) && { initial_value: String(number) }),
  };
}

/** Slack takes digits, and neither exponents nor numbers without end. */
function isPlainNumber(number: number): boolean {
  return Math.abs(number) <= LARGEST_BOUND && /^-?\d+(?:\.\d+)?$/u.test(String(number));
}

function toChoiceElement(
  choices: readonly Choice[],
  begun: string,
  placeholder: Placeholder,
): InputBlockElement {
  if (!choices.every(isSelectable) || choices.length === 0) {
    return toTextInput(TEXT_INPUT_LENGTH, begun, placeholder);
  }
  if (choices.length <= STATIC_CHOICES) return toStaticSelect(choices, begun, placeholder);
  const chosen = choices.find(({ value }) => value === begun) ?? { value: '', label: '' };
  return toExternalSelect(`field:search:${digest(choices)}`, chosen, placeholder);
}

function toStaticSelect(
  choices: readonly Choice[],
  begun: string,
  placeholder: Placeholder,
): InputBlockElement {
  const chosen = choices.find(({ value }) => value === begun);
  return {
    type: 'static_select',
    action_id: `field:select:${digest(choices)}`,
    options: choices.map(toSelectOption),
    ...(chosen && { initial_option: toSelectOption(chosen) }),
    ...placeholder,
  };
}

function toExternalSelect(
  action: string,
  chosen: Choice,
  placeholder: Placeholder,
): InputBlockElement {
  return {
    type: 'external_select',
    action_id: action,
    min_query_length: 0,
    ...(isSelectable(chosen) && { initial_option: toSelectOption(chosen) }),
    ...placeholder,
  };
}

function toFileInput(media: FileMedia, files: number): InputBlockElement {
  return {
    type: 'file_input',
    action_id: `field:file:${media}`,
    max_files: Math.min(files, FILES),
    ...(media !== 'any' && { filetypes: [...FILE_TYPES[media]] }),
  };
}

function toLabel({ name, option, names }: Field): string {
  if (option.kind !== 'file') return humanise(name);
  // fal's own names end like this, but here the file itself goes in.
  const label = humanise(name.replace(/_urls?$/u, ''));
  if (names.length === 1) return label;
  return option.media === 'image' && name === 'image' ? 'Pictures' : `${label} files`;
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

/** Another list of choices is another field: else a value that is gone would stay chosen. */
function digest(choices: readonly Choice[]): string {
  const values = JSON.stringify(choices.map(({ value }) => value));
  return createHash('sha256').update(values).digest('base64url').slice(0, 12);
}

function toText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
