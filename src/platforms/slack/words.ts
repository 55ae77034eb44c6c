/**
 * Words of a result as messages in its thread, each posted once: that a post is on its way is stored
 * before, and on a later try it is looked for under its key.
 */
import type { MessageRef } from '../../message.ts';
import { codeOf } from './errors.ts';
import { findPost, postOnce, toRef, type Post, type Spot } from './post.ts';
import type { SlackContent } from './render.ts';
import type { SlackParts } from './slack-parts.ts';

export interface Words extends Spot {
  /** The delivery's key. */
  readonly key: string;
  readonly pages: readonly SlackContent[];
  /** For each page the `ts` of its message, or an empty text where it was on its way. */
  readonly known: readonly string[];
  remember(known: readonly string[]): Promise<void>;
}

export async function postWords(words: Words, parts: SlackParts): Promise<readonly MessageRef[]> {
  const { channel, thread, key, pages } = words;
  const known = [...words.known];
  const refs: MessageRef[] = [];
  for (const [at, content] of pages.entries()) {
    const ts = known[at];
    if (ts !== undefined && ts !== '') {
      refs.push(toRef(words, ts));
      continue;
    }
    const post = { channel, thread, content, key: `${key}:${at + 1}` };
    if (ts === undefined) await words.remember([...known, '']);
    const earlier =
      ts === undefined ? undefined : await inThread(post, (place) => findPost(place, parts));
    if (!earlier) await parts.pace(channel);
    const ref = earlier ?? (await inThread(post, (place) => postOnce(place, parts)));
    known[at] = ref.id;
    await words.remember(known);
    refs.push(ref);
  }
  return refs;
}

/** Somebody deleted the status message: the channel takes the thread's place. */
async function inThread<Found>(post: Post, act: (post: Post) => Promise<Found>): Promise<Found> {
  try {
    return await act(post);
  } catch (error) {
    if (codeOf(error) !== 'thread_not_found') throw error;
    return act({ ...post, thread: undefined });
  }
}
