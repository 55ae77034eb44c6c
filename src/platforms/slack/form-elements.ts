/** What somebody fills in: each kind of option as the element of Slack's that serves it best. */
import type { InputBlockElement, PlainTextElement } from '@slack/web-api';
import type { FileMedia } from '../../models/endpoint.ts';
import type { Choice, Option, RawValues } from '../../option.ts';
import { isSelectable, toPlain, toDigest, toSelectOption, YES_OR_NO } from './form-choices.ts';

/** Slack's limits. */
const PLACEHOLDER_LENGTH = 150;
const STATIC_CHOICES = 100;
const TEXT_INPUT_LENGTH = 3000;
const FILES = 10;
/** Far from where Slack's clients stop to count; a bound beyond it is the core's to check. */
const LARGEST_BOUND = 2 ** 31;
/** From this length on a text deserves several lines. */
const LONG_TEXT = 200;
/** A convenience of Slack's file picker; the bytes decide. */
const FILE_TYPES: Readonly<Record<Exclude<FileMedia, 'any'>, readonly string[]>> = {
  image: ['png', 'jpg', 'jpeg', 'webp', 'gif', 'avif'],
  audio: ['mp3', 'm4a', 'wav', 'ogg', 'oga', 'opus', 'flac', 'aac', 'webm', 'mp4', 'mov'],
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

export function toElement(field: Field, filledIn: RawValues): InputBlockElement {
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
      // A model whose name is too long for a select is reached by a flag; the others are chosen.
      const isMenu = decides ? choices.some(isSelectable) : choices.every(isSelectable);
      if (choices.length === 0 || !isMenu) {
        return toTextInput(option.maxLength, begun, placeholder);
      }
      const action = decides ? DECIDING_ACTION : `field:suggest:${toDigest(choices)}`;
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
  return toExternalSelect(`field:search:${toDigest(choices)}`, chosen, placeholder);
}

function toStaticSelect(
  choices: readonly Choice[],
  begun: string,
  placeholder: Placeholder,
): InputBlockElement {
  const chosen = choices.find(({ value }) => value === begun);
  return {
    type: 'static_select',
    action_id: `field:select:${toDigest(choices)}`,
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

function toText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
