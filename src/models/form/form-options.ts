/** Everything that a model can be told, as options of a form: made from its endpoints' facts. */
import type { Option, Options } from '../../option.ts';
import type { Endpoint, Field, FieldType } from '../endpoint.ts';
import { LONGEST_TEXT, toOptionKind } from './option-kind.ts';
import { listSlots, type Slot } from '../request/file-slots.ts';
import { listNeutrals } from '../request/list-neutrals.ts';
import { LARGEST_COUNT, NEUTRAL_OPTIONS, type NeutralName } from '../request/option-names.ts';
import { nameSlot } from '../request/place-files.ts';
import type { ServedEndpoint } from '../request/served-endpoint.ts';
import { findTarget, listTargets, type Target } from '../request/targets.ts';
import { findWordsField } from '../request/words-field.ts';
import { wordMedia, wordType } from '../request/word-type.ts';
import { listShapeFields, toShapeOptions } from './shape-options.ts';
import { standardOf } from './standard-of.ts';

/** Discord's limits on what stands in a command. */
const LONGEST_DESCRIPTION = 100;
const LONGEST_NAME = 32;
/** How many pictures a form offers room for where the endpoint takes a list. */
const FILES_OFFERED = 4;
/** Names that say nothing without the object they are in. */
const VAGUE = new Set(['name', 'type', 'value', 'mode', 'id', 'members', 'text', 'url']);

export function toFormOptions(served: readonly ServedEndpoint[]): Options {
  const options = new Map<string, Option>();
  for (const [at, [name, option]] of served.flatMap((one, at) => number(listOptions(one), at))) {
    // What only a further endpoint needs is needed only when that one is used.
    if (!options.has(name)) options.set(name, at === 0 ? option : { ...option, required: false });
  }
  const entries = [...options].toSorted(([, a], [, b]) => rankOf(a) - rankOf(b));
  return Object.fromEntries(entries);
}

function number<Item>(items: readonly Item[], at: number): readonly (readonly [number, Item])[] {
  return items.map((item) => [at, item]);
}

function rankOf({ required, kind }: Option): number {
  if (required) return 0;
  return kind === 'file' ? 1 : 2;
}

function listOptions(served: ServedEndpoint): readonly (readonly [string, Option])[] {
  const { endpoint } = served;
  const words = findWordsField(endpoint);
  const neutrals = listNeutrals(served);
  const shapeFields = listShapeFields(endpoint);
  const rest = listTargets(endpoint)
    .filter(({ field, path }) => field !== words && !shapeFields.has(path[0] ?? ''))
    .filter((target) => isLeaf(target.field.type));
  return [
    ...(words ? [['prompt', toWordsOption(words)] as const] : []),
    ...toShapeOptions(endpoint),
    ...(takesCount(served) ? [toCountOption()] : []),
    ...rest.flatMap((target) => toOptions(served, target, neutrals.get(target.path.join('.')))),
  ];
}

/** An object's fields stand for themselves. */
function isLeaf(type: FieldType): boolean {
  return type.kind !== 'object';
}

function toWordsOption({ type, required }: Field): Option {
  const most = type.kind === 'text' ? (type.maxLength ?? LONGEST_TEXT) : LONGEST_TEXT;
  return {
    kind: 'text',
    description: 'What it shall be, or what to change, in words',
    required,
    maxLength: Math.min(most, LONGEST_TEXT),
  };
}

/** One request makes one: as many are sent as are asked for. Words are not asked for twice. */
function takesCount(served: ServedEndpoint): boolean {
  const isOwn = findTarget(served, 'count').kind === 'field';
  return !isOwn && served.endpoint.outputs.some(({ media }) => media !== 'text');
}

function toCountOption(): readonly [string, Option] {
  const { description, aliases } = NEUTRAL_OPTIONS.count;
  return ['count', { kind: 'integer', description, aliases, min: 1, max: LARGEST_COUNT }];
}

function toOptions(
  served: ServedEndpoint,
  target: Target,
  neutral: NeutralName | undefined,
): readonly (readonly [string, Option])[] {
  const slot = listSlots(served.endpoint).find((one) => isWholly(one, target));
  if (!slot) return [[neutral ?? nameOf(served, target), toOption(served, target, neutral)]];
  const { media, least } = slot;
  const names = nameFiles(served.endpoint, slot);
  const isTold = target.field.description !== undefined;
  const description = isTold ? describe(target) : wordFile(slot, names[0] === media);
  return names.map((name, at) => [
    name,
    { kind: 'file', media, description, required: at < least },
  ]);
}

/** A file in an object is one of several things in there, and has a name of its own. */
function isWholly({ field, inner, isList }: Slot, { path, field: wanted }: Target): boolean {
  return path.length === 1 && field === wanted && (inner === undefined || isList);
}

/** What one works from is called as in every command: image, image2, image3, or audio, or video. */
function nameFiles(endpoint: Endpoint, slot: Slot): readonly string[] {
  const stem = nameSlot(endpoint, slot).slice(0, LONGEST_NAME - 1);
  const places = Math.min(slot.most, FILES_OFFERED);
  return Array.from({ length: places }, (_, at) => (at === 0 ? stem : `${stem}${at + 1}`));
}

/** A name of an inner field alone where it is enough, cut to what Discord takes. */
function nameOf(served: ServedEndpoint, { path }: Target): string {
  const last = path.at(-1) ?? '';
  const found = findTarget(served, last);
  const isSame = found.kind === 'field' && found.target.path.join('.') === path.join('.');
  const name = isSame && !VAGUE.has(last) ? last : path.join('_');
  return name.toLowerCase().slice(0, LONGEST_NAME);
}

function toOption(
  { always }: ServedEndpoint,
  target: Target,
  neutral: NeutralName | undefined,
): Option {
  const { field, path } = target;
  const [top = ''] = path;
  const base = {
    description: neutral ? NEUTRAL_OPTIONS[neutral].description : describe(target),
    aliases: neutral ? [...NEUTRAL_OPTIONS[neutral].aliases, ...ownName(target, neutral)] : [],
    required: field.required && target.isInRequired,
    ...standardOf((path.length === 1 && always[top]) || field.standard),
  };
  if (neutral === 'count') return { ...base, kind: 'integer', min: 1, max: LARGEST_COUNT };
  // Larger ones than a number holds exactly occur.
  if (neutral === 'seed') return { ...base, kind: 'text', maxLength: 40 };
  return { ...base, ...toOptionKind(field.type) };
}

function ownName({ path }: Target, neutral: NeutralName): readonly string[] {
  const name = path.join('_');
  // Of a command that has a `model`, that is another one.
  return name === neutral || name === 'model' ? [] : [name];
}

/** fal's own words where they are known, else the name, with what is legal where its kind does not tell. */
function describe({ field, path }: Target): string {
  const name = humanise(path.join(' '));
  const isTold = ['integer', 'number', 'flag', 'choice'].includes(field.type.kind);
  const words = field.description ?? (isTold ? name : `${name}: ${wordType(field.type)}`);
  const [sentence = words] = /^.*?[.!?](?=\s|$)/su.exec(words) ?? [];
  return cut(sentence.replace(/\.$/u, '').replaceAll(/\s+/gu, ' ').trim());
}

/** What one works from in the first place needs no name. */
function wordFile({ field, media, isList, most }: Slot, isMain: boolean): string {
  const room = isList && most > 1 && most < Infinity ? `, up to ${most} of them` : '';
  const what = `a ${wordMedia(media)} to work from${room}`;
  return cut(isMain ? humanise(what) : `${humanise(field.name.replace(/_urls?$/u, ''))}: ${what}`);
}

function humanise(name: string): string {
  const words = name.replaceAll('_', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

function cut(text: string): string {
  return text.length <= LONGEST_DESCRIPTION ? text : `${text.slice(0, LONGEST_DESCRIPTION - 1)}…`;
}
