/**
 * What a family adds to the catalogue: a name people like to type, our own words, and the facts that
 * the schemas lack or have wrong. One file of this folder is one family or several close ones; the
 * folder is scanned.
 */
import type { Field, FieldType, FileMedia } from '../endpoint.ts';

export interface ModelFamily {
  /** What people type, such as `qwen-image`. */
  readonly name: string;
  /** What it is good for; with the name at most 100 characters. */
  readonly description: string;
  /** The one for words alone first, then those that take files. */
  readonly endpoints: readonly [FamilyEndpoint, ...FamilyEndpoint[]];
}

export interface FamilyEndpoint {
  readonly id: string;
  /** Facts that win over the catalogue's; a field that it does not know is added. Dots lead into objects. */
  readonly fields?: Readonly<Record<string, FieldFacts>>;
  /** Fields that a neutral option means here, where it is not one of the usual ones. */
  readonly means?: Readonly<Record<string, string>>;
  /** Sent with every request, unless it says otherwise. */
  readonly always?: Readonly<Record<string, unknown>>;
  /** Fields that fal does not take together; dots lead into objects. */
  readonly apart?: readonly (readonly [string, string])[];
}

/** `null` as the standard: fal has no default. */
export type FieldFacts = Partial<Omit<Field, 'name'>>;

export function text(minLength: number, maxLength?: number): FieldType {
  return { kind: 'text', minLength, ...(maxLength !== undefined && { maxLength }) };
}

export function integer(min: number, max: number): FieldType {
  return { kind: 'integer', min, max };
}

export function number(min: number, max: number): FieldType {
  return { kind: 'number', min, max };
}

export function choice(...values: readonly (string | number)[]): FieldType {
  return { kind: 'choice', values };
}

export function files(media: FileMedia, minItems: number, maxItems: number): FieldType {
  return { kind: 'list', of: { kind: 'file', media }, minItems, maxItems };
}
