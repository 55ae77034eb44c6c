/** Everything that a model can be told, as options of a form: made from its endpoints' facts. */
import { toChoices, type Option, type Options } from '../option.ts';
import { ASPECT_RATIOS } from '../request.ts';
import type { Endpoint, Field, FieldType, FileMedia } from './endpoint.ts';
import { listChoices, LONGEST_TEXT, toOptionKind } from './option-kind.ts';
import {
  findNeutral,
  LARGEST_COUNT,
  NEUTRAL_OPTIONS,
  type NeutralName,
} from './request/option-names.ts';
import { findMainField } from './request/place-files.ts';
import type { ServedEndpoint } from './request/served-endpoint.ts';
import { chooseShape } from './request/shape.ts';
import { findTarget, listTargets, type Target } from './request/targets.ts';
import { findWordsField } from './request/words-field.ts';
import { wordType } from './request/word-type.ts';

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
  const shape = chooseShape(endpoint, { ratio: '1:1' });
  const shapeFields = new Set(['aspect_ratio', ...Object.keys(shape?.values ?? {}), 'image_size']);
  const rest = listTargets(endpoint)
    .filter(({ field, path }) => field !== words && !shapeFields.has(path[0] ?? ''))
    .filter((target) => isLeaf(target.field.type));
  return [
    ...(words ? [['prompt', toWordsOption(words)] as const] : []),
    ...(shape ? toShapeOptions(endpoint) : []),
    ...(takesCount(served) ? [toCountOption()] : []),
    ...rest.flatMap((target) => toOptions(served, target)),
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

function toShapeOptions({ fields }: Endpoint): readonly (readonly [string, Option])[] {
  const field = fields.find(({ name }) => name === 'aspect_ratio');
  const own = field ? listChoices(field.type) : [];
  const ratios = [...new Set([...own, ...ASPECT_RATIOS])];
  const ratio: Option = {
    kind: 'suggested',
    description: NEUTRAL_OPTIONS.aspect_ratio.description,
    aliases: NEUTRAL_OPTIONS.aspect_ratio.aliases,
    maxLength: 9,
    suggest: (begun) => toChoices(ratios, begun),
    ...standardOf(field?.standard),
  };
  const size: Option = {
    kind: 'text',
    description: NEUTRAL_OPTIONS.size.description,
    maxLength: 40,
    aliases: ['image_size'],
    ...standardOf(fields.find(({ name }) => name === 'image_size')?.standard),
  };
  return [
    ['aspect_ratio', ratio],
    ['size', size],
  ];
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

function toOptions(served: ServedEndpoint, target: Target): readonly (readonly [string, Option])[] {
  const { field } = target;
  const holder = fileHolderOf(field.type);
  if (!holder) {
    const neutral = neutralOf(served, target);
    return [[neutral ?? nameOf(served, target), toOption(served, target, neutral)]];
  }
  const { media, most } = holder;
  const description = describe(target);
  return nameFiles(served.endpoint, field, most).map((name, at) => [
    name,
    { kind: 'file', media, description, required: field.required && at === 0 },
  ]);
}

function fileHolderOf(type: FieldType): { media: FileMedia; most: number } | undefined {
  if (type.kind === 'file') return { media: type.media, most: 1 };
  if (type.kind !== 'list' || type.of.kind !== 'file') return undefined;
  return { media: type.of.media, most: Math.min(type.maxItems ?? FILES_OFFERED, FILES_OFFERED) };
}

/** What one works from is called as in every command: image, image2, image3, or audio, or video. */
function nameFiles(endpoint: Endpoint, { name, type }: Field, places: number): readonly string[] {
  const media = fileHolderOf(type)?.media ?? 'any';
  const isMain = findMainField(endpoint, media)?.name === name && media !== 'any';
  const stem = isMain ? media : name.slice(0, LONGEST_NAME);
  return Array.from({ length: places }, (_, at) => (at === 0 ? stem : `${stem}${at + 1}`));
}

/** The neutral option that leads to this very field. */
function neutralOf(served: ServedEndpoint, { path }: Target): NeutralName | undefined {
  const named = Object.keys(NEUTRAL_OPTIONS).flatMap((name) => findNeutral(name) ?? []);
  return named.find((name) => {
    const found = findTarget(served, name);
    return found.kind === 'field' && found.target.path.join('.') === path.join('.');
  });
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
    required: field.required && path.length === 1,
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

function standardOf(standard: unknown): { standard?: string } {
  if (standard === undefined || standard === null || standard === '') return {};
  return { standard: typeof standard === 'string' ? standard : JSON.stringify(standard) };
}

/** fal's own words where they are known, else the name and what is legal. */
function describe({ field, path }: Target): string {
  const name = path.join(' ').replaceAll('_', ' ');
  const words = field.description ?? `${name}: ${wordType(field.type)}`;
  const [sentence = words] = /^.*?[.!?](?=\s|$)/su.exec(words) ?? [];
  const text = sentence.replace(/\.$/u, '').replaceAll(/\s+/gu, ' ').trim();
  return text.length <= LONGEST_DESCRIPTION ? text : `${text.slice(0, LONGEST_DESCRIPTION - 1)}…`;
}
