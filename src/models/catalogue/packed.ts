/** The committed form of the catalogue: what endpoints share is written once, under a short name. */
import type { EndpointKind, NumberBounds } from '../endpoint.ts';

/** Raised when the form changes: an older file is then refused instead of misread. */
export const FORMAT = 1;

/** A type without particulars stands for itself; files stand as their media. */
export const PLAIN_TYPES = ['text', 'integer', 'number', 'flag', 'anything'] as const;

/** A plain type, a file's media, or a key of `types`. */
type TypeKey = string;
/** Keys of `fields`, with spaces between. */
type FieldKeys = string;

/** As a `FieldType`, but with keys in the place of what it contains. */
export type PackedType =
  | { readonly kind: 'text'; readonly minLength?: number; readonly maxLength?: number }
  | ({ readonly kind: 'integer' | 'number' } & NumberBounds)
  | { readonly kind: 'choice'; readonly values: readonly (string | number)[] }
  | {
      readonly kind: 'list';
      readonly of: TypeKey;
      readonly minItems?: number;
      readonly maxItems?: number;
    }
  | { readonly kind: 'object'; readonly fields: FieldKeys }
  | { readonly kind: 'either'; readonly types: readonly TypeKey[] };

/** Its type, `!` where it is required and `?` where it takes null, and its default. */
export type PackedField = readonly [type: TypeKey, flags: string, standard?: unknown];

/** Its title, kind, fields, and outputs such as `images:image seed:text`. */
export type PackedEndpoint = readonly [
  title: string,
  kind: EndpointKind,
  fields: FieldKeys,
  outputs: string,
];

export interface PackedCatalogue {
  readonly format: number;
  /** Version of fal's client, whose type file was read. */
  readonly client: string;
  /** The day on which fal's schemas were as they were read. */
  readonly schemas: string;
  readonly types: Readonly<Record<string, PackedType>>;
  /** By the field's name, a dot and a short hash. */
  readonly fields: Readonly<Record<string, PackedField>>;
  readonly endpoints: Readonly<Record<string, PackedEndpoint>>;
}
