/** A form as a person fills it in, with the checks that Slack makes before it sends anything. */
import { isNode, textOf } from './block-reading.ts';
import type { FieldEntry, MenuChoice, OpenView, SentFile, SlackBlock } from './slack-types.ts';

type Element = Readonly<Record<string, unknown>>;

export interface Field {
  readonly blockId: string;
  readonly actionId: string;
  readonly element: Element;
  readonly isOptional: boolean;
  /** True where the bot is told of every change. */
  readonly dispatches: boolean;
}

export function fieldsOf(blocks: readonly SlackBlock[]): Field[] {
  return blocks
    .filter(({ type }) => type === 'input')
    .map((block) => {
      const element = isNode(block['element']) ? block['element'] : {};
      return {
        blockId: textOf(block['block_id']),
        actionId: textOf(element['action_id']),
        element,
        isOptional: block['optional'] === true,
        dispatches: block['dispatch_action'] === true,
      };
    });
}

/** What stands in the form, from top to bottom. */
export function blockIdsOf({ view }: OpenView): unknown[] {
  return view.blocks.map((block) => block['block_id']);
}

/** As `view.state.values`: by block id and action id. */
export function valuesOf(open: OpenView): Record<string, Record<string, FieldEntry>> {
  const values: Record<string, Record<string, FieldEntry>> = {};
  for (const field of fieldsOf(open.view.blocks)) {
    values[field.blockId] = { [field.actionId]: entryOf(open, field) };
  }
  return values;
}

/** Takes a file as people pick it; what the bot is told of it comes back. */
type Upload = (file: SentFile) => unknown;

/** Puts something into a field; what it answers is what Slack would complain about. */
export function enter(open: OpenView, field: Field, given: unknown, upload: Upload): string {
  const { element } = field;
  const complaint = element['type'] === 'file_input' ? complainOfFiles(element, given) : '';
  if (complaint === '') open.filled.set(keyOf(field), toEntry(open, field, given, upload));
  return complaint;
}

/** What Slack shows beside the fields instead of sending the form. */
export function complaintsOf(open: OpenView): string[] {
  return fieldsOf(open.view.blocks).flatMap((field) => {
    const entry = entryOf(open, field);
    if (isEmpty(entry)) return field.isOptional ? [] : [`${field.blockId}: is required`];
    const complaint = complainOfText(field.element, textOf(entry['value']));
    return complaint === '' ? [] : [`${field.blockId}: ${complaint}`];
  });
}

/**
 * After an update: fields that keep both of their ids keep what was put in. Answers with what would
 * then be there although the new field could not have taken it.
 */
export function keepFilled(open: OpenView): string[] {
  const fields = fieldsOf(open.view.blocks);
  const known = new Map(fields.map((field) => [keyOf(field), field]));
  const spoiled: string[] = [];
  for (const [key, entry] of open.filled) {
    const field = known.get(key);
    if (field === undefined) open.filled.delete(key);
    else if (!canHold(field.element, entry)) {
      spoiled.push(`views.update: ${field.blockId} keeps a value that its new field does not take`);
    }
  }
  return spoiled;
}

function canHold(element: Element, entry: FieldEntry): boolean {
  if (element['type'] !== entry.type) return false;
  const chosen = entry['selected_option'];
  if (!isNode(chosen) || element['type'] === 'external_select') return true;
  return optionsOf(element).some(({ value }) => value === chosen['value']);
}

function keyOf({ blockId, actionId }: Field): string {
  return `${blockId}\n${actionId}`;
}

function entryOf(open: OpenView, field: Field): FieldEntry {
  return open.filled.get(keyOf(field)) ?? toInitialEntry(field.element);
}

function toInitialEntry(element: Element): FieldEntry {
  const { type } = element;
  switch (type) {
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return { type, selected_option: element['initial_option'] ?? null };
    case 'checkboxes':
      return { type, selected_options: element['initial_options'] ?? [] };
    case 'conversations_select':
      return { type, selected_conversation: element['initial_conversation'] ?? null };
    case 'file_input':
      return { type, files: [] };
    default:
      return { type, value: element['initial_value'] ?? null };
  }
}

function toEntry(open: OpenView, field: Field, given: unknown, upload: Upload): FieldEntry {
  const { element, blockId } = field;
  const { type } = element;
  switch (type) {
    case 'static_select':
    case 'radio_buttons':
      return { type, selected_option: find(optionsOf(element), given) };
    case 'external_select':
      return { type, selected_option: find(open.offered.get(blockId) ?? [], given) };
    case 'checkboxes':
      return {
        type,
        selected_options: optionsOf(element).filter(
          ({ value }) => Array.isArray(given) && given.includes(value),
        ),
      };
    case 'conversations_select':
      return { type, selected_conversation: given };
    case 'file_input':
      return { type, files: filesOf(given).map(upload) };
    default: {
      const text = typeof given === 'number' ? String(given) : textOf(given);
      return { type, value: text === '' ? null : text };
    }
  }
}

/** Null takes a choice back. */
function find(options: readonly (Element | MenuChoice)[], given: unknown): unknown {
  if (given === null) return null;
  const option = options.find(({ value }) => value === given);
  if (option === undefined) throw new Error(`The form does not offer ${JSON.stringify(given)}.`);
  return option;
}

function isEmpty(entry: FieldEntry): boolean {
  const content = Object.entries(entry).find(([name]) => name !== 'type')?.[1];
  return content === null || (Array.isArray(content) && content.length === 0);
}

const largestFile = 10 * 1024 * 1024;

function complainOfFiles(element: Element, given: unknown): string {
  const files = filesOf(given);
  const most = element['max_files'] ?? 10;
  const types = element['filetypes'];
  const isOdd = (name: string) =>
    Array.isArray(types) && !types.includes(name.split('.').at(-1)?.toLowerCase());
  if (files.some(({ name }) => isOdd(name))) return 'takes files of other types';
  const isTooMuch =
    (typeof most === 'number' && files.length > most) ||
    files.some(({ bytes }) => bytes.length > largestFile);
  return isTooMuch ? 'takes fewer or smaller files' : '';
}

function filesOf(given: unknown): SentFile[] {
  return Array.isArray(given) ? (given as SentFile[]) : [];
}

function complainOfText(element: Element, text: string): string {
  if (element['type'] === 'number_input') return complainOfNumber(element, text);
  const most = element['max_length'];
  const least = element['min_length'];
  const isTooLong = typeof most === 'number' && text.length > most;
  const isTooShort = typeof least === 'number' && text.length < least;
  return isTooLong || isTooShort ? 'has the wrong length' : '';
}

function complainOfNumber(element: Element, text: string): string {
  const form = element['is_decimal_allowed'] === true ? /^-?\d*\.?\d+$/u : /^-?\d+$/u;
  if (!form.test(text)) return 'is no such number';
  const { min_value: least, max_value: most } = element;
  const isTooSmall = typeof least === 'string' && Number(text) < Number(least);
  const isTooLarge = typeof most === 'string' && Number(text) > Number(most);
  return isTooSmall || isTooLarge ? 'is out of bounds' : '';
}

function optionsOf(element: Element): Element[] {
  const groups = Array.isArray(element['option_groups']) ? element['option_groups'] : [element];
  return groups.filter(isNode).flatMap((group) => {
    const options = group['options'];
    return Array.isArray(options) ? options.filter(isNode) : [];
  });
}
