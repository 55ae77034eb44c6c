/** Which of the given files an endpoint will see. */
import type { Endpoint, FileMedia } from '../../src/models/endpoint.ts';
import { KEPT, type Fate } from './fate.ts';
import { isTold } from './meanings.ts';
import type { Asked, Wish } from './wish.ts';

export function judgeFiles(
  wish: Wish,
  endpoint: Endpoint,
  asked: Asked,
): (readonly [string, Fate])[] {
  const [first = {}] = asked.bodies;
  const room = new Map<string, number>();
  return wish.files.map(({ url, media, option }) => {
    const label = option ?? toFileName(url);
    const fields = listFileFields(endpoint, media).filter(({ name }) => isFor(name, option));
    const carried = fields.some(({ name }) => listAddresses(first[name]).some(isAddressOf(url)));
    if (carried) return [label, KEPT] as const;
    const kind = option ?? media;
    const before = room.get(kind) ?? countCarried(fields, first);
    const places = fields.reduce((sum, { most }) => sum + most, 0);
    room.set(kind, before + 1);
    if (before < places) return [label, { kind: 'lost', how: wordFileLoss(first, url) }] as const;
    const isSaid = isTold(asked.told, option ?? 'files', url);
    return [label, isSaid ? { kind: 'told' } : { kind: 'lost', how: SILENT }] as const;
  });
}

const SILENT = 'not possible here, and nothing says so';

function wordFileLoss(body: Readonly<Record<string, unknown>>, url: string): string {
  const stray = Object.keys(body).find((name) => listAddresses(body[name]).some(isAddressOf(url)));
  return stray === undefined ? 'not sent' : `sent as \`${stray}\`, which fal ignores`;
}

interface FileField {
  readonly name: string;
  readonly most: number;
}

function listFileFields({ fields }: Endpoint, media: FileMedia): readonly FileField[] {
  return fields.flatMap(({ name, type }) => {
    const isList = type.kind === 'list';
    const item = isList ? type.of : type;
    if (item.kind !== 'file' || (item.media !== media && item.media !== 'any')) return [];
    return [{ name, most: isList ? (type.maxItems ?? Infinity) : 1 }];
  });
}

function isFor(fieldName: string, option: string | undefined): boolean {
  if (option === undefined) return !fieldName.includes('mask');
  return fieldName === option || (option === 'mask' && fieldName.includes('mask'));
}

function countCarried(
  fields: readonly FileField[],
  body: Readonly<Record<string, unknown>>,
): number {
  return fields.reduce((sum, { name }) => sum + listAddresses(body[name]).length, 0);
}

function listAddresses(value: unknown): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((one) => typeof one === 'string');
}

/** Bytes that travel inside the request count as the file. */
function isAddressOf(url: string): (address: string) => boolean {
  return (address) => address === url || address.startsWith('data:');
}

function toFileName(url: string): string {
  return url.split('/').at(-1) ?? url;
}
