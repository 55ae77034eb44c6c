/** What somebody filled into a form, and what does not fit. */
import { z } from 'zod';
import type { Command } from '../../command.ts';
import { UserError } from '../../errors.ts';
import type { Options } from '../../option.ts';
import { parseOptions } from '../../parse-options.ts';
import type { AttachmentRef } from '../../request.ts';
import { slackFile, toAttachmentRef } from './attachments.ts';
import { cutText } from '../../cut-text.ts';

const ERROR_LENGTH = 2000;
/** How a message names an option. */
const NAMED = /“([^”]+)”/gu;

type Submitted = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
export interface FilledForm {
  /** Raw values by option name; what was left empty is absent. */
  readonly options: Readonly<Record<string, string>>;
  readonly attachments: readonly AttachmentRef[];
}

const fieldValue = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  files: z.array(slackFile).nullish(),
});

export function readForm(submitted: Submitted): FilledForm {
  const fields = Object.entries(submitted).map(([name, actions]) => ({
    name,
    field: fieldValue.parse(Object.values(actions)[0] ?? {}),
  }));
  return {
    options: Object.fromEntries(
      fields.flatMap(({ name, field }) => {
        const value = field.selected_option?.value ?? field.value?.trim() ?? '';
        return value === '' ? [] : [[name, value]];
      }),
    ),
    attachments: fields.flatMap(({ name, field }) =>
      (field.files ?? []).map((file) => ({ ...toAttachmentRef(file), option: name })),
    ),
  };
}

interface AnsweredForm {
  readonly command: Command;
  readonly filled: FilledForm;
  /** The ids of the blocks that the person sees, in their order. */
  readonly shown: readonly string[];
}

/** What to show beside which field; empty when the wish can be carried out. */
export function findFormErrors(
  { command, filled, shown }: AnsweredForm,
  plan: () => unknown,
): Record<string, string> {
  const options = command.form(filled.options);
  const mistakes = Object.entries(options).flatMap(([name, option]) => {
    const value = filled.options[name];
    if (option.kind === 'file') return [];
    return mistakesOf(() =>
      parseOptions({ [name]: option }, value === undefined ? {} : { [name]: value }, {
        takesMore: false,
      }),
    );
  });
  // Submitted before Slack had shown the fields of the model that was chosen last.
  const leftOver = Object.keys(filled.options)
    .filter((name) => !Object.hasOwn(options, name) && !Object.hasOwn(command.options, name))
    .map((name) => `“${name}” is nothing that can be set here: leave it empty.`);
  const early = [...mistakes, ...leftOver];
  return place(early.length > 0 ? early : mistakesOf(plan), options, shown);
}

/** Each sentence beside the field that it names, or at the top. */
function place(
  mistakes: readonly string[],
  options: Options,
  shown: readonly string[],
): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const mistake of mistakes) {
    const names = [...mistake.matchAll(NAMED)].map(([, name = '']) => fieldOf(name, options));
    const beside = names.find((name) => shown.includes(name)) ?? shown[0];
    if (beside === undefined) continue;
    errors[beside] = cutText([errors[beside] ?? '', mistake].join(' ').trim(), ERROR_LENGTH);
  }
  return errors;
}

/** An option is also known by its aliases; a file may share the field of its series. */
function fieldOf(typed: string, options: Options): string {
  const known = Object.entries(options).find(
    ([name, { aliases = [] }]) => name === typed || aliases.includes(typed),
  );
  const name = known?.[0] ?? typed;
  return options[name]?.kind === 'file' ? name.replace(/[2-9]$/u, '') : name;
}

function mistakesOf(check: () => unknown): readonly string[] {
  try {
    check();
    return [];
  } catch (error) {
    if (error instanceof UserError) return error.message.split('\n');
    throw error;
  }
}
