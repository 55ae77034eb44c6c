/** Which given file goes into which field of an endpoint. */
import type { Endpoint, Field, FieldType, FileMedia } from '../endpoint.ts';
import type { GivenFile } from '../model.ts';
import { toSnakeCase } from './option-names.ts';
import { wordMedia } from './word-type.ts';

export interface PlacedFiles {
  /** By field name. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Those that no field takes. */
  readonly left: readonly GivenFile[];
}

/** Options that name no particular field: the first, second, … thing to work from. */
const PLAIN_OPTION = /^(?:image|picture|audio|video|file)_?\d*$/u;
const MASK = /(?:^|_)mask/u;
/** Pictures beside the one to work from: only by name, or once everything else is full. */
const ASIDE = /mask|style|control|end|tail|last|pose|depth|texture|background/u;

export function placeFiles(endpoint: Endpoint, files: readonly GivenFile[]): PlacedFiles {
  const slots = endpoint.fields.flatMap((field) => toSlot(field) ?? []);
  const values: Record<string, unknown> = {};
  const left: GivenFile[] = [];
  const isPlain = ({ option }: GivenFile): boolean =>
    option === undefined || PLAIN_OPTION.test(option) || !findNamed(slots, option);
  for (const file of files.filter((one) => !isPlain(one))) {
    const slot = findNamed(slots, file.option ?? '');
    if (!slot || !put(slot, file, values)) left.push(file);
  }
  const plain = slots.filter(({ field }) => !MASK.test(field.name)).toSorted(byFitness(files));
  for (const file of files.filter(isPlain)) {
    const isOwnPlace = file.option !== undefined && !PLAIN_OPTION.test(file.option);
    const taken = !isOwnPlace && plain.some((slot) => put(slot, file, values));
    if (!taken) left.push(file);
  }
  return { values, left };
}

/** The field that a plain attachment of this kind goes into first. */
export function findMainField(endpoint: Endpoint, media: FileMedia): Field | undefined {
  const slots = endpoint.fields.flatMap((field) => toSlot(field) ?? []);
  const fitting = slots.filter((slot) => slot.media === media && !MASK.test(slot.field.name));
  return fitting.toSorted(byFitness([]))[0]?.field;
}

/** The files that an endpoint cannot do without. */
export function listRequiredFiles({ fields }: Endpoint): readonly Field[] {
  return fields.filter((field) => field.required && toSlot(field) !== undefined);
}

/** True where at least one of the files has a place. */
export function takesAny(endpoint: Endpoint, files: readonly GivenFile[]): boolean {
  return placeFiles(endpoint, files).left.length < files.length;
}

export function wordLeftFiles(
  name: string,
  endpoint: Endpoint,
  left: readonly GivenFile[],
): string[] {
  const [first] = left;
  if (!first) return [];
  const what = wordMedia(first.media);
  const most = countPlaces(endpoint, first.media);
  if (first.option !== undefined && MASK.test(first.option))
    return [`${name} takes no mask; left out.`];
  if (most === 0) return [`${name} takes no ${what}; what was attached was left out.`];
  return most === 1
    ? [`${name} takes one ${what}; the first one was used.`]
    : [`${name} takes ${most} ${what}s; the first ones were used.`];
}

interface Slot {
  readonly field: Field;
  readonly media: FileMedia;
  /** How many files fit; 1 for a field that is no list. */
  readonly most: number;
  readonly isList: boolean;
}

function toSlot(field: Field): Slot | undefined {
  const type = fileTypeOf(field.type);
  if (!type) return undefined;
  if (type.kind === 'file') return { field, media: type.media, most: 1, isList: false };
  const media = type.of.kind === 'file' ? type.of.media : 'any';
  return { field, media, most: type.maxItems ?? Infinity, isList: true };
}

type FileHolder = Extract<FieldType, { kind: 'file' | 'list' }>;

function fileTypeOf(type: FieldType): FileHolder | undefined {
  if (type.kind === 'either') return type.types.map(fileTypeOf).find((one) => one !== undefined);
  if (type.kind === 'file') return type;
  return type.kind === 'list' && type.of.kind === 'file' ? type : undefined;
}

/** What must be filled first, then what takes many, then in fal's own order. */
function byFitness(files: readonly GivenFile[]): (a: Slot, b: Slot) => number {
  const isMany = files.length > 1;
  const rank = ({ field, isList }: Slot): number => {
    if (field.required) return 0;
    if (ASIDE.test(field.name)) return 3;
    return isList === isMany ? 1 : 2;
  };
  return (a, b) => rank(a) - rank(b);
}

/** `mask` for `mask_url` or `mask_image_url`, or a field's own name. */
function findNamed(slots: readonly Slot[], option: string): Slot | undefined {
  // A form offers several places of one list: `image_urls`, `image_urls2`, …
  const name = toSnakeCase(option).replace(/(?<=s)\d+$/u, '');
  return (
    slots.find(({ field }) => field.name === name) ??
    slots.find(({ field }) => toBare(field.name) === toBare(name))
  );
}

function toBare(name: string): string {
  return name.replace(/_urls?$/u, '').replace(/_(?:image|audio|video)$/u, '');
}

/** False where the file is of another kind, or the field is full. */
function put(slot: Slot, file: GivenFile, values: Record<string, unknown>): boolean {
  const { field, media, most, isList } = slot;
  const fits = media === 'any' || file.media === 'any' || media === file.media;
  if (!fits) return false;
  const before = values[field.name];
  if (!isList) {
    if (before !== undefined) return false;
    values[field.name] = file.url;
    return true;
  }
  const items: readonly unknown[] = Array.isArray(before) ? before : [];
  if (items.length >= most) return false;
  values[field.name] = [...items, file.url];
  return true;
}

function countPlaces({ fields }: Endpoint, media: FileMedia): number {
  return fields
    .flatMap((field) => toSlot(field) ?? [])
    .filter((slot) => !MASK.test(slot.field.name))
    .filter((slot) => slot.media === media || slot.media === 'any')
    .reduce((sum, { most }) => sum + most, 0);
}
