/** The kinds of options that a command may have, and the values they become. */

interface OptionBase {
  /** At most 100 characters (Discord's limit). */
  readonly description: string;
  readonly required?: boolean;
  /** Other names that people type, such as `ar` for `aspect_ratio`. */
  readonly aliases?: readonly string[];
}
interface Choice {
  readonly value: string;
  readonly label: string;
}
export type Option =
  | (OptionBase & { readonly kind: 'text'; readonly maxLength: number })
  /** At most 25 choices (Discord's limit). */
  | (OptionBase & { readonly kind: 'choice'; readonly choices: readonly Choice[] })
  | (OptionBase & { readonly kind: 'integer'; readonly min: number; readonly max: number })
  | (OptionBase & { readonly kind: 'number'; readonly min: number; readonly max: number })
  | (OptionBase & { readonly kind: 'flag' })
  /** One attached picture; arrives among the invocation's attachments, not among its values. */
  | (OptionBase & { readonly kind: 'picture' });
/** Names in snake_case, as fal's; at most 25, required ones first (Discord's limits). */
export type Options = Readonly<Record<string, Option>>;

/** The value that a command's `run` sees for each option. */
type OptionValue<O extends Option> = O extends {
  kind: 'choice';
  choices: readonly { value: infer V }[];
}
  ? V
  : O extends { kind: 'text' }
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
