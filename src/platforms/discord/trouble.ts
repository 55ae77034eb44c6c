/** Discord's refusals, worded for people. */
import { DiscordAPIError, HTTPError, RESTJSONErrorCodes } from 'discord.js';
import { UpstreamError } from '../../errors.ts';
import { NotOursError } from '../platform.ts';

/** Where the same error means that the interaction's token is over. */
const TOKEN_OVER: ReadonlySet<unknown> = new Set([
  RESTJSONErrorCodes.InvalidWebhookToken,
  RESTJSONErrorCodes.UnknownWebhook,
]);
/** Where the 3 seconds for the first answer are over, or another process has given it. */
const ANSWER_OVER: ReadonlySet<unknown> = new Set([
  RESTJSONErrorCodes.UnknownInteraction,
  RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged,
]);
const FORBIDDEN: ReadonlySet<unknown> = new Set([
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.MissingPermissions,
]);
/** Where a sound may not be a voice message, or is none that Discord takes. */
const VOICE_REFUSED: ReadonlySet<unknown> = new Set([
  RESTJSONErrorCodes.VoiceMessagesDoNotSupportAdditionalContent,
  RESTJSONErrorCodes.VoiceMessagesMustHaveASingleAudioAttachment,
  RESTJSONErrorCodes.VoiceMessagesMustHaveSupportingMetadata,
  RESTJSONErrorCodes.YouCannotSendVoiceMessagesInThisChannel,
  RESTJSONErrorCodes.ProvidedFileDoesNotHaveAValidDuration,
  RESTJSONErrorCodes.InvalidFormBodyOrContentType,
]);
const GONE: ReadonlySet<unknown> = new Set([
  RESTJSONErrorCodes.UnknownMessage,
  RESTJSONErrorCodes.UnknownChannel,
]);
/** Discord's limit on edits of messages older than an hour; passes. */
const OLD_MESSAGE_EDITS = 30046;
const OVERLOADED = 130000;
const ARCHIVED_THREAD = 50083;
const PASSING: ReadonlySet<unknown> = new Set([OLD_MESSAGE_EDITS, OVERLOADED]);

const CONNECTION_CODE = /^(?:UND_ERR_|ECONN|ENOTFOUND|EAI_|EPIPE|ETIMEDOUT|EHOST|ENET)/u;

const WORDING: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  [RESTJSONErrorCodes.UnknownChannel, 'this channel no longer exists'],
  [RESTJSONErrorCodes.UnknownMessage, 'the message was deleted'],
  [RESTJSONErrorCodes.UnknownInteraction, 'the command was answered too late; please try again'],
  [RESTJSONErrorCodes.InvalidWebhookToken, 'the 15 minutes for answering a command are over'],
  [RESTJSONErrorCodes.UnknownWebhook, 'the 15 minutes for answering a command are over'],
  [
    RESTJSONErrorCodes.MissingAccess,
    'Easel cannot see this channel; add it, or ask a moderator to',
  ],
  [
    RESTJSONErrorCodes.MissingPermissions,
    'Easel needs the permissions View Channel, Send Messages (and Send Messages in Threads) and Attach Files here',
  ],
  [OLD_MESSAGE_EDITS, 'too many older messages were changed here at once; please try again'],
  [ARCHIVED_THREAD, 'this thread is archived; write in it to open it again'],
  [RESTJSONErrorCodes.CannotSendMessagesToThisUser, 'you do not take messages from Easel'],
  [RESTJSONErrorCodes.RequestEntityTooLarge, 'the files are too large for this channel'],
  [
    RESTJSONErrorCodes.ExplicitContentCannotBeSentToTheDesiredRecipient,
    'Discord holds the picture to be explicit',
  ],
  [
    RESTJSONErrorCodes.MessageWasBlockedByAutomaticModeration,
    "this server's AutoMod blocked the message",
  ],
]);

/** Discord's own code of a refusal; undefined for any other trouble. */
export function refusalCode(error: unknown): number | string | undefined {
  return error instanceof DiscordAPIError ? error.code : undefined;
}

export function isTokenOver(error: unknown): boolean {
  return TOKEN_OVER.has(refusalCode(error));
}

export function isAnswerOver(error: unknown): boolean {
  return ANSWER_OVER.has(refusalCode(error));
}

/** Where a message, or the channel that it was in, is there no more. */
export function isGone(error: unknown): boolean {
  return GONE.has(refusalCode(error));
}

export function isForbidden(error: unknown): boolean {
  return FORBIDDEN.has(refusalCode(error));
}

/** The same sound may still go as a file. */
export function isVoiceRefused(error: unknown): boolean {
  return VOICE_REFUSED.has(refusalCode(error)) || isForbidden(error);
}

/** Nothing of a voice message can be changed once it is posted. */
export function isUnchangeable(error: unknown): boolean {
  return refusalCode(error) === RESTJSONErrorCodes.VoiceMessagesCannotBeEdited;
}

export function isReplyForbidden(error: unknown): boolean {
  const code = refusalCode(error);
  return code === RESTJSONErrorCodes.CannotReplyWithoutPermissionToReadMessageHistory;
}

/** Does `work`; what goes wrong in Discord leaves as one of the errors that the core knows. */
export async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explain(error);
  }
}

function explain(error: unknown): unknown {
  if (error instanceof DiscordAPIError) return explainRefusal(error);
  if (error instanceof HTTPError || isTransportTrouble(error)) {
    return new UpstreamError('Discord', 'Discord did not answer. Please try again in a moment.', {
      retryable: true,
      cause: withoutSecrets(error),
    });
  }
  return error;
}

function explainRefusal(error: DiscordAPIError): Error {
  const cause = withoutSecrets(error);
  if (error.code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged) {
    return new NotOursError('another process has answered this interaction', { cause });
  }
  const reason = WORDING.get(error.code) ?? `it answered “${error.message.slice(0, 200)}”`;
  return new UpstreamError('Discord', `Discord refused: ${reason}.`, {
    retryable: PASSING.has(error.code) || error.status === 429,
    cause,
  });
}

/** A timeout is an AbortError; a broken connection has one of the codes of Node or of undici. */
export function isTransportTrouble(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return error.name === 'AbortError' || CONNECTION_CODE.test(code);
}

/** Discord's errors carry the request's address, which holds a token, and its files. */
function withoutSecrets(error: Error): Error {
  const safe = new Error(error.message);
  safe.name = error.name;
  if (error.stack !== undefined) safe.stack = error.stack;
  return safe;
}
