/** What one person asked to know, in as many messages as it takes. */
import { note, type Message } from '../../message.ts';
import type { DeliverableFile } from '../platform.ts';
import type { DiscordApi } from './api.ts';
import type { InteractionKey } from './callback-calls.ts';
import { toAnswerParts, type Part } from './delivery-parts.ts';
import { FILE_LIMIT, toFileLimits } from './file-limits.ts';
import { toNonce } from './nonce.ts';
import { render, renderPages } from './render.ts';
import type { Content } from './request-body.ts';
import { RESPONSE, type ResponseKey } from './response-calls.ts';
import { explained, isReplyForbidden } from './trouble.ts';

/** Discord's limit where Easel is no member; more would be a flood anywhere. */
const MOST_FOLLOW_UPS = 5;
const BYTES_OF_A_MEGABYTE = 1_000_000;

export interface Answer {
  readonly message: Message;
  readonly files?: readonly DeliverableFile[];
}
/** The parts of an interaction that an answer needs. */
export type AnswerKey = InteractionKey & ResponseKey & { readonly attachmentSizeLimit: number };

/** For the person alone; the first answer to the interaction. */
export function answerFirst(key: AnswerKey, answer: Answer, api: DiscordApi): Promise<void> {
  const [first, ...more] = toContents(answer, key.attachmentSizeLimit, 1 + MOST_FOLLOW_UPS);
  return explained(async () => {
    if (first.files === undefined) {
      await api.respondPrivately(key, first.rendered);
    } else {
      // Files take their time, and Discord waits 3 seconds for a sign of life.
      await api.defer(key, 'private');
      await api.editResponse(toKey(key, RESPONSE), first);
    }
    await followUp(key, more, api);
  });
}

/** The interaction was confirmed already. */
export function answerLater(key: AnswerKey, answer: Answer, api: DiscordApi): Promise<void> {
  const contents = toContents(answer, key.attachmentSizeLimit, MOST_FOLLOW_UPS);
  return explained(() => followUp(key, contents, api));
}

/** Where a message is, and its id. */
export interface AnsweredKey {
  readonly id: string;
  readonly channelId: string;
}

/** The first message replies, the others follow it. */
export function answerMessage(to: AnsweredKey, answer: Answer, api: DiscordApi): Promise<void> {
  const [first, ...more] = toContents(answer, FILE_LIMIT, 1 + MOST_FOLLOW_UPS);
  return explained(async () => {
    await createReply(to, { ...first, nonce: toNonce('answer', to.id), api });
    for (const [at, content] of more.entries()) {
      const nonce = toNonce('answer', to.id, String(at + 1));
      await api.createMessage({ channel: to.channelId, ...content, nonce });
    }
  });
}

/** Opens the status message of what a message or a press asked for; returns its id. */
export function openReply(
  to: AnsweredKey,
  { status, nonce }: { status: Message; nonce: string },
  api: DiscordApi,
): Promise<string> {
  return createReply(to, { rendered: render(status), nonce, api });
}

function toKey({ applicationId, token }: ResponseKey, message: string) {
  return { applicationId, token, message };
}

async function followUp(
  key: ResponseKey,
  contents: readonly Content[],
  api: DiscordApi,
): Promise<void> {
  for (const content of contents) await api.followUpPrivately(key, content);
}

/** Files that do not fit are left out with a word. */
function toContents(
  { message, files = [] }: Answer,
  bytesPerFile: number,
  most: number,
): readonly [Content, ...Content[]] {
  if (files.length === 0) {
    const [first, ...more] = renderPages(message, most);
    return [{ rendered: first }, ...more.map((rendered) => ({ rendered }))];
  }
  const limits = toFileLimits(bytesPerFile);
  const leftOut = files.filter(({ bytes }) => bytes > limits.bytesPerFile);
  const words = leftOut.map((file) => note(wordTooLarge(file, limits.bytesPerFile)));
  const caption = { ...message, blocks: [...message.blocks, ...words] };
  const fitting = files.filter((file) => !leftOut.includes(file));
  const [first, ...more] = toAnswerParts({ caption, files: fitting }, limits).slice(0, most);
  return [first ? toContent(first) : { rendered: render(caption) }, ...more.map(toContent)];
}

function toContent({ rendered, files }: Part): Content {
  return files.length === 0 ? { rendered } : { rendered, files };
}

function wordTooLarge({ fileName, bytes }: DeliverableFile, limit: number): string {
  const [size, most] = [bytes, limit].map((count) => (count / BYTES_OF_A_MEGABYTE).toFixed(1));
  return `“${fileName}” is too large for Discord: ${size} of at most ${most} MB.`;
}

/** A reply mentions nobody; without the right to read the channel's history it is no reply. */
async function createReply(
  to: AnsweredKey,
  { rendered, files, nonce, api }: Content & { nonce: string; api: DiscordApi },
): Promise<string> {
  const created = { channel: to.channelId, rendered, files, nonce };
  try {
    return await api.createMessage({ ...created, replyTo: to.id });
  } catch (error) {
    if (!isReplyForbidden(error)) throw error;
    return api.createMessage(created);
  }
}
