/** Which given file goes into which field of an endpoint. */
import type { Endpoint, FileMedia } from '../endpoint.ts';
import type { GivenFile } from '../model.ts';
import { hears } from '../speaks.ts';
import { findSlot, isMask, listSlots, type Slot } from './file-slots.ts';
import { wordMedia } from './word-type.ts';

export interface PlacedFiles {
  /** By field name. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Those that no field takes. */
  readonly left: readonly GivenFile[];
}

/** Options that name no particular field: the first, second, … thing to work from. */
const PLAIN_OPTION = /^(?:image|picture|audio|video|file)_?\d*$/u;
/** Pictures beside the one to work from: only by name, or once everything else is full. */
const ASIDE = /style|control|end|tail|last|pose|depth|texture|background/u;

export function placeFiles(endpoint: Endpoint, files: readonly GivenFile[]): PlacedFiles {
  const slots = listSlots(endpoint);
  const values: Record<string, unknown> = {};
  const left: GivenFile[] = [];
  const isPlain = ({ option }: GivenFile): boolean =>
    option === undefined || PLAIN_OPTION.test(option) || !findSlot(slots, option);
  for (const file of files.filter((one) => !isPlain(one))) {
    const slot = findSlot(slots, file.option ?? '');
    if (!slot || !fits(endpoint, slot, file.media) || !put(slot, file, values)) left.push(file);
  }
  const plain = slots.filter(({ isByNameOnly }) => !isByNameOnly).toSorted(byFitness(files));
  for (const file of files.filter(isPlain)) {
    const isOwnPlace = file.option !== undefined && !PLAIN_OPTION.test(file.option);
    const fitting = isOwnPlace ? [] : plain.filter((slot) => fits(endpoint, slot, file.media));
    const taken = fitting.some((slot) => put(slot, file, values));
    if (!taken) left.push(file);
  }
  return { values, left };
}

/** What forms call a place: `image` where a plain picture goes first, else the field's own name. */
export function nameSlot(endpoint: Endpoint, { field, media }: Slot): string {
  const fitting = listSlots(endpoint).filter((slot) => slot.media === media && !slot.isByNameOnly);
  const isMain = fitting.toSorted(byFitness([]))[0]?.field === field && media !== 'any';
  return isMain ? media : field.name.toLowerCase();
}

/** The places that an endpoint cannot leave empty. */
export function listRequiredSlots(endpoint: Endpoint): readonly Slot[] {
  return listSlots(endpoint).filter(({ least }) => least > 0);
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
  if (first.option !== undefined && isMask(first.option))
    return [`${name} takes no mask; left out.`];
  if (most === 0) return [`${name} takes no ${what}; what was attached was left out.`];
  return most === 1
    ? [`${name} takes one ${what}; the first one was used.`]
    : [`${name} takes ${most} ${what}s; the first ones were used.`];
}

/** Whether there is any place for files of this kind. */
export function takesMedia(endpoint: Endpoint, media: FileMedia): boolean {
  return listSlots(endpoint).some((slot) => fits(endpoint, slot, media));
}

/** To a model that listens, a film is a recording like any other. */
function fits(endpoint: Endpoint, slot: Slot, media: FileMedia): boolean {
  if (slot.media === media || slot.media === 'any' || media === 'any') return true;
  return hears(endpoint) && slot.media === 'audio' && media === 'video';
}

/** What must be filled first, then what takes many, then in fal's own order. */
function byFitness(files: readonly GivenFile[]): (a: Slot, b: Slot) => number {
  const isMany = files.length > 1;
  const rank = ({ field, least, isList }: Slot): number => {
    if (least > 0) return 0;
    if (ASIDE.test(field.name)) return 3;
    return isList === isMany ? 1 : 2;
  };
  return (a, b) => rank(a) - rank(b);
}

/** False where the field is full. */
function put(slot: Slot, file: GivenFile, values: Record<string, unknown>): boolean {
  const { field, isList } = slot;
  const before = values[field.name];
  const after = isList ? appendTo(before, slot, file.url) : fillIn(before, slot, file.url);
  if (after === undefined) return false;
  values[field.name] = after;
  return true;
}

function appendTo(before: unknown, { inner, most }: Slot, url: string): unknown {
  const items: readonly unknown[] = Array.isArray(before) ? before : [];
  if (items.length >= most) return undefined;
  return [...items, inner === undefined ? url : { [inner]: url }];
}

function fillIn(before: unknown, { inner }: Slot, url: string): unknown {
  if (inner === undefined) return before === undefined ? url : undefined;
  const object = typeof before === 'object' && before !== null ? before : {};
  return inner in object ? undefined : { ...object, [inner]: url };
}

function countPlaces(endpoint: Endpoint, media: FileMedia): number {
  return listSlots(endpoint)
    .filter((slot) => !slot.isByNameOnly)
    .filter((slot) => fits(endpoint, slot, media))
    .reduce((sum, { most }) => sum + most, 0);
}
