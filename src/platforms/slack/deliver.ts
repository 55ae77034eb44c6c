/**
 * Delivers a result into the thread of its status message, exactly once: the ids of uploaded files
 * are stored before they are shared, and after any doubt the share is looked for. What was not
 * shared is taken back before it is sent again. Words that do not fit beside files follow them.
 */
import { z } from 'zod';
import { UpstreamError } from '../../errors.ts';
import type { MessageRef } from '../../message.ts';
import type { DeliverableFile, Delivery, PostedMessage } from '../platform.ts';
import type { Spot } from './post.ts';
import { FILES_PER_MESSAGE } from './limits.ts';
import { toCaption, toPages } from './render.ts';
import { renderPartsOf, type SlackParts } from './slack-parts.ts';
import { discardFiles, findShare, shareFiles, uploadFile } from './upload.ts';
import { postWords, type Words } from './words.ts';

const checkpointSchema = z.object({
  /** For each message the ids of the files in it, as uploaded last. */
  files: z.array(z.array(z.string())),
  /** For each message of words its `ts`, or an empty text where it was on its way. */
  words: z.array(z.string()),
});
type Memory = z.infer<typeof checkpointSchema>;

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
): Promise<readonly PostedMessage[]> {
  const { checkpoint, files, caption, key } = delivery;
  let memory = readMemory(checkpoint.saved);
  const remember = async (change: Partial<Memory>): Promise<void> => {
    memory = { ...memory, ...change };
    await checkpoint.save(memory);
  };
  const { comment, rest } = toCaption(caption, renderPartsOf(parts));
  const messages: PostedMessage[] = [];
  for (const [at, some] of chunk(files).entries()) {
    const batch: Batch = {
      ...spot,
      files: some,
      comment: at === 0 ? comment : `${at + 1}`,
      uploaded: memory.files[at],
      remember: (ids) => remember({ files: memory.files.toSpliced(at, 1, [...ids]) }),
    };
    const ref = await deliverBatch(batch, parts);
    messages.push({ ref, fileNames: some.map(({ fileName }) => fileName) });
  }
  const pages = files.length === 0 ? toPages(caption, renderPartsOf(parts)) : rest;
  const words: Words = {
    ...spot,
    key,
    pages,
    known: memory.words,
    remember: (known) => remember({ words: [...known] }),
  };
  const said = await postWords(words, parts);
  return [...messages, ...said.map((ref) => ({ ref, fileNames: [] }))];
}

/** Earlier versions stored the files alone. */
function readMemory(saved: unknown): Memory {
  const filesAlone = checkpointSchema.shape.files.safeParse(saved ?? []);
  if (filesAlone.success) return { files: filesAlone.data, words: [] };
  return checkpointSchema.parse(saved);
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
