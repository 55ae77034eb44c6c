/** The places of an endpoint that take files: fields, lists of files, and files inside of objects. */
import type { Endpoint, Field, FieldType, FileMedia } from '../endpoint.ts';
import { toSnakeCase } from './option-names.ts';

export interface Slot {
  readonly field: Field;
  /** The name of the file inside the field's object; undefined where the field itself takes it. */
  readonly inner: string | undefined;
  readonly media: FileMedia;
  /** How many files it needs, and how many fit. */
  readonly least: number;
  readonly most: number;
  readonly isList: boolean;
  /** True where a file that was given for nothing in particular does not belong. */
  readonly isByNameOnly: boolean;
}

/** Forms cut longer names. */
const CUT_AT = 31;
const MASK = /(?:^|_)mask/u;

export function listSlots({ fields }: Endpoint): readonly Slot[] {
  return fields.flatMap(toSlots);
}

/** `mask` for `mask_url` or `mask_image_url`, a field's own name, `face2` for the second of `faces`. */
export function findSlot(slots: readonly Slot[], option: string): Slot | undefined {
  const name = toSnakeCase(option);
  const counted = name.replace(/\d+$/u, '');
  const isMeant = (slot: Slot, wanted: string): boolean => namesOf(slot).includes(wanted);
  const found = [name, counted, toBare(name), toBare(counted)]
    .map((wanted) => slots.find((slot) => isMeant(slot, wanted)))
    .find((slot) => slot !== undefined);
  const isCut = found === undefined && name.length >= CUT_AT;
  return isCut ? slots.find((slot) => namesOf(slot).some((one) => one.startsWith(name))) : found;
}

export function isMask(name: string): boolean {
  return MASK.test(name);
}

function namesOf({ field: { name }, inner }: Slot): readonly string[] {
  const names =
    inner === undefined ? [name] : [`${name}_${inner}`, `${name}.${inner}`, inner, name];
  return [...names, ...names.map(toBare)];
}

function toBare(name: string): string {
  return name.replace(/_urls?$/u, '').replace(/_(?:image|audio|video)$/u, '');
}

function toSlots(field: Field): readonly Slot[] {
  const { type, required } = field;
  const direct = findHolder(type);
  const base = { field, inner: undefined, isByNameOnly: isMask(field.name) };
  if (direct?.kind === 'file') {
    const [least, most] = [required ? 1 : 0, 1];
    return [{ ...base, media: direct.media, least, most, isList: false }];
  }
  if (direct)
    return [{ ...base, ...sizeOf(direct, required), isList: true, media: direct.of.media }];
  const object = findObject(type);
  return object ? toInnerSlots(field, object) : [];
}

interface HeldInObject {
  readonly fields: readonly Field[];
  /** Set where there is a list of such objects. */
  readonly list?: Extract<FieldType, { kind: 'list' }>;
}

/** An object that can be left out is begun by name only. */
function toInnerSlots(field: Field, { fields, list }: HeldInObject): readonly Slot[] {
  const files = fields.filter(({ type }) => type.kind === 'file');
  // An entry that needs more than its file cannot be made of the file alone.
  const needsMore = fields.some((one) => one.required && !files.includes(one));
  if (list && (needsMore || files.length !== 1)) return [];
  return files.flatMap(({ name: inner, type, required }) => {
    if (type.kind !== 'file') return [];
    const least = field.required && required ? 1 : 0;
    const size = list ? sizeOf(list, field.required) : { least, most: 1 };
    const slot = { field, inner, media: type.media, isByNameOnly: !field.required };
    return [{ ...slot, ...size, isList: list !== undefined }];
  });
}

function sizeOf(
  { minItems = 1, maxItems = Infinity }: { minItems?: number; maxItems?: number },
  isRequired: boolean,
): Pick<Slot, 'least' | 'most'> {
  return { least: isRequired ? minItems : 0, most: maxItems };
}

type FileType = Extract<FieldType, { kind: 'file' }>;
type FileList = Omit<Extract<FieldType, { kind: 'list' }>, 'of'> & { readonly of: FileType };

/** Where one file or several may be given, several. */
function findHolder(type: FieldType): FileType | FileList | undefined {
  if (type.kind === 'either') {
    const holders = type.types.flatMap((one) => findHolder(one) ?? []);
    return holders.find(({ kind }) => kind === 'list') ?? holders[0];
  }
  if (type.kind === 'file') return type;
  return type.kind === 'list' && type.of.kind === 'file' ? { ...type, of: type.of } : undefined;
}

function findObject(type: FieldType): HeldInObject | undefined {
  if (type.kind === 'object') return type;
  return type.kind === 'list' && type.of.kind === 'object'
    ? { fields: type.of.fields, list: type }
    : undefined;
}
