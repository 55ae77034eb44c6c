/**
 * What the documents say of one endpoint, written down by hand: the catalogue and the families are
 * held against it, so nothing here is derived from them.
 */
import type { ModelResult } from '../../../../src/models/model.ts';

export interface EndpointFacts {
  /** fal's id. */
  readonly id: string;
  /** The name that people type. */
  readonly family: string;
  /** The field that a person's words go into. */
  readonly words: string;
  /** Fields that hold files, with what kind of file it is. */
  readonly files: Readonly<Record<string, 'image' | 'audio'>>;
  /** What Easel says aloud where nobody said otherwise, because fal's own defaults surprise. */
  readonly always?: Readonly<Record<string, unknown>>;
  /** The least that must be given, as the page's “Required Parameters Example”. */
  readonly required: Readonly<Record<string, unknown>>;
  /** As the page's “Full Example”; where the page has none, every field at some legal value. */
  readonly full: Readonly<Record<string, unknown>>;
  readonly fields: readonly FieldFact[];
  readonly answers: readonly Answer[];
}

export interface FieldFact {
  /** fal's name; a dot leads into an object. */
  readonly name: string;
  /** fal's default, where it has one. */
  readonly standard?: unknown;
  /** Values at the limits, which go through as they are. */
  readonly legal: readonly unknown[];
  /** Values one step outside. */
  readonly refused: readonly Step[];
}

interface Step {
  readonly value: unknown;
  /** What the refusal must tell of what is legal. */
  readonly says: readonly string[];
}

export interface Answer {
  readonly name: string;
  readonly output: unknown;
  readonly result: Partial<ModelResult>;
}

const NO_WORD = 'no-such-value';
/** Of a long list, a refusal shows the first 40. */
const SHOWN = 40;

export function text(
  name: string,
  { min, max, standard }: { min?: number; max?: number; standard?: string } = {},
): FieldFact {
  return {
    name,
    ...(standard !== undefined && { standard }),
    legal: [
      'some words',
      ...(min === undefined ? [] : ['a'.repeat(min)]),
      ...(max === undefined ? [] : ['a'.repeat(max)]),
    ],
    refused: [
      ...(min === undefined || min < 2 ? [] : [{ value: 'a'.repeat(min - 1), says: [`${min}`] }]),
      ...(max === undefined
        ? []
        : [{ value: 'a'.repeat(max + 1), says: [max.toLocaleString('en'), 'characters'] }]),
    ],
  };
}

export function integer(name: string, min: number, max: number, standard?: number): FieldFact {
  const says = ['whole number', `${min}`, `${max}`];
  return {
    name,
    ...(standard !== undefined && { standard }),
    legal: [min, max],
    refused: [min - 1, max + 1, min + 0.5].map((value) => ({ value, says })),
  };
}

export function number(name: string, min: number, max: number, standard?: number): FieldFact {
  const says = ['a number', `${min}`, `${max}`];
  return {
    name,
    ...(standard !== undefined && { standard }),
    legal: [min, max, (min + max) / 2],
    refused: [
      { value: Number((min - 0.01).toFixed(2)), says },
      { value: Number((max + 0.01).toFixed(2)), says },
      { value: NO_WORD, says },
    ],
  };
}

export function oneOf(
  name: string,
  values: readonly (string | number)[],
  standard?: string | number | null,
): FieldFact {
  return {
    name,
    ...(standard !== undefined && { standard }),
    legal: values,
    refused: [{ value: NO_WORD, says: values.slice(0, SHOWN).map(String) }],
  };
}

export function flag(name: string, standard?: boolean): FieldFact {
  return {
    name,
    ...(standard !== undefined && { standard }),
    legal: [true, false],
    refused: [{ value: NO_WORD, says: ['yes or no'] }],
  };
}

/** Any whole number, also beyond what a JavaScript number holds exactly; null where fal takes it. */
export function seed(isNullable = true): FieldFact {
  return {
    name: 'seed',
    legal: [0, 1, 2 ** 31, Number.MAX_SAFE_INTEGER, ...(isNullable ? [null] : [])],
    refused: [
      { value: 1.5, says: ['whole number'] },
      { value: NO_WORD, says: ['whole number'] },
    ],
  };
}

/** Takes null beside what it takes anyway. */
export function nullable(fact: FieldFact): FieldFact {
  return { ...fact, legal: [...fact.legal, null] };
}

const PRESETS = [
  'square_hd',
  'square',
  'portrait_4_3',
  'portrait_16_9',
  'landscape_4_3',
  'landscape_16_9',
];

const side = (value: number) => ({ width: value, height: 1024 });

/** fal's `ImageSize | preset`. */
export function imageSize(
  standard: unknown,
  { min, max }: { min: number; max: number } = { min: 1, max: 14_142 },
): FieldFact {
  return {
    name: 'image_size',
    standard,
    legal: [...PRESETS, side(min), side(max), { width: 1024, height: max }],
    refused: [
      { value: NO_WORD, says: ['1280x720', ...PRESETS] },
      { value: side(min - 1), says: ['width', min === 1 ? '0' : `${min}`, `${max}`] },
      { value: side(max + 1), says: ['width', `${max}`] },
      { value: { width: 1024, height: max + 1 }, says: ['height', `${max}`] },
      { value: { width: 1024.5, height: 1024 }, says: ['width', 'whole number'] },
    ],
  };
}

const list = (count: number, scale: number) =>
  Array.from({ length: count }, (_, at) => ({ path: `https://example.com/${at}.bin`, scale }));

export function loras(most?: number): FieldFact {
  const says = ['scale', '0', '4'];
  return {
    name: 'loras',
    standard: [],
    legal: [[], list(1, 0), list(most ?? 10, 4)],
    refused: [
      { value: list(1, 4.01), says },
      { value: list(1, -0.01), says },
      { value: [{ scale: 1 }], says: ['path'] },
      ...(most === undefined ? [] : [{ value: list(most + 1, 1), says: [`${most}`] }]),
    ],
  };
}

export const ADDRESS = 'https://v3.fal.media/files/a/given.png';

export function addresses(count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => `https://v3.fal.media/files/${at}/given.png`);
}

/** A file by its address. */
export function file(name: string): FieldFact {
  return {
    name,
    legal: [ADDRESS, 'data:image/png;base64,iVBORw0KGgo='],
    refused: [],
  };
}

export const NOTHING_ELSE = {
  text: undefined,
  seed: undefined,
  description: undefined,
  inferenceSeconds: undefined,
  rest: {},
};

export function media(
  url: string,
  facts: Partial<ModelResult['media'][number]> = {},
): ModelResult['media'][number] {
  return {
    url,
    claimedType: undefined,
    fileName: undefined,
    width: undefined,
    height: undefined,
    flagged: false,
    ...facts,
  };
}
