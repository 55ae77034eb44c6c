/** Endpoints → the committed text: sorted, one entry a line, so that an update can be read as a diff. */
import { createHash } from 'node:crypto';
import type { Endpoint, Field, FieldType } from '../endpoint.ts';
import { FORMAT, type PackedEndpoint, type PackedField, type PackedType } from './packed.ts';

export interface Sources {
  /** Version of fal's client. */
  readonly client: string;
  /** The day of fal's schemas. */
  readonly schemas: string;
}

/** Base-64 digits. */
const HASH_LENGTH = 4;

export function packCatalogue(endpoints: readonly Endpoint[], sources: Sources): string {
  const { packField, types, fields } = createPacker();
  const packed = endpoints.map(({ id, title, kind, fields, outputs }) => {
    const made = outputs.map(({ name, media }) => `${name}:${media}`);
    const entry: PackedEndpoint = [title, kind, fields.map(packField).join(' '), made.join(' ')];
    return [id, entry] as const;
  });
  return [
    `{"format":${FORMAT},"client":"${sources.client}","schemas":"${sources.schemas}",`,
    `"types":${writeTable(types)},`,
    `"fields":${writeTable(fields)},`,
    `"endpoints":${writeTable(packed)}}\n`,
  ].join('\n');
}

function createPacker() {
  const types = new Map<string, PackedType>();
  const fields = new Map<string, PackedField>();
  const packField = ({ name, type, required, nullable, standard }: Field): string => {
    const flags = `${required ? '!' : ''}${nullable ? '?' : ''}`;
    const [packed, key] = [packType(type), `${name}.`];
    return standard === undefined
      ? keep(fields, key, [packed, flags])
      : keep(fields, key, [packed, flags, standard]);
  };
  const packType = (type: FieldType): string => {
    switch (type.kind) {
      case 'flag':
      case 'anything':
        return type.kind;
      case 'file':
        return type.media;
      case 'text':
      case 'integer':
      case 'number':
        return Object.keys(type).length === 1 ? type.kind : keep(types, '', { ...type });
      case 'choice':
        return keep(types, '', type);
      case 'list':
        return keep(types, '', { ...type, of: packType(type.of) });
      case 'object':
        return keep(types, '', { ...type, fields: type.fields.map(packField).join(' ') });
      case 'either':
        return keep(types, '', { ...type, types: type.types.map(packType) });
    }
  };
  return { packField, types, fields };
}

/** Keys come from the content, so that an update renames only what it changes. */
function keep<Value>(table: Map<string, Value>, prefix: string, value: Value): string {
  const text = JSON.stringify(value);
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, HASH_LENGTH);
  const key = `${prefix}${hash}`;
  const known = table.get(key);
  if (known !== undefined && JSON.stringify(known) !== text) {
    throw new Error(`two entries share the key ${key}: raise HASH_LENGTH`);
  }
  table.set(key, value);
  return key;
}

function writeTable(entries: Iterable<readonly [string, unknown]>): string {
  const lines = [...entries]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  return `{\n${lines.join(',\n')}\n}`;
}
