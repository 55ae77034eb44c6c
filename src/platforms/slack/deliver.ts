/**
 * Delivers a result into the thread of its status message, exactly once: the ids of uploaded files
 * are stored before they are shared, and after any doubt the share is looked for. What was not
 * shared is taken back before it is sent again.
 */
import { z } from 'zod';
import { UpstreamError } from '../../errors.ts';
import type { MessageRef } from '../../message.ts';
import type { DeliverableFile, Delivery } from '../platform.ts';
import type { Spot } from './post.ts';
import { toMrkdwn } from './render.ts';
import type { SlackParts } from './slack-parts.ts';
import { FILES_PER_MESSAGE } from './limits.ts';
import { discardFiles, findShare, shareFiles, uploadFile } from './upload.ts';

/** For each message the ids of the files in it, as uploaded last. */
const checkpointSchema = z.array(z.array(z.string()));

interface Batch extends Spot {
  readonly files: readonly DeliverableFile[];
  readonly comment: string;
  /** Uploaded on an earlier try, perhaps shared as well. */
  readonly uploaded: readonly string[] | undefined;
  remember(ids: readonly string[]): Promise<void>;
}

export async function deliver(
  delivery: Delivery,
  spot: Spot,
  parts: SlackParts,
): Promise<readonly MessageRef[]> {
  const { checkpoint } = delivery;
  const saved = checkpointSchema.parse(checkpoint.saved ?? []);
  const captions = { now: parts.clock.now(), workspaceUrl: parts.bot.workspaceUrl };
  const messages: MessageRef[] = [];
  for (const [at, files] of chunk(delivery.files).entries()) {
    const batch: Batch = {
      ...spot,
      files,
      comment: at === 0 ? toMrkdwn(delivery.caption, captions) : `${at + 1}`,
      uploaded: saved[at],
      remember: async (ids) => {
        saved[at] = [...ids];
        await checkpoint.save(saved);
      },
    };
    messages.push(await deliverBatch(batch, parts));
  }
  return messages;
}

async function deliverBatch(batch: Batch, parts: SlackParts): Promise<MessageRef> {
  const { uploaded } = batch;
  if (uploaded) {
    const ts = await findShare(uploaded, batch.channel, parts);
    if (ts !== undefined) return toRef(batch, ts, uploaded);
    await discardFiles(uploaded, parts);
  }
  const first = await sendBatch(batch, { ...parts, withAltText: true });
  if (first.message) return first.message;
  // Some workspaces say "ok" and share nothing when alt text is set (python-slack-sdk#1818).
  const second = await sendBatch(batch, { ...parts, withAltText: !first.isCertain });
  if (second.message) return second.message;
  throw new UpstreamError('slack', 'Slack took the files but shows them nowhere.', {
    retryable: true,
  });
}

async function sendBatch(
  batch: Batch,
  parts: SlackParts & { readonly withAltText: boolean },
): Promise<{ readonly message: MessageRef | undefined; readonly isCertain: boolean }> {
  const ids: string[] = [];
  for (const file of batch.files) ids.push(await uploadFile(file, parts));
  await batch.remember(ids);
  const isCertain = await shareFiles(ids, batch, parts);
  const ts = await findShare(ids, batch.channel, parts);
  if (ts === undefined) await discardFiles(ids, parts);
  return { message: ts === undefined ? undefined : toRef(batch, ts, ids), isCertain };
}

function toRef({ channel, thread }: Spot, ts: string, files: readonly string[]): MessageRef {
  return {
    platform: 'slack',
    channel,
    id: ts,
    details: { thread: thread ?? ts, files: files.join(',') },
  };
}

function chunk(files: readonly DeliverableFile[]): DeliverableFile[][] {
  return Array.from({ length: Math.ceil(files.length / FILES_PER_MESSAGE) }, (_, at) =>
    files.slice(at * FILES_PER_MESSAGE, (at + 1) * FILES_PER_MESSAGE),
  );
}
