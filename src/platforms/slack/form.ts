/** A command's options as a form: made for `views.open`, checked and read when it comes back. */
import type { InputBlock, InputBlockElement, ModalView, PlainTextElement } from '@slack/web-api';
import { z } from 'zod';
import type { Command } from '../../command.ts';
import type { Option } from '../../option.ts';
import { UserError } from '../../errors.ts';
import { parseOptions } from '../../parse-options.ts';
import { slackFile, type SlackFile } from './attachments.ts';
import { cut } from './render.ts';

/** Slack's limits. */
const BLOCKS = 100;
const TITLE_LENGTH = 24;
const LABEL_LENGTH = 75;
const HINT_LENGTH = 2000;
const CHOICES = 100;
const TEXT_INPUT_LENGTH = 3000;
const FILES = 10;
/** From this length on a text deserves several lines. */
const LONG_TEXT = 200;
const CALLBACK = /^v1:form:([\w-]+)$/u;
export const FORM_CALLBACK = /^v1:form:/u;

/** Where the form was asked for: its submission does not say. */
const metadataSchema = z.object({ channel: z.string(), isDirect: z.boolean() });
export type FormMetadata = z.infer<typeof metadataSchema>;

export function toForm(command: Command, metadata: FormMetadata): ModalView {
  const options = Object.entries(command.options);
  const pictures = options.filter(([, { kind }]) => kind === 'picture');
  const fields = options.filter(
    ([name, { kind }]) => kind !== 'picture' || name === pictures[0]?.[0],
  );
  return {
    type: 'modal',
    callback_id: `v1:form:${command.name}`,
    private_metadata: JSON.stringify(metadata),
    title: plain(humanise(command.name), TITLE_LENGTH),
    submit: plain('Go', TITLE_LENGTH),
    close: plain('Never mind', TITLE_LENGTH),
    blocks: fields
      .slice(0, BLOCKS)
      .map(([name, option]) => toField(name, option, Math.min(pictures.length, FILES))),
  };
}

export function readCommandName(callbackId: string): string | undefined {
  return CALLBACK.exec(callbackId)?.[1];
}

export function readMetadata(text: string): FormMetadata {
  return metadataSchema.parse(JSON.parse(text));
}

type Submitted = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
export interface FilledForm {
  /** Raw values by option name; what was left empty is absent. */
  readonly options: Readonly<Record<string, string>>;
  readonly files: readonly SlackFile[];
}

const fieldValue = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  files: z.array(slackFile).nullish(),
});

export function readForm(submitted: Submitted): FilledForm {
  const fields = Object.entries(submitted).map(([name, actions]) => ({
    name,
    field: fieldValue.parse(Object.values(actions)[0] ?? {}),
  }));
  return {
    options: Object.fromEntries(
      fields.flatMap(({ name, field }) => {
        const value = field.selected_option?.value ?? field.value?.trim() ?? '';
        return value === '' ? [] : [[name, value]];
      }),
    ),
    files: fields.flatMap(({ field }) => field.files ?? []),
  };
}

/** What to show beside which field; empty when the command can be planned. */
export function findFormErrors(
  command: Command,
  filled: FilledForm,
  plan: () => unknown,
): Record<string, string> {
  const errors = Object.fromEntries(
    Object.entries(command.options).flatMap(([name, option]) => {
      const value = filled.options[name];
      const raw = value === undefined ? {} : { [name]: value };
      const mistake = mistakeOf(() => parseOptions({ [name]: option }, raw));
      return mistake === undefined ? [] : [[name, mistake]];
    }),
  );
  if (Object.keys(errors).length > 0) return errors;
  const mistake = mistakeOf(plan);
  const [first = ''] = Object.keys(command.options);
  return mistake === undefined ? {} : { [first]: mistake };
}

function mistakeOf(check: () => unknown): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

function toField(name: string, option: Option, pictures: number): InputBlock {
  const label = option.kind === 'picture' && pictures > 1 ? 'pictures' : name;
  return {
    type: 'input',
    block_id: name,
    optional: option.required !== true,
    label: plain(humanise(label), LABEL_LENGTH),
    hint: plain(option.description, HINT_LENGTH),
    element: { action_id: name, ...toElement(option, pictures) },
  };
}

function toElement(option: Option, pictures: number): InputBlockElement {
  switch (option.kind) {
    case 'text':
      return {
        type: 'plain_text_input',
        multiline: option.maxLength >= LONG_TEXT,
        max_length: Math.min(option.maxLength, TEXT_INPUT_LENGTH),
      };
    case 'choice':
      return toSelect(option.choices);
    case 'integer':
    case 'number':
      return {
        type: 'number_input',
        is_decimal_allowed: option.kind === 'number',
        min_value: String(option.min),
        max_value: String(option.max),
      };
    case 'flag':
      // A box that is not ticked cannot tell "no" from "whatever the model likes".
      return toSelect([
        { value: 'true', label: 'Yes' },
        { value: 'false', label: 'No' },
      ]);
    case 'picture':
      return { type: 'file_input', max_files: pictures };
  }
}

function toSelect(
  choices: readonly { readonly value: string; readonly label: string }[],
): InputBlockElement {
  return {
    type: 'static_select',
    options: choices
      .slice(0, CHOICES)
      .map(({ value, label }) => ({ text: plain(label, LABEL_LENGTH), value })),
  };
}

function plain(text: string, limit: number): PlainTextElement {
  return { type: 'plain_text', text: cut(text, limit), emoji: false };
}

function humanise(name: string): string {
  const words = name.replaceAll(/[_-]/gu, ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
