/** A recipe that a file carries, in words: what anybody could have written there. */
import { cutText } from '../cut-text.ts';
import { line, message, note, type Block, type Message } from '../message.ts';
import { toCommandText } from '../recipe.ts';
import type { PictureParts } from './picture-parts.ts';
import type { RecipeMetadata } from './recipe-metadata/recipe-metadata.ts';

const LONGEST_PROMPT = 1000;
const LONGEST_VALUE = 100;
const MOST_OPTIONS = 15;
/** Of the command that makes it again: more does not fit into the smallest message. */
const LONGEST_COMMAND = 900;

export function wordClaim(
  recipe: RecipeMetadata,
  { commands }: Pick<PictureParts, 'commands'>,
): Message {
  const { model, endpoint, prompt, seed, options, parents, madeAt, picture } = recipe;
  return message(
    ...(prompt === '' ? [] : [quote(cutText(prompt, LONGEST_PROMPT))]),
    fact('Model', model, endpoint === model ? '' : ` (${endpoint})`),
    ...(seed === undefined ? [] : [fact('Seed', seed)]),
    ...wordOptions(Object.entries(options)),
    line(`Made on ${madeAt}${wordParents(parents.length)}`),
    ...wordCommand(recipe, commands),
    note('Picture ', { kind: 'code', text: picture }),
    note('Read from the file itself: Easel does not remember this picture here.'),
  );
}

function quote(text: string): Block {
  return { kind: 'quote', text };
}

function fact(name: string, value: string, more = ''): Block {
  return line(`${name}: `, { kind: 'code', text: cutText(value, LONGEST_VALUE) }, more);
}

function wordOptions(options: readonly (readonly [string, unknown])[]): readonly Block[] {
  const shown = options.slice(0, MOST_OPTIONS).map(([name, value]) => fact(name, String(value)));
  const rest = options.length - shown.length;
  return rest === 0 ? shown : [...shown, note(`and ${rest} more options`)];
}

function wordParents(count: number): string {
  if (count === 0) return '';
  return count === 1 ? ' from another picture' : ` from ${count} other pictures`;
}

function wordCommand(
  { model, prompt, seed, options }: RecipeMetadata,
  commands: PictureParts['commands'],
): readonly Block[] {
  const all = seed === undefined ? options : { ...options, seed };
  const text = toCommandText({ model, prompt, files: [], options: all }, commands);
  return text.length > LONGEST_COMMAND ? [] : [line({ kind: 'code', text })];
}
