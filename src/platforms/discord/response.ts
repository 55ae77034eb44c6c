/** Opens the status message of what somebody asked for by an interaction. */
import { MessageFlags, type BaseInteraction, type Message as DiscordMessage } from 'discord.js';
import type { Message } from '../../message.ts';
import type { StatusMessage } from '../platform.ts';
import { openReply } from './answer.ts';
import type { DiscordApi } from './api.ts';
import type { InteractionKey } from './callback-calls.ts';
import type { DiscordParts } from './discord-parts.ts';
import { reachOf, responseRef } from './interaction-parts.ts';
import { toNonce } from './nonce.ts';
import { botRef } from './ref-details.ts';
import { render } from './render.ts';
import { RESPONSE, type ResponseKey } from './response-calls.ts';
import { openStatusMessage } from './status-message.ts';
import { explained, isForbidden, refusalCode } from './trouble.ts';

/** As the first answer to the interaction. */
export async function respond(
  interaction: BaseInteraction,
  message: Message,
  parts: DiscordParts,
): Promise<StatusMessage> {
  const id = await explained(() => openResponse(interaction, parts.api));
  const status = openStatusMessage(responseRef(interaction, id), parts);
  await say(status, message, parts);
  return status;
}

/**
 * In answer to the message whose button was pressed, once the press is confirmed: that message is
 * somebody's result and stays as it is.
 */
export async function respondBelow(
  interaction: BaseInteraction,
  pressed: DiscordMessage,
  { message, parts }: { message: Message; parts: DiscordParts },
): Promise<StatusMessage> {
  const posted = await postBelow(interaction, pressed, { message, parts });
  if (posted !== undefined) {
    const ref = botRef(interaction.guildId ?? '@me', pressed.channelId, posted);
    return openStatusMessage(ref, parts);
  }
  const id = await explained(() => parts.api.followUp(interaction, render(message)));
  return openStatusMessage(responseRef(interaction, id, id), parts);
}

/** Undefined where the bot may not post by itself. */
async function postBelow(
  interaction: BaseInteraction,
  { id, channelId, flags }: DiscordMessage,
  { message, parts }: { message: Message; parts: DiscordParts },
): Promise<string | undefined> {
  if (reachOf(interaction) !== 'posts') return undefined;
  const { api, log } = parts;
  const nonce = toNonce('press', interaction.id);
  // Nobody but one person sees an ephemeral message, so that none can answer it.
  const isPrivate = flags.has(MessageFlags.Ephemeral);
  try {
    if (!isPrivate) return await openReply({ id, channelId }, { status: message, nonce }, api);
    return await api.createMessage({ channel: channelId, rendered: render(message), nonce });
  } catch (error) {
    if (!isForbidden(error)) return explained(() => Promise.reject(error));
    log.debug({ channel: channelId }, 'posting was forbidden; responding instead');
    return undefined;
  }
}

/** Discord's answer can get lost after the callback counted: then the response exists. */
async function openResponse(key: InteractionKey & ResponseKey, api: DiscordApi): Promise<string> {
  try {
    return (await api.defer(key, 'reply')) ?? (await readResponseId(key, api));
  } catch (error) {
    if (refusalCode(error) !== undefined) throw error;
  }
  const opened = await findResponse(key, api);
  return opened ?? (await api.defer(key, 'reply')) ?? (await readResponseId(key, api));
}

async function findResponse(key: ResponseKey, api: DiscordApi): Promise<string | undefined> {
  try {
    return await readResponseId(key, api);
  } catch (error) {
    if (refusalCode(error) === undefined) throw error;
    return undefined;
  }
}

async function readResponseId(key: ResponseKey, api: DiscordApi): Promise<string> {
  const { applicationId, token } = key;
  return (await api.readResponse({ applicationId, token, message: RESPONSE })).id;
}

/** The message is there already: a first text that does not get through is made good by the next. */
async function say(status: StatusMessage, message: Message, { log }: DiscordParts): Promise<void> {
  try {
    await status.update(message);
  } catch (error) {
    log.warn({ error }, 'the first text of a status message did not get through');
  }
}
