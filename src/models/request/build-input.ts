/**
 * From the neutral request to the exact input of one endpoint, and notes on what was bent or left
 * out. Whatever fal would refuse is refused here, where it costs nothing.
 */
import { UserError } from '../../errors.ts';
import { ASPECT_RATIOS } from '../../request.ts';
import type { Endpoint } from '../endpoint.ts';
import type { ModelRequest } from '../model.ts';
import { bend, isSynonym } from './bend.ts';
import { NEUTRAL_OPTIONS, toSnakeCase, type NeutralName } from './option-names.ts';
import { placeFiles, wordLeftFiles } from './place-files.ts';
import { readField, readSize, readValue } from './read-value.ts';
import { isWithheld, type ServedEndpoint } from './served-endpoint.ts';
import { chooseShape, isUsualRatio, type Size, type WishedShape } from './shape.ts';
import { findTarget, type Target } from './targets.ts';
import { wordGaps } from './word-gaps.ts';
import { wordMistake, wordSizeMistake, wordUnknown, wordValue } from './word-mistake.ts';
import { findWordsField } from './words-field.ts';

export interface BuiltInput {
  readonly input: Readonly<Record<string, unknown>>;
  readonly notes: readonly string[];
}

/** Throws `UserError` with one line for each mistake. `name` is what people call the model. */
export function buildInput(
  name: string,
  served: ServedEndpoint,
  request: ModelRequest,
): BuiltInput {
  const draft: Draft = {
    name,
    served,
    values: { ...toEmptyObjects(served.endpoint), ...structuredClone(served.always) },
    notes: [],
    mistakes: [],
    mistaken: new Set(),
    shape: {},
  };
  addFiles(draft, request);
  addWords(draft, request);
  for (const [option, raw] of Object.entries(request.options)) addOption(draft, option, raw);
  addShape(draft);
  draft.mistakes.push(...wordGaps(name, served, draft));
  if (draft.mistakes.length > 0) throw new UserError(draft.mistakes.join('\n'));
  return { input: inOrder(served.endpoint, draft.values), notes: draft.notes };
}

/** An object that fal asks for although nothing in it must be said. */
function toEmptyObjects({ fields }: Endpoint): Record<string, unknown> {
  const empty = fields.filter(
    ({ required, type }) =>
      required && type.kind === 'object' && !type.fields.some((inner) => inner.required),
  );
  return Object.fromEntries(empty.map(({ name }) => [name, {}]));
}

interface Draft {
  readonly name: string;
  readonly served: ServedEndpoint;
  readonly values: Record<string, unknown>;
  readonly notes: string[];
  readonly mistakes: string[];
  /** Fields that a mistake was about: they are not missing as well. */
  readonly mistaken: Set<string>;
  readonly shape: { ratio?: string | undefined; size?: Size | undefined };
}

function addFiles({ name, served, values, notes }: Draft, { files }: ModelRequest): void {
  const placed = placeFiles(served.endpoint, files);
  Object.assign(values, placed.values);
  notes.push(...wordLeftFiles(name, served.endpoint, placed.left));
}

function addWords(draft: Draft, { prompt }: ModelRequest): void {
  const { served, values, notes, mistakes, mistaken, name } = draft;
  if (prompt.trim() === '') return;
  const field = findWordsField(served.endpoint);
  if (!field) {
    notes.push(`${name} takes no words; left out.`);
    return;
  }
  const read = readValue(field.type, prompt);
  if (read) values[field.name] = read.value;
  else {
    mistakes.push(wordMistake('prompt', field, prompt));
    mistaken.add(field.name);
  }
}

function addOption(draft: Draft, option: string, raw: unknown): void {
  if (isWithheld(toSnakeCase(option))) {
    draft.mistakes.push(`“${option}” is not for chats: Easel fetches what was made by itself.`);
    return;
  }
  const found = findTarget(draft.served, option);
  if (found.kind === 'unknown') {
    draft.mistakes.push(wordUnknown(draft.name, draft.served, option));
  } else if (found.neutral === 'aspect_ratio' && isUsualRatio(String(raw))) {
    draft.shape.ratio = String(raw);
  } else if (found.neutral === 'size' && readSize(raw)) {
    draft.shape.size = readSize(raw);
  } else if (found.kind === 'field') {
    setField(draft, { ...found, option, raw });
  } else {
    leaveOut(draft, { ...found, option, raw });
  }
}

interface Wish {
  /** As it was typed. */
  readonly option: string;
  readonly raw: unknown;
  readonly neutral: NeutralName | undefined;
}

function setField(draft: Draft, wish: Wish & { readonly target: Target }): void {
  const { target, raw, neutral, option } = wish;
  const read = readField(target.field, raw);
  const bent = read || neutral === undefined ? undefined : bend(neutral, target.field.type, raw);
  if (read) {
    setAt(draft.values, target.path, read.value);
  } else if (neutral === 'aspect_ratio' && raw === 'auto') {
    draft.notes.push(`${draft.name} has no auto; its usual shape was used.`);
  } else if (bent === undefined) {
    draft.mistakes.push(wordMistake(option, target.field, raw));
    draft.mistaken.add(target.path[0] ?? '');
  } else {
    setAt(draft.values, target.path, readField(target.field, bent)?.value);
    if (!isSynonym(raw, bent)) draft.notes.push(wordBent(draft.name, wish, bent));
  }
}

function wordBent(name: string, { neutral, raw }: Wish, bent: string): string {
  return neutral === 'count'
    ? `${name} makes at least ${bent} at a time.`
    : `${name} has no ${String(raw)}; ${bent} was used.`;
}

/** Nothing here has a name for it; a shape that is no shape is a mistake all the same. */
function leaveOut(draft: Draft, { neutral, option, raw }: Wish): void {
  if (neutral === undefined) return;
  if (neutral === 'aspect_ratio' && raw !== 'auto' && takesShape(draft.served.endpoint)) {
    draft.mistakes.push(`“${option}” must be one of ${ASPECT_RATIOS.join(', ')}${wordValue(raw)}.`);
  } else if (neutral === 'size') {
    draft.mistakes.push(`“${option}” must be a size such as 1280x720${wordValue(raw)}.`);
  } else {
    draft.notes.push(`${draft.name} has no ${NEUTRAL_OPTIONS[neutral].what}; left out.`);
  }
}

/** Exact pixels win over a ratio. */
function addShape({ served, shape, values, notes, mistakes, name }: Draft): void {
  const wish = toWish(shape);
  if (!wish) return;
  const chosen = chooseShape(served.endpoint, wish);
  const wished = 'size' in wish ? `${wish.size.width}x${wish.size.height}` : wish.ratio;
  if (!chosen) {
    notes.push(`${name} has no choice of shape; ${wished} was left out.`);
    return;
  }
  Object.assign(values, chosen.values);
  if (chosen.bentTo !== undefined) {
    notes.push(`${name} has no ${wished}; the nearest, ${chosen.bentTo}, was used.`);
  }
  for (const [field, value] of Object.entries(chosen.values)) {
    const known = served.endpoint.fields.find((one) => one.name === field);
    if (known && !readField(known, value)) mistakes.push(wordSizeMistake(known, wished));
  }
}

function toWish({ size, ratio }: Draft['shape']): WishedShape | undefined {
  if (size) return { size };
  return ratio === undefined ? undefined : { ratio };
}

function takesShape(endpoint: Endpoint): boolean {
  return chooseShape(endpoint, { ratio: '1:1' }) !== undefined;
}

function setAt(values: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [top = '', inner] = path;
  if (inner === undefined) {
    values[top] = value;
    return;
  }
  const before = values[top];
  const object = typeof before === 'object' && before !== null ? before : {};
  values[top] = { ...object, [inner]: value };
}

/** In fal's order: a person who reads the journal finds things where the documents have them. */
function inOrder(
  { fields }: Endpoint,
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const known = fields.filter(({ name }) => values[name] !== undefined);
  return Object.fromEntries(known.map(({ name }) => [name, values[name]]));
}
