/** `response_url`: five answers within thirty minutes, without a token. */
import { z } from 'zod';
import { messageBlocks } from './block-limits.ts';
import type { EventSender } from './events.ts';
import type { Answer, Call, HttpRequest } from './http-door.ts';
import { SlackRefusal } from './method.ts';
import { editMessage, readContent, removeMessage } from './content.ts';
import {
  addEphemeral,
  addMessage,
  findMessage,
  identity,
  type ResponseUrl,
  type State,
} from './state.ts';

const answerSchema = z.strictObject({
  text: z.string().max(40_000).optional(),
  blocks: messageBlocks.optional(),
  response_type: z.enum(['ephemeral', 'in_channel']).optional(),
  replace_original: z.boolean().optional(),
  delete_original: z.boolean().optional(),
  thread_ts: z.string().optional(),
  mrkdwn: z.boolean().optional(),
  unfurl_links: z.boolean().optional(),
  unfurl_media: z.boolean().optional(),
  metadata: z.unknown().optional(),
});
type AnswerBody = z.infer<typeof answerSchema>;

export function createResponseUrl(
  state: State,
  from: Pick<ResponseUrl, 'channelId' | 'userId' | 'original'>,
): string {
  const id = state.nextId('response');
  state.responseUrls.set(id, { ...from, expiresAt: state.now() + 30 * 60_000, uses: 0 });
  return `http://${state.host}/response/${id}`;
}

export function toResponseUrlCall(
  parts: { readonly state: State; readonly events: EventSender },
  request: HttpRequest,
): Call {
  const id = request.url.pathname.slice('/response/'.length);
  const parsed = answerSchema.safeParse(parseJson(request.body.toString()));
  return {
    name: 'response_url',
    token: request.headers.authorization ?? '',
    args: parsed.success ? parsed.data : {},
    act() {
      const { violations, responseUrls } = parts.state;
      const target = responseUrls.get(id);
      if (target === undefined) return refuse('expired_url');
      if (target.expiresAt < parts.state.now()) return refuse('expired_url');
      if (target.uses === 5) return refuse('used_url');
      target.uses += 1;
      if (!parsed.success) {
        violations.push(`response_url: ${z.prettifyError(parsed.error)}`);
        return refuse('invalid_blocks');
      }
      return apply(parts, target, parsed.data);
    },
  };
}

function apply(
  parts: { readonly state: State; readonly events: EventSender },
  target: ResponseUrl,
  answer: AnswerBody,
): Answer {
  try {
    answerInPlace(parts, target, answer);
    return { status: 200, body: { ok: true } };
  } catch (error) {
    if (error instanceof SlackRefusal) return refuse(error.code);
    throw error;
  }
}

function answerInPlace(
  { state, events }: { readonly state: State; readonly events: EventSender },
  target: ResponseUrl,
  answer: AnswerBody,
): void {
  const original =
    target.original === undefined
      ? undefined
      : findMessage(state, target.channelId, target.original);
  if (answer.delete_original === true) {
    if (original === undefined) return;
    removeMessage(state, original);
    events.sendChange(original, 'message_deleted');
    return;
  }
  const content = readContent(state, answer, 'response_url');
  if (answer.replace_original === true && original !== undefined) {
    editMessage(state, original, content);
    events.sendChange(original, 'message_changed');
    return;
  }
  say({ state, events }, { ...target, by: 'response_url' }, { ...answer, ...content });
}

/** Says something to everybody (`in_channel`) or to one person; also for acknowledgements. */
export function say(
  { state, events }: { readonly state: State; readonly events: EventSender },
  to: Pick<ResponseUrl, 'channelId' | 'userId'> & {
    readonly by: 'response_url' | 'acknowledgement';
  },
  answer: Pick<AnswerBody, 'response_type' | 'thread_ts'> & ReturnType<typeof readContent>,
): void {
  const { text, blocks, thread_ts: threadTs } = answer;
  if (answer.response_type !== 'in_channel') {
    addEphemeral(state, {
      channelId: to.channelId,
      userId: to.userId,
      threadTs,
      text,
      blocks,
      by: to.by,
    });
    return;
  }
  const message = addMessage(state, {
    channelId: to.channelId,
    threadTs,
    userId: identity.botUserId,
    text,
    blocks,
  });
  events.sendMessageEvent(message);
}

function refuse(error: string): Answer {
  return { status: 404, body: { ok: false, error } };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
