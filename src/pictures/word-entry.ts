/** One line for one picture of a page: its number, words, model, day, and the way to its message. */
import { cutText } from '../cut-text.ts';
import { line, type Block, type MessageRef } from '../message.ts';
import type { Asker } from '../platforms/platform.ts';
import type { Picture, PictureFilter } from './picture.ts';
import type { PictureParts } from './picture-parts.ts';

/** Nine of them with their links fit into one message of Discord's. */
const LONGEST = { words: 50, model: 36, name: 20 };

interface Entry {
  readonly picture: Picture;
  readonly number: number;
  /** The search that found it. */
  readonly filter: PictureFilter;
}

export async function wordEntry(
  { picture, number, filter }: Entry,
  asker: Asker,
  parts: PictureParts,
): Promise<Block> {
  const { prompt, model, madeAt, person } = picture;
  const words = prompt.replaceAll(/\s+/gu, ' ').trim() || 'without words';
  const isMine = filter.whose === 'mine' && !filter.savedOnly;
  const message = await findMessage(picture, asker, parts);
  return line(
    { kind: 'strong', text: String(number) },
    ` ${cutText(words, LONGEST.words)} · ${cutText(model, LONGEST.model)}`,
    isMine ? '' : ` · ${cutText(person.name, LONGEST.name)}`,
    ` · ${madeAt.toISOString().slice(0, 10)}`,
    ...(message ? [' · ', { kind: 'message-link', label: 'open', to: message } as const] : []),
  );
}

/** In this place, or else wherever the asker's own picture was posted. */
async function findMessage(
  { id, person }: Picture,
  asker: Asker,
  { store }: PictureParts,
): Promise<MessageRef | undefined> {
  const { platform, channel } = asker.place;
  const posts = await store.pictures.postsOf(id);
  const messages = posts.map(({ message }) => message).filter((one) => one.platform === platform);
  const here = messages.find((message) => message.channel === channel);
  return here ?? (person.id === asker.person.id ? messages[0] : undefined);
}
