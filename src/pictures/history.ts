/** Earlier pictures, a page at a time: said to the one who asks alone, for they may be from elsewhere. */
import { UserError } from '../errors.ts';
import { line, message, note, type Button } from '../message.ts';
import type { Asker, DeliverableFile, Invocation } from '../platforms/platform.ts';
import type { PictureScope } from '../store/store.ts';
import type { PicturePage } from './gallery.ts';
import { keepSearch, readSearch } from './kept-searches.ts';
import { say, type Outcome } from '../outcome.ts';
import type { Picture, PictureFilter } from './picture.ts';
import type { PictureParts } from './picture-parts.ts';
import { wordEntry } from './word-entry.ts';

const SHOWN = 9;

interface Wish {
  readonly filter: PictureFilter;
  /** From 1. */
  readonly page: number;
}

export async function showHistory(
  { filter, page }: Wish,
  invocation: Invocation,
  parts: PictureParts,
): Promise<Outcome> {
  const found = await search({ filter, page }, invocation, parts);
  const { pictures, total } = found;
  if (total === 0) return say(wordNothing(filter));
  const pages = Math.ceil(total / SHOWN);
  const shown = Math.min(page, pages);
  const entries = await Promise.all(
    pictures.map((picture, at) =>
      wordEntry({ picture, number: at + 1, filter }, invocation, parts),
    ),
  );
  const { blocks } = message(
    line({ kind: 'strong', text: toTitle(filter) }),
    ...entries,
    note(`${total === 1 ? '1 picture' : `${total} pictures`}, page ${shown} of ${pages}.`),
  );
  const turns = pages === 1 ? [] : await turnButtons(filter, { shown, pages }, invocation, parts);
  const buttons = [...pictures.map(toNumberButton), ...turns];
  return say({ blocks, buttons }, await drawSheet(pictures, parts));
}

/** `target` is a search that somebody made, and the page that is wanted. */
export async function turnPage(
  target: string,
  invocation: Invocation,
  parts: PictureParts,
): Promise<Outcome> {
  const [, key = '', page = ''] = /^([\da-f]+)\.(\d{1,6})$/u.exec(target) ?? [];
  const filter = await readSearch(key, invocation, parts);
  if (filter) return showHistory({ filter, page: Math.max(1, Number(page)) }, invocation, parts);
  throw new UserError(
    'That page can be turned only by the person who asked for it, where it was asked for. Use /history for your own.',
  );
}

/** People see what they made themselves, and what was made in the place where they are. */
export function toScope(
  { whose, savedOnly }: PictureFilter,
  { person, place }: Asker,
): PictureScope {
  const { platform, tenant, channel } = place;
  const isMine = whose === 'mine' || savedOnly;
  return {
    platform,
    tenant,
    channel: isMine ? undefined : channel,
    person: isMine && !savedOnly ? person.id : undefined,
    savedBy: savedOnly ? person.id : undefined,
  };
}

/** The last page there is where a later one is wanted: meanwhile some may have been deleted. */
async function search(
  { filter, page }: Wish,
  asker: Asker,
  { store }: PictureParts,
): Promise<PicturePage> {
  const scope = toScope(filter, asker);
  const read = (from: number) => store.pictures.search(filter, scope, { from, size: SHOWN });
  const found = await read((page - 1) * SHOWN);
  if (found.pictures.length > 0 || found.total === 0) return found;
  return read((Math.ceil(found.total / SHOWN) - 1) * SHOWN);
}

function wordNothing({ whose, savedOnly, words, model, since, until }: PictureFilter) {
  const isNarrow = words !== '' || model !== '' || since !== undefined || until !== undefined;
  if (isNarrow) {
    return message(
      line('There are no such pictures.'),
      note('Fewer words, part of a model’s name or more days may find some.'),
    );
  }
  if (savedOnly) return message(line('You have not saved any picture yet.'));
  return message(
    line(
      whose === 'mine' ? 'You have no pictures yet.' : 'There are no pictures in this channel yet.',
    ),
  );
}

function toTitle({ whose, savedOnly }: PictureFilter): string {
  if (savedOnly) return 'Saved pictures';
  return whose === 'mine' ? 'Your pictures' : 'Pictures of this channel';
}

function toNumberButton({ id }: Picture, at: number): Button {
  return { label: String(at + 1), style: 'secondary', command: 'details', job: id };
}

async function turnButtons(
  filter: PictureFilter,
  { shown, pages }: { readonly shown: number; readonly pages: number },
  asker: Asker,
  parts: PictureParts,
): Promise<readonly Button[]> {
  const key = await keepSearch(filter, asker, parts);
  const turn = (label: string, page: number): Button => {
    return { label, style: 'secondary', command: 'turn', job: `${key}.${page}` };
  };
  return [
    ...(shown > 1 ? [turn('◀ Newer', shown - 1)] : []),
    ...(shown < pages ? [turn('Older ▶', shown + 1)] : []),
  ];
}

/** The words and the numbers are there without it, too. */
async function drawSheet(
  pictures: readonly Picture[],
  { contactSheets, log }: PictureParts,
): Promise<readonly DeliverableFile[]> {
  try {
    return [await contactSheets.draw(pictures)];
  } catch (error) {
    log.warn({ error }, 'a contact sheet could not be drawn');
    return [];
  }
}
