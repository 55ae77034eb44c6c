/** A legal input for any endpoint of the catalogue: its required fields, each with some legal value. */
import type { Endpoint, Field, FieldType, FileMedia } from '../../../src/models/endpoint.ts';

export type FileAddresses = Readonly<Record<FileMedia, string>>;

export function toLegalInput(endpoint: Endpoint, files: FileAddresses): Record<string, unknown> {
  return toObject(endpoint.fields, files);
}

function toObject(fields: readonly Field[], files: FileAddresses): Record<string, unknown> {
  const required = fields.filter((field) => field.required);
  return Object.fromEntries(required.map(({ name, type }) => [name, toValue(type, files)]));
}

function toValue(type: FieldType, files: FileAddresses): unknown {
  switch (type.kind) {
    case 'text':
      return 'a lighthouse in fog, seen by somebody'
        .padEnd(type.minLength ?? 0, '.')
        .slice(0, type.maxLength);
    case 'integer':
    case 'number':
      return toNumber(type);
    case 'flag':
      return true;
    case 'choice':
      return type.values[0];
    case 'file':
      return files[type.media];
    case 'list':
      return Array.from({ length: Math.max(1, type.minItems ?? 1) }, () => toValue(type.of, files));
    case 'object':
      return toObject(type.fields, files);
    case 'either':
      return toValue(type.types[0]!, files);
    case 'anything':
      return {};
  }
}

function toNumber(type: Extract<FieldType, { kind: 'integer' | 'number' }>): number {
  const step = type.multipleOf ?? 1;
  const lowest = type.min ?? (type.above === undefined ? (type.max ?? 1) : type.above + step);
  return type.multipleOf === undefined ? lowest : Math.ceil(lowest / step) * step;
}
