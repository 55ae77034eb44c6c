/**
 * The message of a job. A response to an interaction is edited with the interaction's token while
 * that lives, and as the bot from then on, before Discord voids it.
 */
import { UpstreamError } from '../../errors.ts';
import type { MessageRef } from '../../message.ts';
import type { FileLimits, StatusMessage } from '../platform.ts';
import { RESPONSE, type Edit } from './api.ts';
import { deliver } from './deliver.ts';
import type { DiscordParts } from './discord-parts.ts';
import { parseRefDetails, type RefDetails } from './ref-details.ts';
import { render } from './render.ts';
import { explained, isTokenOver } from './trouble.ts';

const MEBIBYTE = 1024 * 1024;
/** Discord's limit for a file of a bot. */
const FILE_LIMIT = 10 * MEBIBYTE;
/** Discord's limit for a request that sends a message, less room for what is not a file. */
const REQUEST_LIMIT = 25 * MEBIBYTE - 64 * 1024;
const FILES_PER_MESSAGE = 10;
/** The bot takes over this long before the token ends. */
const HANDOVER_MS = 60_000;

export function openStatusMessage(ref: MessageRef, parts: DiscordParts): StatusMessage {
  const details = parseRefDetails(ref);
  const fileLimits = limitsOf(details);
  const edit = createEditor(ref, details, parts);
  return {
    ref,
    fileLimits,
    reachableUntil: isTokenOnly(details) ? details.expiresAt : undefined,
    update: (message) => explained(() => edit({ rendered: render(message) })),
    deliver: (delivery) =>
      explained(() => deliver(delivery, { ref, details, fileLimits, edit, ...parts })),
  };
}

/** Where the bot is no member, the interaction's token is the only way in. */
function isTokenOnly(details: RefDetails): details is Extract<RefDetails, { via: 'interaction' }> {
  return details.via === 'interaction' && details.reach === 'absent';
}

/** A regular message has the bot's limit, however much the person's own subscription allows. */
function limitsOf(details: RefDetails): FileLimits {
  const isResponse = details.via === 'interaction' && details.reach !== 'posts';
  const granted = details.via === 'interaction' ? details.fileLimit : FILE_LIMIT;
  const bytesPerFile = isResponse ? granted : Math.min(granted, FILE_LIMIT);
  return {
    bytesPerFile: Math.min(bytesPerFile, REQUEST_LIMIT),
    bytesPerMessage: REQUEST_LIMIT,
    filesPerMessage: FILES_PER_MESSAGE,
  };
}

function createEditor(
  ref: MessageRef,
  details: RefDetails,
  { api, clock, log }: DiscordParts,
): (edit: Edit) => Promise<void> {
  const { channel, id: message } = ref;
  const editAsBot = (edit: Edit): Promise<void> => api.editMessage({ channel, message }, edit);
  if (details.via === 'bot') return editAsBot;

  const { applicationId, token, reach, expiresAt } = details;
  let tokenEndsAt = expiresAt.getTime() - (reach === 'absent' ? 0 : HANDOVER_MS);

  /** False when the token turned out to be over. */
  async function editByToken(edit: Edit): Promise<boolean> {
    try {
      await api.editResponse({ applicationId, token, message: RESPONSE }, edit);
      return true;
    } catch (error) {
      if (!isTokenOver(error)) throw error;
      log.debug({ message }, 'an interaction token ended early');
      tokenEndsAt = 0;
      return false;
    }
  }

  return async (edit) => {
    const isTokenAlive = clock.now().getTime() < tokenEndsAt;
    if (isTokenAlive && (await editByToken(edit))) return;
    if (reach === 'absent') throw outOfReach();
    await editAsBot(edit);
  };
}

function outOfReach(): UpstreamError {
  return new UpstreamError(
    'Discord',
    'Discord lets Easel answer for 15 minutes only where it is not a member, and they are over.',
    { retryable: false },
  );
}
