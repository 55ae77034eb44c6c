/** One option as a field of a form: whatever it is, it stays within Discord's limits. */
import {
  ComponentType,
  TextInputStyle,
  type APIStringSelectComponent,
  type APITextInputComponent,
} from 'discord.js';
import { cutText } from '../../cut-text.ts';
import type { Choice, Option, RawValues } from '../../option.ts';
import { toDiscordChoices } from './choices.ts';
import type { Field } from './form.ts';

/** Discord's limits. */
const TEXT_LENGTH = 4000;
const MOST_CHOICES = 25;
const PLACEHOLDER_LENGTH = 100;
/** Longer texts get several lines. */
const ONE_LINE = 100;
const SUGGESTIONS_NAMED = 3;

export function toField(name: string, option: Option, start: RawValues): Field {
  const begun = toText(start[name]);
  switch (option.kind) {
    case 'text':
      return toTextField({ name, option, begun });
    case 'choice':
      return toSelectField({ name, option, begun }, option.choices);
    case 'suggested':
      return toSuggestedField({ name, option, begun }, option.suggest('', start));
    case 'integer':
      return toIntegerField({ name, option, begun });
    case 'number':
      return toTextField({ name, option, begun }, `From ${option.min} to ${option.max}`);
    case 'flag':
      return toSelectField({ name, option, begun }, YES_OR_NO);
    case 'file':
      return {
        component: {
          type: ComponentType.FileUpload,
          custom_id: name,
          required: option.required ?? false,
          min_values: option.required ? 1 : 0,
          max_values: 1,
        },
        hint: undefined,
      };
  }
}

interface Asked<O extends Option = Option> {
  readonly name: string;
  readonly option: O;
  /** Empty where the form begins with nothing. */
  readonly begun: string;
}
type Kind<K extends Option['kind']> = Extract<Option, { kind: K }>;

const YES_OR_NO: readonly Choice[] = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
];

function toText(value: unknown): string {
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : '';
}

function toTextField({ name, option, begun }: Asked, placeholder?: string): Field {
  const longest = 'maxLength' in option ? Math.min(option.maxLength, TEXT_LENGTH) : ONE_LINE;
  const value = cutWhole(begun, longest);
  const component: APITextInputComponent = {
    type: ComponentType.TextInput,
    custom_id: name,
    style: longest > ONE_LINE ? TextInputStyle.Paragraph : TextInputStyle.Short,
    required: option.required ?? false,
    max_length: longest,
    ...(value !== '' && { value }),
    ...(placeholder && { placeholder: cutText(placeholder, PLACEHOLDER_LENGTH) }),
  };
  const hint =
    value.length < begun.length
      ? `Only the beginning fits in here: ${longest} of ${begun.length} characters.`
      : undefined;
  return { component, hint };
}

/** Not in the middle of a character, and without a mark that would be sent back as words. */
function cutWhole(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const end = text.slice(0, longest);
  return end.isWellFormed() ? end : end.slice(0, -1);
}

/** A list where all that is suggested fits in one; else anything may be typed. */
function toSuggestedField(asked: Asked<Kind<'suggested'>>, suggestions: readonly Choice[]): Field {
  const fitting = toDiscordChoices(suggestions);
  const isWhole = fitting.length === suggestions.length && suggestions.length > 0;
  if (isWhole && suggestions.length <= MOST_CHOICES) return toSelectField(asked, suggestions);
  const named = suggestions.slice(0, SUGGESTIONS_NAMED).map(({ value }) => value);
  return toTextField(asked, named.length === 0 ? undefined : `Such as ${named.join(', ')}`);
}

function toIntegerField(asked: Asked<Kind<'integer'>>): Field {
  const { min, max } = asked.option;
  if (max - min >= MOST_CHOICES) return toTextField(asked, `A whole number from ${min} to ${max}`);
  const values = Array.from({ length: max - min + 1 }, (_, at) => String(min + at));
  return toSelectField(
    asked,
    values.map((value) => ({ value, label: value })),
  );
}

/** What the form begins with is on the list, whatever is suggested. */
function toSelectField({ name, option, begun }: Asked, choices: readonly Choice[]): Field {
  const isListed = begun === '' || choices.some(({ value }) => value === begun);
  const listed = isListed ? choices : [{ value: begun, label: begun }, ...choices];
  const component: APIStringSelectComponent = {
    type: ComponentType.StringSelect,
    custom_id: name,
    required: option.required ?? false,
    min_values: option.required ? 1 : 0,
    max_values: 1,
    options: toDiscordChoices(listed).map(({ name: label, value }) => ({
      label,
      value,
      ...(value === begun && { default: true }),
    })),
  };
  return { component, hint: undefined };
}
