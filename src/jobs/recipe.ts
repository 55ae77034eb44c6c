/** How a result can be made again. */
import type { Command } from '../command.ts';
import { line, message, note, type Block, type Message } from '../message.ts';
import { findKnown } from '../models/find-known.ts';
import { withoutSeed } from '../models/request/option-names.ts';
import { toCommandText } from '../recipe.ts';
import type { GenerationRequest } from '../request.ts';
import type { JobIn } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { toClaimedFile } from './read-files.ts';

/** Of a message: the rest is for what is said around the command, and for how platforms write it. */
const SHARE_OF_MESSAGE = 0.7;
/** Where nothing is known of the place, the smallest message that there is. */
const LEAST_LENGTH = 2000;
/** `&` and its like, which some platforms write as four or five characters. */
const GROWING = /[&<>]/gu;

type RecipeParts = Pick<JobParts, 'models' | 'platforms'> & {
  readonly commands: readonly Command[];
};

export function recipeOf(job: JobIn<'delivered'>, parts: RecipeParts): Message {
  if (job.request.retells) return message(note('An earlier transcript, put right.'));
  const request = toRepeatable(job, parts);
  const { textLength = LEAST_LENGTH } = parts.platforms.get(job.place.platform)?.limits ?? {};
  const whole = toCommandText(request, parts.commands);
  const isShort = weigh(whole) <= textLength * SHARE_OF_MESSAGE;
  const text = isShort ? whole : toCommandText({ ...request, prompt: '' }, parts.commands);
  return message(
    line({ kind: 'code', text }),
    note(
      isShort
        ? 'This makes it again.'
        : `This makes it again with the prompt in front, which is too long to be shown here (${request.prompt.length} characters).`,
    ),
    ...noteFiles(request),
  );
}

/** With the seed that it had, where one can be given. */
function toRepeatable(job: JobIn<'delivered'>, { models }: RecipeParts): GenerationRequest {
  const { request, result } = job;
  const { seed } = result;
  const files = request.files.map(toClaimedFile);
  const takesSeed = findKnown(request.model, models)?.takes('seed', files) ?? true;
  if (seed === undefined || !takesSeed) return request;
  return { ...request, options: { ...withoutSeed(request.options), seed } };
}

function noteFiles({ files }: GenerationRequest): readonly Block[] {
  if (files.length === 0) return [];
  const what = files.length === 1 ? 'the same file' : `the same ${files.length} files`;
  const own = files.flatMap(({ option }) => option ?? []).map((option) => `“${option}”`);
  const as = own.length === 0 ? '' : ` (as ${own.join(', ')})`;
  return [note(`Attach ${what} again${as}: files cannot travel in a command.`)];
}

function weigh(text: string): number {
  return text.length + 4 * (text.match(GROWING)?.length ?? 0);
}
