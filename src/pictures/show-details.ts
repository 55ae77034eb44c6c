/** Everything that is known of a result: what made it, from what, at what cost, and how to do it again. */
import { UserError } from '../errors.ts';
import { wordCost, wordSeconds } from '../jobs/caption.ts';
import type { JobIn } from '../jobs/job.ts';
import { recipeOf } from '../jobs/recipe.ts';
import { line, message, note, type Block, type Button, type Message } from '../message.ts';
import type { Invocation } from '../platforms/platform.ts';
import { findNewest, findSubject, pickOne, readResult, type MeantPicture } from './find-subject.ts';
import { readForeign } from './read-foreign.ts';
import { say, type Outcome } from './outcome.ts';
import { parseTarget, type Picture } from './picture.ts';
import type { PictureParts } from './picture-parts.ts';
import type { Subject } from './subject.ts';
import { wordClaim } from './word-claim.ts';

export async function showDetails(
  subject: Subject,
  invocation: Invocation,
  parts: PictureParts,
): Promise<Outcome> {
  if (subject.job !== undefined) {
    const { job: id, number } = parseTarget(subject.job);
    const saved = await readSaved(subject.job, invocation, parts);
    const job = saved ?? (await readResult(id, invocation, parts));
    return say(await describe(job, number, parts));
  }
  const { by, pictures } = await findSubject(subject, invocation, parts);
  const meant = by === 'nothing' ? undefined : pickOne(pictures, subject.number);
  if (by !== 'nothing' && !meant) throw new UserError('There is no picture in that message.');
  return say(await describeMeant(meant, invocation, parts));
}

/** Whoever saved a picture may read on about it anywhere, though not touch it. */
async function readSaved(
  target: string,
  { person, place }: Invocation,
  { store }: PictureParts,
): Promise<JobIn<'delivered'> | undefined> {
  const picture = await store.pictures.read(target);
  const isOfTenant =
    picture?.place.platform === place.platform && picture.place.tenant === place.tenant;
  if (!isOfTenant || !(await store.pictures.isSavedBy(target, person.id))) return undefined;
  const job = await store.jobs.read(picture.job);
  return job?.state === 'delivered' ? job : undefined;
}

async function describeMeant(
  meant: MeantPicture | undefined,
  invocation: Invocation,
  parts: PictureParts,
): Promise<Message> {
  const own = meant ? meant.own : await findNewest(invocation, parts);
  if (!own && meant) {
    const foreign = await readForeign(meant.ref, invocation, parts);
    if (foreign.kind === 'claimed') return wordClaim(foreign.recipe, parts);
    return describe(foreign.job, foreign.number, parts);
  }
  if (!own || own.origin === 'given') {
    throw new UserError('That picture is not one of Easel’s own, so nothing more is known of it.');
  }
  return describe(await readResult(own.job, invocation, parts), own.number, parts);
}

async function describe(
  job: JobIn<'delivered'>,
  number: number | undefined,
  parts: PictureParts,
): Promise<Message> {
  const { request, endpoint, result, acceptedAt } = job;
  const made = await parts.store.pictures.madeBy(job.id);
  const picture = made.find((one) => one.number === (number ?? 1));
  const recipe = recipeOf(job, parts);
  const facts: readonly Block[] = [
    fact('Model', request.model, endpoint === request.model ? '' : ` (${endpoint})`),
    ...(result.seed === undefined ? [] : [fact('Seed', result.seed)]),
    ...Object.entries(request.options)
      .filter(([name]) => name !== 'seed' || result.seed === undefined)
      .map(([name, value]) => fact(name, String(value))),
    ...(picture ? wordPicture(picture) : []),
    line('Asked by ', { kind: 'strong', text: job.person.name }, ' ', {
      kind: 'moment',
      at: acceptedAt,
    }),
    line(
      [
        'Took ',
        wordSeconds(result.seconds),
        ...wordCost(result.cost).map((cost) => `, ${cost}`),
      ].join(''),
    ),
    ...(picture ? await wordParents(picture, parts) : []),
  ];
  return {
    ...message(
      ...(request.prompt === '' ? [] : [{ kind: 'quote', text: request.prompt } as const]),
      ...facts,
      ...recipe.blocks,
    ),
    buttons: picture ? buttonsOf(picture) : [],
  };
}

function fact(name: string, value: string, more = ''): Block {
  return line(`${name}: `, { kind: 'code', text: value }, more);
}

function wordPicture({ width, height, altText, id }: Picture): readonly Block[] {
  return [
    ...(width !== undefined && height !== undefined ? [line(`Size: ${width}×${height}`)] : []),
    line(`Alt text: ${altText}`),
    note('Picture ', { kind: 'code', text: id }),
  ];
}

/** Each with a way to jump to it, where it was posted in this place. */
async function wordParents(
  { parents, place }: Picture,
  { store }: PictureParts,
): Promise<readonly Block[]> {
  const blocks: Block[] = [];
  for (const [at, id] of parents.entries()) {
    const parent = await store.pictures.read(id);
    const posts = await store.pictures.postsOf(id);
    const post = posts.find(
      ({ message: { platform, channel } }) =>
        platform === place.platform && channel === place.channel,
    );
    const name = parent?.origin === 'given' ? 'a picture that was given' : (parent?.prompt ?? id);
    blocks.push(
      line(
        `Made from ${parents.length > 1 ? `(${at + 1}) ` : ''}`,
        ...(post
          ? [{ kind: 'message-link', label: 'this picture', to: post.message } as const, ': ']
          : []),
        name.slice(0, 200),
      ),
    );
  }
  return blocks;
}

function buttonsOf({ id, parents }: Picture): readonly Button[] {
  const button = (label: string, command: string): Button => ({
    label,
    style: 'secondary',
    command,
    job: id,
  });
  return [
    button('Alt text', 'alt'),
    ...(parents.length > 0
      ? [button('Back to the one before', 'undo'), button('Replay the steps', 'replay')]
      : []),
  ];
}
