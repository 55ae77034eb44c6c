/** Earlier pictures, a page at a time. */
import { line, message, note } from '../message.ts';
import type { Asker, Invocation } from '../platforms/platform.ts';
import type { PictureScope } from '../store/store.ts';
import { say, type Outcome } from './outcome.ts';
import type { PictureFilter } from './picture.ts';
import type { PictureParts } from './picture-parts.ts';

const SHOWN = 9;

export async function showHistory(
  { filter, page }: { filter: PictureFilter; page: number },
  invocation: Invocation,
  { store }: PictureParts,
): Promise<Outcome> {
  const from = (page - 1) * SHOWN;
  const { pictures, total } = await store.pictures.search(filter, toScope(filter, invocation), {
    from,
    size: SHOWN,
  });
  if (total === 0) return say(message(line('There are no such pictures.')));
  return say(
    message(
      ...pictures.map(({ prompt, model }, at) =>
        line(`${from + at + 1}. ${prompt.slice(0, 80)} · ${model}`),
      ),
      note(`${total} pictures, page ${page} of ${Math.ceil(total / SHOWN)}.`),
    ),
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
