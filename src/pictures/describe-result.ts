/** Everything that is known of a result: what made it, from what, at what cost, and how to do it again. */
import { wordCost, wordSeconds } from '../jobs/caption.ts';
import type { JobIn } from '../jobs/job.ts';
import { recipeOf } from '../jobs/recipe.ts';
import { line, message, note, type Block, type Button, type Message } from '../message.ts';
import { isSameChannel } from '../place.ts';
import type { Asker } from '../platforms/platform.ts';
import { maySee } from './may-see.ts';
import type { Picture } from './picture.ts';
import type { PictureParts } from './picture-parts.ts';

const PARENT_WORDS = 200;

interface DescribedResult {
  readonly job: JobIn<'delivered'>;
  /** Which of its pictures; the first one where nobody said. */
  readonly number: number | undefined;
}

export async function describeResult(
  { job, number = 1 }: DescribedResult,
  asker: Asker,
  parts: PictureParts,
): Promise<Message> {
  const made = await parts.store.pictures.madeBy(job.id);
  const picture = made.find((one) => one.number === number);
  return {
    ...message(
      ...(job.request.prompt === '' ? [] : [{ kind: 'quote', text: job.request.prompt } as const]),
      ...wordSettings(job),
      ...(picture ? wordPicture(picture) : []),
      ...wordMaking(job),
      ...(picture ? await wordParents(picture, asker, parts) : []),
      ...(picture ? linkTree(picture, asker, parts) : []),
      ...recipeOf(job, parts).blocks,
    ),
    // Elsewhere it can be read about, but nothing can be done with it.
    buttons: picture && isSameChannel(picture.place, asker.place) ? buttonsOf(picture) : [],
  };
}

function wordSettings({ request, endpoint, result }: JobIn<'delivered'>): readonly Block[] {
  const options = Object.entries(request.options);
  return [
    fact('Model', request.model, endpoint === request.model ? '' : ` (${endpoint})`),
    ...(result.seed === undefined ? [] : [fact('Seed', result.seed)]),
    ...options
      .filter(([name]) => name !== 'seed' || result.seed === undefined)
      .map(([name, value]) => fact(name, String(value))),
  ];
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

function wordMaking({ person, acceptedAt, result }: JobIn<'delivered'>): readonly Block[] {
  const costs = wordCost(result.cost).map((cost) => `, ${cost}`);
  return [
    line('Asked by ', { kind: 'strong', text: person.name }, ' ', {
      kind: 'moment',
      at: acceptedAt,
    }),
    line(`Took ${wordSeconds(result.seconds)}${costs.join('')}`),
  ];
}

/** Each with a way to jump to it, where it was posted in this place. */
async function wordParents(
  { parents, place }: Picture,
  asker: Asker,
  { store }: PictureParts,
): Promise<readonly Block[]> {
  const blocks: Block[] = [];
  for (const [at, id] of parents.entries()) {
    const parent = await store.pictures.read(id);
    const isSeen = parent !== undefined && (await maySee(parent, asker, store));
    const posts = isSeen ? await store.pictures.postsOf(id) : [];
    const post = posts.find(
      ({ message: { platform, channel } }) =>
        platform === place.platform && channel === place.channel,
    );
    const link =
      post && ({ kind: 'message-link', label: 'this picture', to: post.message } as const);
    blocks.push(
      line(
        parents.length > 1 ? `Made from (${at + 1}) ` : 'Made from ',
        ...(link ? [link, ': '] : []),
        wordParent(isSeen ? parent : undefined),
      ),
    );
  }
  return blocks;
}

function wordParent(parent: Picture | undefined): string {
  if (!parent) return 'a picture that is not shown here';
  return parent.origin === 'given'
    ? 'a picture that was given'
    : parent.prompt.slice(0, PARENT_WORDS);
}

/**
 * The page shows what its place may see, so it is for those who are in that place: somebody who only
 * saved the picture, or went elsewhere since, could see more by it than they may.
 */
function linkTree(
  { id, place }: Picture,
  asker: Asker,
  { addresses }: PictureParts,
): readonly Block[] {
  const isThere = isSameChannel(place, asker.place);
  const address = isThere ? addresses.toAddress({ kind: 'tree', picture: id }) : undefined;
  return address === undefined ? [] : [line({ kind: 'link', label: 'Family tree', address })];
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
