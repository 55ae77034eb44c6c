/** The choices of a select, and what Slack takes of them. */
import type { PlainTextElement } from '@slack/web-api';
import { createHash } from 'node:crypto';
import type { Choice, Option, RawValues } from '../../option.ts';
import { cutText } from '../../cut-text.ts';

/** Slack's limit. */
const CHOICE_LENGTH = 75;

export const YES_OR_NO: readonly Choice[] = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
];

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
  return { type: 'plain_text', text: cutText(text, limit), emoji: false };
}

export function toSelectOption({ value, label }: Choice) {
  return { text: toPlain(label.trim() === '' ? value : label, CHOICE_LENGTH), value };
}

export function isSelectable({ value }: Choice): boolean {
  return value !== '' && value.length <= CHOICE_LENGTH;
}

/** Another list of choices is another field: else a value that is gone would stay chosen. */
export function toDigest(choices: readonly Choice[]): string {
  const values = JSON.stringify(choices.map(({ value }) => value));
  return createHash('sha256').update(values).digest('base64url').slice(0, 12);
}
