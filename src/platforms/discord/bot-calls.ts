/** What the bot may do by itself. */
import { Routes, type REST, type RequestData } from 'discord.js';
import { z } from 'zod';
import {
  quiet,
  toEditBody,
  toVoiceForm,
  withFiles,
  type Content,
  type SpokenFile,
} from './request-body.ts';
import { isTransportTrouble } from './trouble.ts';
import { parseMessage, type SeenMessage } from './seen-message.ts';

/** Discord's maximum. */
const MESSAGES_PER_PAGE = 100;

const idSchema = z.object({ id: z.string() });

interface Creation {
  readonly channel: string;
  /** Discord makes no second message with the same nonce for some minutes. */
  readonly nonce: string;
}
type NewMessage = Creation &
  Pick<Content, 'rendered' | 'files'> & { readonly replyTo?: string | undefined };
type NewVoice = Creation & { readonly voice: SpokenFile };
interface MessageKey {
  readonly channel: string;
  readonly message: string;
}

export function botCalls(rest: REST) {
  return { ...messageCalls(rest), ...applicationCalls(rest) };
}

function messageCalls(rest: REST) {
  return {
    async createMessage({ channel, rendered, nonce, replyTo, files }: NewMessage): Promise<string> {
      const body = {
        ...quiet(rendered),
        ...once(nonce),
        ...(replyTo && { message_reference: { message_id: replyTo, fail_if_not_exists: false } }),
      };
      return create(rest, channel, await withFiles(body, { files }));
    },
    async createVoice({ channel, nonce, voice }: NewVoice): Promise<string> {
      const body = await toVoiceForm(once(nonce), voice);
      return create(rest, channel, { body, passThroughBody: true });
    },
    async editMessage(key: MessageKey, edit: Content): Promise<void> {
      await rest.patch(routeOf(key), await withFiles(toEditBody(edit), edit));
    },
    /** Only what the body names; the rest of the message stays. */
    async changeMessage(key: MessageKey, body: object): Promise<void> {
      await rest.patch(routeOf(key), { body });
    },
    async removeMessage(key: MessageKey): Promise<void> {
      await rest.delete(routeOf(key));
    },
    async readMessage(channel: string, message: string): Promise<SeenMessage> {
      return parseMessage(await rest.get(Routes.channelMessage(channel, message)));
    },
    /** At most a hundred, the oldest first that came after the given id. */
    async listMessages(channel: string, after: string): Promise<readonly SeenMessage[]> {
      const query = new URLSearchParams({ after, limit: String(MESSAGES_PER_PAGE) });
      const found = await rest.get(Routes.channelMessages(channel), { query });
      return z.array(z.unknown()).parse(found).map(parseMessage);
    },
  };
}

function applicationCalls(rest: REST) {
  return {
    async readApplicationId(): Promise<string> {
      return idSchema.parse(await rest.get(Routes.currentApplication())).id;
    },
    /** Replaces the whole list. */
    async writeCommands(applicationId: string, commands: readonly object[]): Promise<void> {
      await rest.put(Routes.applicationCommands(applicationId), { body: commands });
    },
  };
}

async function create(rest: REST, channel: string, request: RequestData): Promise<string> {
  const post = () => rest.post(Routes.channelMessages(channel), request);
  const created = await post().catch((error: unknown) => {
    // The answer got lost, perhaps not the message: its nonce makes a second one the same.
    if (!isTransportTrouble(error)) throw error;
    return post();
  });
  return idSchema.parse(created).id;
}

function once(nonce: string): { nonce: string; enforce_nonce: true } {
  return { nonce, enforce_nonce: true };
}

function routeOf({ channel, message }: MessageKey) {
  return Routes.channelMessage(channel, message);
}
