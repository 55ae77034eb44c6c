/**
 * Words of a result as messages in its thread, each posted once: that a post is on its way is stored
 * before, and on a later try it is looked for under its key.
 */
import type { MessageRef } from '../../message.ts';
import { codeOf } from './errors.ts';
import { findPost, postOnce, type Spot } from './post.ts';
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
    const earlier = ts === undefined ? undefined : await findInThread(post, parts);
    const ref = earlier ?? (await postSomewhere(post, parts));
    known[at] = ref.id;
    await words.remember(known);
    refs.push(ref);
  }
  return refs;
}

type Post = Spot & { readonly content: SlackContent; readonly key: string };

async function findInThread(post: Post, parts: SlackParts): Promise<MessageRef | undefined> {
  try {
    return await findPost(post, parts);
  } catch (error) {
    if (codeOf(error) !== 'thread_not_found') throw error;
    return findPost({ ...post, thread: undefined }, parts);
  }
}

/** Somebody deleted the status message: the words go to the channel instead. */
async function postSomewhere(post: Post, parts: SlackParts): Promise<MessageRef> {
  try {
    return await postOnce(post, parts);
  } catch (error) {
    if (codeOf(error) !== 'thread_not_found') throw error;
    return postOnce({ ...post, thread: undefined }, parts);
  }
}

function toRef({ channel, thread }: Spot, ts: string): MessageRef {
  return { platform: 'slack', channel, id: ts, details: { thread: thread ?? ts } };
}
