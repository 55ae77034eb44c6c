/**
 * What a command is: a name, typed options and a pure function from checked options to a plan.
 * Every platform publishes a command from this description alone.
 */
import type { Message } from './message.ts';
import type { Options, OptionValues } from './option.ts';
import { areValuesOf, parseOptions } from './parse-options.ts';
import type { AttachmentRef, GenerationRequest } from './request.ts';

/** What a command wants. Data only, so that a command's test needs no fake. */
export type Plan =
  | { readonly kind: 'generate'; readonly request: GenerationRequest }
  /** Stop a job; without an id, the person's newest one in this place. */
  | { readonly kind: 'cancel'; readonly job: string | undefined }
  /** Send a job again whose first submission had an unknown outcome. */
  | { readonly kind: 'retry'; readonly job: string }
  | { readonly kind: 'answer'; readonly message: Message };

/** What is known when the commands are loaded: a command file's default export takes it. */
export interface Vocabulary {
  readonly models: readonly { readonly name: string; readonly description: string }[];
}

/** What a command may know beyond its options. */
export interface CommandContext {
  readonly commands: readonly Command[];
  /** Attached pictures, in the order in which they were given. */
  readonly attachments: readonly AttachmentRef[];
}

interface CommandDefinition<O extends Options> {
  /** 1-32 lower-case letters, digits, `-` or `_`. */
  readonly name: string;
  /** At most 100 characters. */
  readonly description: string;
  /** False for commands that only buttons invoke. */
  readonly published: boolean;
  readonly options: O;
  readonly run: (values: OptionValues<O>, context: CommandContext) => Plan;
}

/** A command with its option types folded away: raw values in, plan out. */
export interface Command {
  readonly name: string;
  readonly description: string;
  readonly published: boolean;
  readonly options: Options;
  /** Throws `UserError` with one line for each option that does not fit. */
  plan(raw: Readonly<Record<string, unknown>>, context: CommandContext): Plan;
}

export function defineCommand<const O extends Options>(definition: CommandDefinition<O>): Command {
  const { name, description, published, options } = definition;
  return {
    name,
    description,
    published,
    options,
    plan(raw, context) {
      const values = parseOptions(options, raw);
      if (!areValuesOf(options, values)) throw new TypeError(`/${name}: values escaped the check`);
      return definition.run(values, context);
    },
  };
}
