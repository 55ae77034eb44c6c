/** From the committed form of the catalogue to endpoints; what they share is one object in memory. */
import {
  FILE_MEDIA,
  OUTPUT_MEDIA,
  type Endpoint,
  type Field,
  type FieldType,
  type OutputField,
} from '../endpoint.ts';
import {
  PLAIN_TYPES,
  type PackedCatalogue,
  type PackedEndpoint,
  type PackedType,
} from './packed.ts';

export function createUnpack(packed: PackedCatalogue) {
  const fields = new Map<string, Field>();
  const types = new Map<string, FieldType>([
    ...PLAIN_TYPES.map((kind) => [kind, { kind }] as const),
    ...FILE_MEDIA.map((media) => [media, { kind: 'file', media }] as const),
  ]);
  const unpackType = (type: PackedType): FieldType => {
    switch (type.kind) {
      case 'list':
        return { ...type, of: typeOf(type.of) };
      case 'object':
        return { ...type, fields: fieldsOf(type.fields) };
      case 'either':
        return { ...type, types: type.types.map(typeOf) };
      case 'text':
      case 'integer':
      case 'number':
      case 'choice':
        return type;
    }
  };
  const unpackField = (key: string): Field => {
    const [type, flags, standard] = lookUp(packed.fields, key);
    const name = key.slice(0, key.lastIndexOf('.'));
    const [required, nullable] = [flags.includes('!'), flags.includes('?')];
    const field = { name, type: typeOf(type), required, nullable };
    return standard === undefined ? field : { ...field, standard };
  };
  const typeOf = (key: string): FieldType =>
    remember(types, key, () => unpackType(lookUp(packed.types, key)));
  const fieldsOf = (keys: string): readonly Field[] =>
    split(keys).map((key) => remember(fields, key, () => unpackField(key)));
  return (id: string, [title, kind, fields, outputs]: PackedEndpoint): Endpoint => {
    const made = split(outputs).map(toOutput);
    return { id, title, kind, fields: fieldsOf(fields), outputs: made };
  };
}

function split(list: string): readonly string[] {
  return list === '' ? [] : list.split(' ');
}

function toOutput(text: string): OutputField {
  const [name = '', media = ''] = text.split(':');
  return { name, media: OUTPUT_MEDIA.find((known) => known === media) ?? 'file' };
}

function remember<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}

function lookUp<Value>(table: Readonly<Record<string, Value>>, key: string): Value {
  const value = table[key];
  if (value === undefined) throw new Error(`the catalogue of models lacks its entry ${key}`);
  return value;
}
