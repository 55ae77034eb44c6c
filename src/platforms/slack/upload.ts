/**
 * The three steps of Slack's external upload. The SDK's own helper loses the alt text (it sends
 * `alt_text` where the API wants `alt_txt`) and cannot be resumed.
 */
import { openAsBlob } from 'node:fs';
import { z } from 'zod';
import { UpstreamError } from '../../errors.ts';
import type { DeliverableFile } from '../platform.ts';
import { codeOf, isUncertain } from './errors.ts';
import type { Spot } from './post.ts';
import type { SlackParts } from './slack-parts.ts';

const UPLOAD_WITHIN_MS = 120_000;
/** When to look whether Slack shows the files: it works on them after it has said "ok". */
const LOOKS_MS = [0, 500, 1000, 2000, 4000, 8000];

const ticket = z.object({ upload_url: z.url(), file_id: z.string() });
const shares = z.record(z.string(), z.array(z.object({ ts: z.string() })));
const fileInfo = z.object({
  file: z.object({
    shares: z.object({ public: shares.optional(), private: shares.optional() }).optional(),
  }),
});

/** Steps one and two; nobody sees the file yet. Resolves with its id. */
export async function uploadFile(
  file: DeliverableFile,
  { calls, settings, withAltText }: SlackParts & { readonly withAltText: boolean },
): Promise<string> {
  const bytes = await openAsBlob(file.path);
  return calls.surely(async (client) => {
    const answer = await client.files.getUploadURLExternal({
      filename: file.fileName,
      length: bytes.size,
      ...(withAltText && isPicture(file) && { alt_txt: file.altText }),
    });
    const { upload_url: address, file_id: id } = ticket.parse(answer);
    await sendBytes(new URL(address), bytes, new URL(settings.apiUrl));
    return id;
  });
}

/** Slack takes alt text for pictures only, and an SVG is code to it. */
function isPicture({ contentType }: DeliverableFile): boolean {
  return contentType.startsWith('image/') && contentType !== 'image/svg+xml';
}

/** Step three: posts the files as one message. False where nobody knows whether it did. */
export async function shareFiles(
  ids: readonly string[],
  post: Spot & { readonly comment: string },
  parts: SlackParts,
): Promise<boolean> {
  const [first, ...others] = ids.map((id) => ({ id }));
  if (!first) return true;
  const { channel, thread, comment } = post;
  try {
    await parts.calls.once((client) =>
      client.files.completeUploadExternal({
        files: [first, ...others],
        channel_id: channel,
        initial_comment: comment,
        ...(thread !== undefined && { thread_ts: thread }),
      }),
    );
    return true;
  } catch (error) {
    // Somebody deleted the status message: the result goes to the channel instead.
    if (codeOf(error) === 'thread_not_found' && thread !== undefined) {
      return shareFiles(ids, { ...post, thread: undefined }, parts);
    }
    if (!isUncertain(error)) throw error;
    parts.log.warn({ error }, 'Slack did not say whether it shared the files; looking for them');
    return false;
  }
}

/** The message in which the files appeared; undefined when they have not within 16 seconds. */
export async function findShare(
  ids: readonly string[],
  channel: string,
  { calls, clock }: SlackParts,
): Promise<string | undefined> {
  const [id] = ids;
  if (id === undefined) return undefined;
  for (const pause of LOOKS_MS) {
    if (pause > 0) await clock.sleep(pause);
    const ts = await calls.surely(async (client) =>
      toShare(await readFileInfo(() => client.files.info({ file: id })), channel),
    );
    if (ts !== undefined) return ts;
  }
  return undefined;
}

/** Takes files back, so that a share which comes late cannot become a second post. */
export async function discardFiles(ids: readonly string[], { calls }: SlackParts): Promise<void> {
  for (const id of ids) {
    await calls.surely((client) => client.files.delete({ file: id })).catch(ignoreAbsence);
  }
}

async function readFileInfo(read: () => Promise<unknown>): Promise<unknown> {
  try {
    return await read();
  } catch (error) {
    return ignoreAbsence(error);
  }
}

function ignoreAbsence(error: unknown): undefined {
  if (!ABSENT.has(codeOf(error) ?? '')) throw error;
  return undefined;
}

const ABSENT = new Set(['file_not_found', 'file_deleted']);

function toShare(answer: unknown, channel: string): string | undefined {
  if (answer === undefined) return undefined;
  const { shares: known } = fileInfo.parse(answer).file;
  return (known?.public?.[channel] ?? known?.private?.[channel])?.[0]?.ts;
}

/** The address is itself the permission, so no token goes along. */
async function sendBytes(address: URL, bytes: Blob, api: URL): Promise<void> {
  if (address.protocol !== 'https:' && address.origin !== api.origin) {
    throw new UpstreamError('slack', 'Slack named an upload address that is not safe.', {
      retryable: false,
    });
  }
  try {
    const answer = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: bytes,
      redirect: 'error',
      signal: AbortSignal.timeout(UPLOAD_WITHIN_MS),
    });
    await answer.body?.cancel();
    if (!answer.ok) throw new Error(`the upload was answered with ${answer.status}`);
  } catch (error) {
    throw new UpstreamError('slack', 'Slack did not take the file.', {
      retryable: true,
      cause: error,
    });
  }
}
