/** What a person is told about a wish that cannot be meant: the option, its value and what is legal. */
import { nearest } from '../../nearest.ts';
import { listTypes, type Field } from '../endpoint.ts';
import { findInnerMistake, type InnerMistake } from './find-inner-mistake.ts';
import type { Slot } from './file-slots.ts';
import { toSnakeCase } from './option-names.ts';
import { listNeutrals } from './list-neutrals.ts';
import type { ServedEndpoint } from './served-endpoint.ts';
import { listTargets } from './targets.ts';
import { wordBounds, wordMedia, wordType } from './word-type.ts';

/** Lists up to this long are said whole; in a longer one, what was probably meant is said as well. */
const SHORT_LIST = 12;

export function wordMissing(option: string, { type }: Field): string {
  return `“${option}” is needed: ${wordType(type)}.`;
}

/** `option` is what a form calls the place. */
export function wordMissingFile(
  name: string,
  { field, media, least }: Slot,
  option: string,
): string {
  const what = wordMedia(media);
  const needed = least > 1 ? `at least ${least} ${what}s: attach them` : `a ${what}: attach one`;
  const own = option === field.name ? '' : ` (at fal: “${field.name}”)`;
  return `${name} works from ${needed} as “${option}”${own}.`;
}

export function wordMistake(option: string, field: Field, raw: unknown): string {
  const inner = findInnerMistake(field.type, raw);
  return inner ? wordInner(option, inner) : wordWhole(option, field, raw);
}

/** Of a structure, only the piece that does not fit is told of. */
function wordInner(option: string, { path, problem, field, raw }: InnerMistake): string {
  const name = [option, ...path].join('.');
  if (problem === 'missing') return wordMissing(`${name}.${field.name}`, field);
  return problem === 'unknown'
    ? `“${name}” has no “${String(raw)}”: it takes ${wordType(field.type)}.`
    : wordWhole(name, field, raw);
}

function wordWhole(option: string, field: Field, raw: unknown): string {
  const near = typeof raw === 'string' ? nearestChoice(field, raw) : undefined;
  const hint = near === undefined ? '' : ` Did you mean “${near}”?`;
  return `“${option}” must be ${wordType(field.type)}${wordValue(raw)}.${hint}`;
}

/** Long lists are not all said, so what was probably meant is. */
function nearestChoice({ type }: Field, raw: string): string | undefined {
  if (type.kind !== 'choice' || type.values.length <= SHORT_LIST) return undefined;
  return nearest(raw, type.values.map(String));
}

export function wordSizeMistake({ type }: Field, wished: string): string {
  const object = listTypes(type).find((one) => one.kind === 'object');
  const side = object ? object.fields[0]?.type : type;
  const legal = side?.kind === 'integer' ? `${wordBounds(side)} pixels a side` : '';
  return `“size” must be a size such as 1280x720${legal.replace(' from', ', from')}, not “${wished}”.`;
}

/** Long values, such as a prompt, are not said back. */
export function wordValue(raw: unknown): string {
  if (typeof raw === 'number' || typeof raw === 'boolean') return `, not ${raw}`;
  if (typeof raw !== 'string' || raw.length > 40) return '';
  return /^-?[\d.]+$/u.test(raw) ? `, not ${raw}` : `, not “${raw}”`;
}

export function wordUnknown(name: string, served: ServedEndpoint, option: string): string {
  const own = listTargets(served.endpoint).map(({ path }) => path.join('.'));
  const known = ['model', ...listNeutrals(served).values(), ...own];
  const near = nearest(toSnakeCase(option), known);
  const hint =
    near === undefined ? `/models ${name} lists what it has.` : `Did you mean “${near}”?`;
  return `${name} has no option “${option}”. ${hint}`;
}
