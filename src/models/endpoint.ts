/**
 * What is known about one endpoint of fal's: facts as data. The committed catalogue, fal's model API
 * and dropped OpenAPI files are all read into this shape; adapters, forms and checks work from it.
 */

/** What a field takes. Bounds are inclusive unless they say otherwise. */
export type FieldType =
  | ({ readonly kind: 'text' } & TextBounds)
  | ({ readonly kind: 'integer' | 'number' } & NumberBounds)
  | { readonly kind: 'flag' }
  | { readonly kind: 'choice'; readonly values: readonly (string | number)[] }
  /** The address of a file. */
  | { readonly kind: 'file'; readonly media: FileMedia }
  | {
      readonly kind: 'list';
      readonly of: FieldType;
      readonly minItems?: number;
      readonly maxItems?: number;
    }
  | { readonly kind: 'object'; readonly fields: readonly Field[] }
  /** Any one of several, such as fal's `ImageSize | preset`. */
  | { readonly kind: 'either'; readonly types: readonly FieldType[] }
  /** What the schema leaves open. */
  | { readonly kind: 'anything' };

export interface TextBounds {
  /** In characters, not in the halves of which JavaScript counts some. */
  readonly minLength?: number;
  readonly maxLength?: number;
  /** What the characters must be, where not every text will do. */
  readonly form?: 'uuid' | 'hexadecimal';
}

export interface NumberBounds {
  readonly min?: number;
  readonly max?: number;
  /** The value must be greater than this. */
  readonly above?: number;
  /** The value must be less than this. */
  readonly below?: number;
  readonly multipleOf?: number;
}

/** What the file of a `file` field must be; `any` where the schema does not tell. */
export const FILE_MEDIA = ['image', 'audio', 'video', 'any'] as const;
export type FileMedia = (typeof FILE_MEDIA)[number];

export interface Field {
  /** fal's own name, in snake_case. */
  readonly name: string;
  readonly type: FieldType;
  readonly required: boolean;
  /** True where fal takes null as well, which often means "decide for yourself". */
  readonly nullable: boolean;
  /** What fal uses when the field is left out; absent where it has no default or none is known. */
  readonly standard?: unknown;
  /** fal's own words, from its model API; the committed catalogue has none. */
  readonly description?: string;
}

/** fal's categories. */
export const ENDPOINT_KINDS = [
  'text-to-image',
  'image-to-image',
  'text-to-video',
  'image-to-video',
  'video-to-video',
  'audio-to-video',
  'text-to-speech',
  'text-to-audio',
  'audio-to-audio',
  'speech-to-speech',
  'video-to-audio',
  'speech-to-text',
  'audio-to-text',
  'video-to-text',
  'vision',
  'image-to-text',
  'llm',
  'text-to-3d',
  'image-to-3d',
  '3d-to-3d',
  'json',
  'training',
  'other',
] as const;
export type EndpointKind = (typeof ENDPOINT_KINDS)[number];

/** What an endpoint may make; `file` where the schema does not tell. */
export const OUTPUT_MEDIA = ['image', 'audio', 'video', '3d', 'file', 'text'] as const;

/** One field of an endpoint's answer that holds what it made. */
export interface OutputField {
  readonly name: string;
  readonly media: (typeof OUTPUT_MEDIA)[number];
}

export interface Endpoint {
  /** Such as `fal-ai/flux/dev`. */
  readonly id: string;
  readonly title: string;
  readonly kind: EndpointKind;
  /** In fal's order of display, where it is known. */
  readonly fields: readonly Field[];
  readonly outputs: readonly OutputField[];
  /** fal's own sentence about it, from its model API. */
  readonly description?: string;
}

/** fal's ids: anything else could name another host or slip in a query, and fal's client checks neither. */
const ENDPOINT_ID = /^[A-Za-z0-9_-]+(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/u;

export function isEndpointId(text: string): boolean {
  return ENDPOINT_ID.test(text);
}

/** The types of which a value may be any one. */
export function listTypes(type: FieldType): readonly FieldType[] {
  return type.kind === 'either' ? type.types.flatMap(listTypes) : [type];
}

/** The values of an enumeration, also of one among other types. */
export function listChoices(type: FieldType): readonly string[] {
  const all = listTypes(type).flatMap((one) =>
    one.kind === 'choice' ? one.values.map(String) : [],
  );
  // Some take the same numbers as text, too.
  return [...new Set(all)];
}
