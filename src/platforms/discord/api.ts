/**
 * The calls that Easel makes to Discord, all of them. Whatever is written here mentions nobody:
 * Discord's defaults for an absent `allowed_mentions` ping, on edits too.
 */
import { openAsBlob } from 'node:fs';
import {
  InteractionResponseType,
  MessageFlags,
  REST,
  Routes,
  type APIApplicationCommandOptionChoice,
} from 'discord.js';
import { z } from 'zod';
import type { DeliverableFile } from '../platform.ts';
import type { Rendered } from './render.ts';

/** Discord takes an acknowledgement for 3 seconds only. */
const ACKNOWLEDGE_WITHIN_MS = 3000;
/** Discord's maximum. */
const MESSAGES_PER_PAGE = 100;
const ALT_TEXT_LENGTH = 1024;
/** What Discord describes to people who do not see it. */
const SEEN = /^(?:image|video)\//u;
/** Hides a file where `is_spoiler`, which is newer, is not known. */
export const SPOILER_PREFIX = 'SPOILER_';

const idSchema = z.object({ id: z.string() });
const callbackSchema = z.object({
  interaction: z.object({ response_message_id: z.string().nullish() }),
});
const messageSchema = z.object({
  id: z.string(),
  author: z.object({ id: z.string() }),
  content: z.string(),
  attachments: z.array(z.object({ id: z.string(), filename: z.string(), url: z.string() })),
});
export type FoundMessage = z.infer<typeof messageSchema>;

interface NewMessage {
  readonly channel: string;
  readonly rendered: Rendered;
  /** Discord makes no second message with the same nonce for some minutes. */
  readonly nonce: string;
  readonly replyTo?: string;
  readonly files?: readonly DeliverableFile[];
}
export interface InteractionKey {
  readonly id: string;
  readonly token: string;
}
export interface ResponseKey {
  readonly applicationId: string;
  readonly token: string;
}
/** The message that an interaction opened, or whose button was pressed. */
export const RESPONSE = '@original';
type Deferral = 'reply' | 'update';

export type DiscordApi = ReturnType<typeof createDiscordApi>;

/** `rest` carries the bot's token. */
export function createDiscordApi(rest: REST) {
  const { api } = rest.options;
  /** Never repeats by itself: a repeated callback is refused as somebody else's. */
  const callbacks = new REST({ api, retries: 0, timeout: ACKNOWLEDGE_WITHIN_MS });
  return { ...callbackCalls(callbacks), ...responseCalls(rest), ...botCalls(rest) };
}

/** The first answer to an interaction. */
function callbackCalls(rest: REST) {
  return {
    /** The id of the message that was opened, where Discord tells it. */
    async defer({ id, token }: InteractionKey, kind: Deferral): Promise<string | undefined> {
      const body =
        kind === 'reply'
          ? { type: InteractionResponseType.DeferredChannelMessageWithSource, data: { flags: 0 } }
          : { type: InteractionResponseType.DeferredMessageUpdate };
      const answer = await rest.post(Routes.interactionCallback(id, token), {
        auth: false,
        body,
        query: new URLSearchParams({ with_response: 'true' }),
      });
      return callbackSchema.parse(answer).interaction.response_message_id ?? undefined;
    },
    async respondPrivately({ id, token }: InteractionKey, rendered: Rendered): Promise<void> {
      const body = {
        type: InteractionResponseType.ChannelMessageWithSource,
        data: quiet(rendered, MessageFlags.Ephemeral),
      };
      await rest.post(Routes.interactionCallback(id, token), { auth: false, body });
    },
    async suggest(
      { id, token }: InteractionKey,
      choices: readonly APIApplicationCommandOptionChoice<string>[],
    ): Promise<void> {
      const type = InteractionResponseType.ApplicationCommandAutocompleteResult;
      const body = { type, data: { choices } };
      await rest.post(Routes.interactionCallback(id, token), { auth: false, body });
    },
  };
}

/** What an interaction's token opens for its 15 minutes; no other key is needed. */
function responseCalls(rest: REST) {
  return {
    async followUpPrivately(key: ResponseKey, rendered: Rendered): Promise<void> {
      const body = quiet(rendered, MessageFlags.Ephemeral);
      await rest.post(Routes.webhook(key.applicationId, key.token), { auth: false, body });
    },
    async followUp(key: ResponseKey, rendered: Rendered): Promise<string> {
      const route = Routes.webhook(key.applicationId, key.token);
      return idSchema.parse(await rest.post(route, { auth: false, body: quiet(rendered) })).id;
    },
    async readResponseId({ applicationId, token }: ResponseKey): Promise<string> {
      const route = Routes.webhookMessage(applicationId, token, RESPONSE);
      return idSchema.parse(await rest.get(route, { auth: false })).id;
    },
    async editResponse(key: ResponseKey & { message: string }, edit: Edit): Promise<void> {
      const route = Routes.webhookMessage(key.applicationId, key.token, key.message);
      const request = await withFiles(quiet(edit.rendered), edit.files);
      await rest.patch(route, { auth: false, ...request });
    },
  };
}

/** What the bot may do by itself. */
function botCalls(rest: REST) {
  return {
    async createMessage({ channel, rendered, nonce, replyTo, files }: NewMessage): Promise<string> {
      const body = {
        ...quiet(rendered),
        nonce,
        enforce_nonce: true,
        ...(replyTo && { message_reference: { message_id: replyTo, fail_if_not_exists: false } }),
      };
      const route = Routes.channelMessages(channel);
      return idSchema.parse(await rest.post(route, await withFiles(body, files))).id;
    },
    async editMessage(key: { channel: string; message: string }, edit: Edit): Promise<void> {
      const route = Routes.channelMessage(key.channel, key.message);
      await rest.patch(route, await withFiles(quiet(edit.rendered), edit.files));
    },
    async readMessage(channel: string, message: string): Promise<FoundMessage> {
      return messageSchema.parse(await rest.get(Routes.channelMessage(channel, message)));
    },
    /** At most a hundred, the oldest first that came after the given id. */
    async listMessages(channel: string, after: string): Promise<readonly FoundMessage[]> {
      const query = new URLSearchParams({ after, limit: String(MESSAGES_PER_PAGE) });
      const found = await rest.get(Routes.channelMessages(channel), { query });
      return z.array(messageSchema).parse(found);
    },
    async readApplicationId(): Promise<string> {
      return idSchema.parse(await rest.get(Routes.currentApplication())).id;
    },
    /** Replaces the whole list. */
    async writeCommands(applicationId: string, commands: readonly object[]): Promise<void> {
      await rest.put(Routes.applicationCommands(applicationId), { body: commands });
    },
  };
}

export interface Edit {
  readonly rendered: Rendered;
  /** Replace the files that the message has; without them, those stay. */
  readonly files?: readonly DeliverableFile[];
}

/** No pings, and no previews of addresses in somebody's prompt. */
function quiet({ content, components }: Rendered, flags = 0): Record<string, unknown> {
  return {
    content,
    components,
    flags: flags | MessageFlags.SuppressEmbeds,
    allowed_mentions: { parse: [], replied_user: false },
  };
}

/**
 * The form is our own: discord.js would want each file as one buffer in memory, whereas a blob of a
 * file is read from the disk while it is sent, and anew when the request is repeated.
 */
async function withFiles(
  body: Record<string, unknown>,
  files: readonly DeliverableFile[] | undefined,
): Promise<{ body: Record<string, unknown> | FormData; passThroughBody?: true }> {
  if (files === undefined) return { body };
  const attachments = files.map((file, id) => ({
    id,
    filename: toPostedName(file),
    ...(file.isSpoiler && { is_spoiler: true }),
    ...describe(file),
  }));
  const form = new FormData();
  for (const [at, file] of files.entries()) {
    const blob = await openAsBlob(file.path, { type: file.contentType });
    form.append(`files[${at}]`, blob, toPostedName(file));
  }
  form.append('payload_json', JSON.stringify({ ...body, attachments }));
  return { body: form, passThroughBody: true };
}

function toPostedName({ fileName, isSpoiler }: DeliverableFile): string {
  return isSpoiler ? `${SPOILER_PREFIX}${fileName}` : fileName;
}

function describe({ altText, contentType }: DeliverableFile): { description?: string } {
  if (altText === '' || !SEEN.test(contentType)) return {};
  return { description: Array.from(altText).slice(0, ALT_TEXT_LENGTH).join('') };
}
