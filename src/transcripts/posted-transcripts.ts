/** Which message shows which transcript, so that a reply to it is about that one. */
import { z } from 'zod';
import type { MessageRef } from '../message.ts';
import type { Store } from '../store/store.ts';

const NAMESPACE = 'transcripts';
const COLLECTION = 'posts';
const postSchema = z.object({ job: z.string() });

/** Repeating it does no harm. */
export async function noteTranscriptPosts(
  job: string,
  messages: readonly MessageRef[],
  store: Pick<Store, 'records'>,
): Promise<void> {
  for (const ref of messages) await store.records(NAMESPACE).write(COLLECTION, toKey(ref), { job });
}

/** The id of the job whose transcript the message shows; undefined for every other message. */
export async function findTranscriptJob(
  ref: MessageRef,
  store: Pick<Store, 'records'>,
): Promise<string | undefined> {
  const found = await store.records(NAMESPACE).read(COLLECTION, toKey(ref));
  return postSchema.safeParse(found).data?.job;
}

function toKey({ platform, channel, id }: MessageRef): string {
  return `${platform}:${channel}:${id}`;
}
