/** The last look at an input before it may cost money. */
import { UserError } from '../../errors.ts';
import type { ModelEndpoint, ModelInput } from '../model.ts';

/** What an endpoint's field is called by people, and what it takes, as in "must be …". */
export type FieldWords = Readonly<
  Record<string, { readonly option: string; readonly legal: string }>
>;

/**
 * Drops what was not asked for and holds the rest against the endpoint's own schema. Throws
 * `UserError` naming the option, its value and what would be right.
 */
export function checkInput(
  endpoint: ModelEndpoint,
  wanted: Readonly<Record<string, unknown>>,
  words: FieldWords,
): ModelInput['input'] {
  const input = Object.fromEntries(
    Object.entries(wanted).filter(([, value]) => value !== undefined),
  );
  const checked = endpoint.input.safeParse(input);
  if (checked.success) return input;
  const fields = new Set(checked.error.issues.map(({ path }) => String(path[0])));
  const mistakes = [...fields].map((field) => wordMistake(field, input[field], words));
  throw new UserError(mistakes.join('\n'), { cause: checked.error });
}

function wordMistake(field: string, value: unknown, words: FieldWords): string {
  const { option, legal } = words[field] ?? { option: field, legal: 'something else' };
  return `“${option}” must be ${legal}${wordValue(value)}.`;
}

/** Long values, such as a prompt, are not said back. */
function wordValue(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return `, not ${value}`;
  return typeof value === 'string' && value.length <= 40 ? `, not “${value}”` : '';
}

/** One remark for each setting that is given although the model has nothing like it. */
export function noteMissing(
  model: string,
  wishes: readonly (readonly [value: unknown, what: string])[],
): string[] {
  return wishes
    .filter(([value]) => value !== undefined)
    .map(([, what]) => `${model} has no ${what}; left out.`);
}
