/** A form as a person fills it in, with the checks that Slack makes before it sends anything. */
import { isNode, textOf } from './block-reading.ts';
import type { SentFile, SlackBlock } from './slack-types.ts';

export interface FilledView {
  /** By block id and action id, as `view.state.values`. */
  readonly values: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** What Slack would show beside the fields instead of sending them. */
  readonly complaints: readonly string[];
}

export function fillIn(
  blocks: readonly SlackBlock[],
  given: Readonly<Record<string, unknown>>,
  upload: Upload,
): FilledView {
  const values: Record<string, Record<string, unknown>> = {};
  const complaints: string[] = [];
  const unused = new Set(Object.keys(given));
  for (const block of blocks.filter(({ type }) => type === 'input')) {
    const element = isNode(block['element']) ? block['element'] : {};
    const blockId = textOf(block['block_id']);
    const actionId = textOf(element['action_id']);
    unused.delete(blockId);
    unused.delete(actionId);
    const answer = given[blockId] ?? given[actionId];
    const value =
      element['type'] === 'file_input'
        ? toFiles(element, answer, upload)
        : toValue(element, answer);
    values[blockId] = { [actionId]: { type: element['type'], ...value.entry } };
    if (value.complaint !== '') complaints.push(`${blockId}: ${value.complaint}`);
    if (value.isEmpty && block['optional'] !== true) complaints.push(`${blockId}: is required`);
  }
  for (const name of unused) throw new Error(`The form has no field ${name}.`);
  return { values, complaints };
}

/** Takes a file as people pick it; what the bot is told of it comes back. */
type Upload = (file: SentFile) => unknown;

interface FieldValue {
  readonly entry: Readonly<Record<string, unknown>>;
  readonly isEmpty: boolean;
  readonly complaint: string;
}

type Element = Readonly<Record<string, unknown>>;

function toValue(element: Element, given: unknown): FieldValue {
  switch (element['type']) {
    case 'static_select':
    case 'radio_buttons':
      return toChoice(element, given);
    case 'checkboxes':
      return toChoices(element, given);
    case 'conversations_select':
      return plain('selected_conversation', given ?? element['initial_conversation']);
    default:
      return toTyped(element, given ?? element['initial_value']);
  }
}

function plain(name: string, value: unknown): FieldValue {
  return { entry: { [name]: value ?? null }, isEmpty: value === undefined, complaint: '' };
}

const largestFile = 10 * 1024 * 1024;

function toFiles(element: Element, given: unknown, upload: Upload): FieldValue {
  const files = Array.isArray(given) ? (given as SentFile[]) : [];
  const most = element['max_files'] ?? 10;
  const isTooMuch =
    (typeof most === 'number' && files.length > most) ||
    files.some(({ bytes }) => bytes.length > largestFile);
  return {
    entry: { files: isTooMuch ? [] : files.map(upload) },
    isEmpty: files.length === 0,
    complaint: isTooMuch ? 'takes fewer or smaller files' : '',
  };
}

function toTyped(element: Element, given: unknown): FieldValue {
  const text = typeof given === 'number' ? String(given) : textOf(given);
  const most = element['max_length'];
  const least = element['min_length'];
  const isTooLong = typeof most === 'number' && text.length > most;
  const isTooShort = typeof least === 'number' && text.length < least;
  return {
    entry: { value: text === '' ? null : text },
    isEmpty: text === '',
    complaint: isTooLong || isTooShort ? 'has the wrong length' : '',
  };
}

function toChoice(element: Element, given: unknown): FieldValue {
  if (given === undefined) {
    const initial = element['initial_option'];
    return {
      entry: { selected_option: initial ?? null },
      isEmpty: initial === undefined,
      complaint: '',
    };
  }
  const option = optionsOf(element).find(({ value }) => value === given);
  if (option === undefined) throw new Error(`The form does not offer ${JSON.stringify(given)}.`);
  return { entry: { selected_option: option }, isEmpty: false, complaint: '' };
}

function toChoices(element: Element, given: unknown): FieldValue {
  const initial = Array.isArray(element['initial_options']) ? element['initial_options'] : [];
  const selected = Array.isArray(given)
    ? optionsOf(element).filter(({ value }) => given.includes(value))
    : initial;
  return { entry: { selected_options: selected }, isEmpty: selected.length === 0, complaint: '' };
}

function optionsOf(element: Element): Element[] {
  const groups = Array.isArray(element['option_groups']) ? element['option_groups'] : [element];
  return groups.filter(isNode).flatMap((group) => {
    const options = group['options'];
    return Array.isArray(options) ? options.filter(isNode) : [];
  });
}
