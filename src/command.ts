/**
 * What a command is: a name, typed options and a pure function from checked options to a plan.
 * Every platform publishes a command from this description alone.
 */
import type { Message } from './message.ts';
import type { Models } from './models/model.ts';
import type { Options, OptionValues, RawValues } from './option.ts';
import { areValuesOf, parseOptions } from './parse-options.ts';
import type { PicturePlan } from './pictures/plan.ts';
import type { AttachmentRef, GenerationRequest } from './request.ts';
import type { SpeechPlan } from './speech/plan.ts';
import type { TranscriptPlan } from './transcripts/plan.ts';
import type { VoicesPlan } from './voices/plan.ts';

/** What a command wants. Data only, so that a command's test needs no fake. */
export type Plan =
  | { readonly kind: 'generate'; readonly request: GenerationRequest }
  /** Stop a job; without an id, the person's newest one in this place. */
  | { readonly kind: 'cancel'; readonly job: string | undefined }
  /** Send a job again whose first submission had an unknown outcome. */
  | { readonly kind: 'retry'; readonly job: string }
  | { readonly kind: 'answer'; readonly message: Message }
  | PicturePlan
  | TranscriptPlan
  | SpeechPlan
  | VoicesPlan;

/** What is known when the commands are loaded: a command file's default export takes it. */
export interface Vocabulary {
  readonly models: Models;
}

/** What a command may know beyond its options. */
export interface CommandContext {
  readonly commands: readonly Command[];
  /** Attached files, in the order in which they were given. */
  readonly attachments: readonly AttachmentRef[];
  /** The job or picture that the pressed button is about, where the command `takesJob`. */
  readonly job: string | undefined;
  /** Values under names that are no option of the command; empty unless it takes more. */
  readonly more: Readonly<Record<string, string | number | boolean>>;
}

interface CommandDefinition<O extends Options> {
  /** 1-32 lower-case letters, digits, `-` or `_`. */
  readonly name: string;
  /** At most 100 characters. */
  readonly description: string;
  /** False for commands that only buttons invoke. */
  readonly published: boolean;
  readonly options: O;
  /** Present where a button says what the command is about: that is no option that people see. */
  readonly takesJob?: true;
  /**
   * Present where other names are options, too: those of a form for what is filled in so far, such
   * as everything that the chosen model can be told. Never throws.
   */
  readonly form?: (filledIn: RawValues) => Options;
  /** The entry in the menu of every message that it has, such as “Edit picture”. */
  readonly menu?: string;
  readonly asks?: Asks;
  readonly run: (values: OptionValues<O>, context: CommandContext) => Plan;
}

/** The few options that are asked for where a button or a message's menu invokes a command. */
export interface Asks {
  /** At most 24 characters (Slack's limit). */
  readonly title: string;
  /** At most 5 (Discord's limit). */
  readonly options: readonly string[];
}

/** A command with its option types folded away: raw values in, plan out. */
export interface Command {
  readonly name: string;
  readonly description: string;
  readonly published: boolean;
  /** What platforms publish as typed options. */
  readonly options: Options;
  /** True where names beyond `options` are handed on, for the chosen model to judge. */
  readonly takesMore: boolean;
  /** At most 24 characters (Slack's limit); undefined where the command is in no menu. */
  readonly menu: string | undefined;
  /** Undefined where a press or a menu's entry runs the command at once. */
  readonly asks: Asks | undefined;
  /** The options of a form, given what is filled in so far; `options` where nothing depends on it. */
  form(filledIn: RawValues): Options;
  /** Throws `UserError` with one line for each option that does not fit. */
  plan(raw: RawValues, context: Omit<CommandContext, 'more' | 'job'>): Plan;
}

export function defineCommand<const O extends Options>(definition: CommandDefinition<O>): Command {
  const { name, description, published, options, form, menu, asks } = definition;
  const takesMore = form !== undefined;
  return {
    name,
    description,
    published,
    options,
    takesMore,
    menu,
    asks,
    form: (filledIn) => form?.(filledIn) ?? options,
    plan(raw, context) {
      const { job, given } = definition.takesJob ? takeJob(raw) : { job: undefined, given: raw };
      const { values, more } = parseOptions(options, given, { takesMore });
      if (!areValuesOf(options, values)) throw new TypeError(`/${name}: values escaped the check`);
      return definition.run(values, { ...context, job, more });
    },
  };
}

function takeJob({ job, ...given }: RawValues): { job: string | undefined; given: RawValues } {
  return { job: typeof job === 'string' ? job : undefined, given };
}
