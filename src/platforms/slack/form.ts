/**
 * A command's options as a form: made for `views.open` and `views.update`. What is there may depend
 * on what is filled in, as the options of `/imagine` do on the model.
 */
import type { InputBlock, KnownBlock, ModalView } from '@slack/web-api';
import type { Command } from '../../command.ts';
import type { Option, Options, RawValues } from '../../option.ts';
import { toPlain } from './form-choices.ts';
import type { Field } from './form-elements.ts';
import type { FormPlace } from './form-metadata.ts';
import { humanise, toInputBlock } from './form-field.ts';
import { cutText } from '../../cut-text.ts';

/** The option on which the others of a form depend. */
const DECIDING_OPTION = 'model';
/** Slack's limits; the last one, with some room, in characters of JSON. */
const BLOCKS = 100;
const TITLE_LENGTH = 24;
const NOTE_LENGTH = 3000;
const FORM_LENGTH = 240_000;
const CALLBACK = /^v1:form:([\w-]+)$/u;
export const FORM_CALLBACK = /^v1:form:/u;

export function toForm(command: Command, metadata: FormPlace, filledIn: RawValues = {}): ModalView {
  const { isAsked = false } = metadata;
  const chosen = chosenIn(command, filledIn);
  const fields = isAsked
    ? toAskedFields(command, filledIn)
    : toFields(command, command.form(filledIn));
  return {
    type: 'modal',
    callback_id: `v1:form:${command.name}`,
    private_metadata: JSON.stringify({ ...metadata, chosen } satisfies FormPlace),
    title: toPlain(titleOf(command, isAsked), TITLE_LENGTH),
    submit: toPlain('Go', TITLE_LENGTH),
    close: toPlain('Never mind', TITLE_LENGTH),
    blocks: fit(fields.map((field) => toInputBlock(field, filledIn))),
  };
}

/** A form without fields: for what is not known yet, or cannot be. */
export function toNotice(command: Command, metadata: FormPlace, text: string): ModalView {
  const words = { ...toPlain(text, NOTE_LENGTH) };
  return {
    type: 'modal',
    callback_id: `v1:form:${command.name}`,
    private_metadata: JSON.stringify(metadata satisfies FormPlace),
    title: toPlain(titleOf(command, metadata.isAsked ?? false), TITLE_LENGTH),
    close: toPlain('Close', TITLE_LENGTH),
    blocks: [{ type: 'section', text: words }],
  };
}

function titleOf({ name, asks }: Command, isAsked: boolean): string {
  return (isAsked ? asks?.title : undefined) ?? humanise(name);
}

/** The command that a form was made for. */
export function findCommand(
  { callback_id: callbackId }: { readonly callback_id: string },
  commands: readonly Command[],
): Command | undefined {
  const named = CALLBACK.exec(callbackId)?.[1];
  return commands.find(({ name }) => name === named);
}

/** The values on which the other fields depend. */
export function chosenIn({ takesMore }: Command, filledIn: RawValues): Record<string, string> {
  const value = filledIn[DECIDING_OPTION];
  return takesMore && typeof value === 'string' && value !== '' ? { [DECIDING_OPTION]: value } : {};
}

/** Those alone that the command asks for: no field depends on another one there. */
function toAskedFields(command: Command, filledIn: RawValues): readonly Field[] {
  const asked = command.asks?.options ?? [];
  const options = optionsOf(command, { isAsked: true, filledIn });
  const known = new Map(toFields(command, options).map((field) => [field.name, field]));
  return asked.flatMap((name) => {
    const field = known.get(name);
    return field ? [{ ...field, decides: false }] : [];
  });
}

/** What a command asks for is its own to word, whatever a model would say of it. */
export function optionsOf(
  command: Command,
  { isAsked, filledIn }: { readonly isAsked: boolean; readonly filledIn: RawValues },
): Options {
  const options = command.form(filledIn);
  return isAsked ? { ...options, ...command.options } : options;
}

function toFields(command: Command, options: Options): readonly Field[] {
  return Object.entries(options).flatMap(([name, option]): readonly Field[] => {
    const decides = command.takesMore && name === DECIDING_OPTION;
    if (option.kind !== 'file') return [{ name, option, names: [name], decides }];
    if (firstOfSeries(name, option, options) !== undefined) return [];
    const followers = Object.entries(options).filter(
      ([other, follower]) => firstOfSeries(other, follower, options) === name,
    );
    return [{ name, option, names: [name, ...followers.map(([other]) => other)], decides }];
  });
}

/** `image` for `image2`: they are one field that takes several files. */
function firstOfSeries(name: string, option: Option, options: Options): string | undefined {
  const first = /^(.*[a-z])[2-9]$/u.exec(name)?.[1];
  const other = first === undefined ? undefined : options[first];
  const isSeries = option.kind === 'file' && other?.kind === 'file' && other.media === option.media;
  return isSeries ? first : undefined;
}

/** The fields that Slack has room for: what must be filled in, then the others in their order. */
function fit(fields: readonly InputBlock[]): KnownBlock[] {
  const kept = new Set<InputBlock>();
  let length = 0;
  for (const field of fields.toSorted((a, b) => rank(a) - rank(b))) {
    length += JSON.stringify(field).length;
    if (length > FORM_LENGTH || kept.size === (fields.length > BLOCKS ? BLOCKS - 1 : BLOCKS)) break;
    kept.add(field);
  }
  const left = fields.filter((field) => !kept.has(field));
  const shown = fields.filter((field) => kept.has(field));
  return left.length === 0 ? shown : [...shown.slice(0, BLOCKS - 1), toFlagsNote(left)];
}

function rank({ optional, dispatch_action: decides }: InputBlock): number {
  if (optional !== true) return 0;
  return decides === true ? 1 : 2;
}

function toFlagsNote(left: readonly InputBlock[]): KnownBlock {
  const flags = left.map(({ block_id: name = '' }) => `--${name}`).join(' ');
  const text = cutText(`More can be set by flags behind the command: ${flags}`, NOTE_LENGTH);
  return { type: 'context', elements: [{ type: 'plain_text', text, emoji: false }] };
}
