/** The kinds of options that a command may have, and the values they become. */
import type { FileMedia } from './models/endpoint.ts';

interface OptionBase {
  /** At most 100 characters (Discord's limit). */
  readonly description: string;
  readonly required?: boolean;
  /** Other names that people type, such as `ar` for `aspect_ratio`. */
  readonly aliases?: readonly string[];
  /** What a form shows as its starting value, where the model's own default is known. */
  readonly standard?: string;
}
export interface Choice {
  readonly value: string;
  readonly label: string;
}
/** What is filled in so far, as raw values by option name. */
export type RawValues = Readonly<Record<string, unknown>>;
/** Fitting values for what was begun, best first; may be far more than a platform shows. */
export type Suggest = (begun: string, filledIn: RawValues) => readonly Choice[];

export type Option =
  | (OptionBase & { readonly kind: 'text'; readonly maxLength: number })
  /** At most 25 choices (Discord's limit). */
  | (OptionBase & { readonly kind: 'choice'; readonly choices: readonly Choice[] })
  /** Text, with suggestions that may depend on the other values; anything may be typed. */
  | (OptionBase & {
      readonly kind: 'suggested';
      readonly maxLength: number;
      readonly suggest: Suggest;
    })
  | (OptionBase & { readonly kind: 'integer'; readonly min: number; readonly max: number })
  | (OptionBase & { readonly kind: 'number'; readonly min: number; readonly max: number })
  | (OptionBase & { readonly kind: 'flag' })
  /** One attached file; arrives among the invocation's attachments, not among its values. */
  | (OptionBase & { readonly kind: 'file'; readonly media: FileMedia });
/** Names in snake_case, as fal's; required ones first. A published command has at most 25 (Discord's limit). */
export type Options = Readonly<Record<string, Option>>;

/** The value that a command's `run` sees for each option. */
type OptionValue<O extends Option> = O extends {
  kind: 'choice';
  choices: readonly { value: infer V }[];
}
  ? V
  : O extends { kind: 'text' | 'suggested' }
    ? string
    : O extends { kind: 'integer' | 'number' }
      ? number
      : O extends { kind: 'flag' }
        ? boolean
        : never;
export type OptionValues<O extends Options> = {
  readonly [Name in keyof O as O[Name] extends { required: true } ? Name : never]: OptionValue<
    O[Name]
  >;
} & {
  readonly [Name in keyof O as O[Name] extends { required: true } ? never : Name]?:
    | OptionValue<O[Name]>
    | undefined;
};

/** Those that begin with it, then those that contain it. */
export function toChoices(values: readonly string[], begun: string): readonly Choice[] {
  const word = begun.trim().toLowerCase();
  const rank = (value: string): number => {
    const at = value.toLowerCase().indexOf(word);
    return at > 0 ? 1 : at;
  };
  return values
    .filter((value) => value !== '' && rank(value) >= 0)
    .toSorted((a, b) => rank(a) - rank(b))
    .map((value) => ({ value, label: value }));
}
