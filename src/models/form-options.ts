/** Everything that a model can be told, as options of a form: made from its endpoints' facts. */
import { toChoices, type Option, type Options } from '../option.ts';
import { ASPECT_RATIOS } from '../request.ts';
import type { Endpoint, Field, FieldType, NumberBounds } from './endpoint.ts';
import {
  findNeutral,
  LARGEST_COUNT,
  NEUTRAL_OPTIONS,
  type NeutralName,
} from './request/option-names.ts';
import type { ServedEndpoint } from './request/served-endpoint.ts';
import { chooseShape } from './request/shape.ts';
import { findTarget, listTargets, type Target } from './request/targets.ts';
import { findWordsField } from './request/words-field.ts';
import { wordType } from './request/word-type.ts';

/** Discord's limits on what stands in a command. */
const LONGEST_DESCRIPTION = 100;
const LONGEST_NAME = 32;
const MOST_CHOICES = 25;
const LONGEST_LABEL = 100;
/** Discord's limit of a text option. */
const LONGEST_TEXT = 6000;
/** How many pictures a form offers room for where the endpoint takes a list. */
const FILES_OFFERED = 4;

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
    .filter((target) => isLeaf(target.field.type) && !isHidden(served, target));
  return [
    ...(words ? [['prompt', toWordsOption(words)] as const] : []),
    ...(shape ? toShapeOptions(endpoint) : []),
    ...(findTarget(served, 'count').kind === 'field' ? [] : [toCountOption()]),
    ...rest.flatMap((target) => toOptions(served, target)),
  ];
}

/** An object's fields stand for themselves. */
function isLeaf(type: FieldType): boolean {
  return type.kind !== 'object';
}

/** Always sent as it is. */
function isHidden({ always }: ServedEndpoint, { path: [top = ''], field }: Target): boolean {
  return always[top] !== undefined && always[top] !== null && field.type.kind === 'choice';
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

function toCountOption(): readonly [string, Option] {
  const { description, aliases } = NEUTRAL_OPTIONS.count;
  return ['count', { kind: 'integer', description, aliases, min: 1, max: LARGEST_COUNT }];
}

function toOptions(served: ServedEndpoint, target: Target): readonly (readonly [string, Option])[] {
  const { field } = target;
  const list = field.type;
  if (list.kind === 'list' && list.of.kind === 'file') {
    const { media } = list.of;
    const places = Math.min(list.maxItems ?? FILES_OFFERED, FILES_OFFERED);
    return nameFiles(field.name, places).map((name, at) => [
      name,
      { kind: 'file', media, description: describe(target), required: field.required && at === 0 },
    ]);
  }
  const neutral = neutralOf(served, target);
  const name = neutral ?? nameOf(served, target);
  return [[name, toOption(target, neutral)]];
}

/** The usual list of pictures is called as in every command: image, image2, image3. */
function nameFiles(fieldName: string, places: number): readonly string[] {
  const stem = fieldName === 'image_urls' || fieldName === 'input_image_urls' ? 'image' : fieldName;
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
  const isEnough = found.kind === 'field' && found.target.path.join('.') === path.join('.');
  const name = isEnough ? last : path.join('_');
  if (name === 'image_url') return 'image';
  return name.slice(0, LONGEST_NAME);
}

function toOption(target: Target, neutral: NeutralName | undefined): Option {
  const { field } = target;
  const base = {
    description: neutral ? NEUTRAL_OPTIONS[neutral].description : describe(target),
    aliases: neutral ? [...NEUTRAL_OPTIONS[neutral].aliases, ...ownName(target, neutral)] : [],
    required: field.required && target.path.length === 1,
    ...standardOf(field.standard),
  };
  if (neutral === 'count') return { ...base, kind: 'integer', min: 1, max: LARGEST_COUNT };
  // Larger ones than a number holds exactly occur.
  if (neutral === 'seed') return { ...base, kind: 'text', maxLength: 40 };
  return { ...base, ...toKind(field.type) };
}

function ownName({ path }: Target, neutral: NeutralName): readonly string[] {
  const name = path.join('_');
  return name === neutral ? [] : [name];
}

type Kind = Option extends infer One
  ? One extends Option
    ? Omit<One, 'description'>
    : never
  : never;

function toKind(type: FieldType): Kind {
  switch (type.kind) {
    case 'text':
      return { kind: 'text', maxLength: Math.min(type.maxLength ?? LONGEST_TEXT, LONGEST_TEXT) };
    case 'integer':
    case 'number':
      return { kind: type.kind, ...toRange(type) };
    case 'flag':
      return { kind: 'flag' };
    case 'choice':
      return toChoiceKind(type.values.map(String));
    case 'file':
      return { kind: 'file', media: type.media };
    case 'either':
    case 'list':
    case 'object':
    case 'anything': {
      const suggestions = listChoices(type);
      return suggestions.length > 0
        ? suggested(suggestions)
        : { kind: 'text', maxLength: LONGEST_TEXT };
    }
  }
}

/** Where one end is open, the end of what a number can be stands for it. */
function toRange({ min, max, above, below }: NumberBounds): { min: number; max: number } {
  const low = min ?? above;
  const high = max ?? below;
  return { min: low ?? Number.MIN_SAFE_INTEGER, max: high ?? Number.MAX_SAFE_INTEGER };
}

function toChoiceKind(values: readonly string[]): Kind {
  const areShort = values.every((value) => value.length <= LONGEST_LABEL && value !== '');
  if (values.length > MOST_CHOICES || !areShort) return suggested(values);
  return { kind: 'choice', choices: values.map((value) => ({ value, label: value })) };
}

function suggested(values: readonly string[]): Kind {
  return { kind: 'suggested', maxLength: 1000, suggest: (begun) => toChoices(values, begun) };
}

function listChoices(type: FieldType): readonly string[] {
  if (type.kind === 'choice') return type.values.map(String);
  return type.kind === 'either' ? type.types.flatMap(listChoices) : [];
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
