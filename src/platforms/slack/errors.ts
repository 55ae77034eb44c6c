/** What Slack's refusals mean, in one place. Recognised by class and code, never by wording. */
import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import { UpstreamError } from '../../errors.ts';

/** Slack's own trouble: the same call may go well a moment later. */
const PASSING = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
  'ratelimited',
  'rate_limited',
]);
/** Where the bot is not: in a channel it was not invited to, or in other people's conversation. */
const NOT_INSIDE = new Set(['not_in_channel', 'channel_not_found', 'user_not_in_channel']);
const UNSEEN = new Set(['missing_scope', 'thread_not_found', 'message_not_found']);
const CLOSED_FORM = new Set(['not_found', 'view_not_found']);
/** Codes of a token that will not work again by itself. */
const DEAD_TOKEN = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'user_removed_from_team',
  'team_disabled',
]);

/** What went wrong, worded for people; `cause` is the SDK's error. */
export function toUpstreamError(error: unknown): Error {
  if (error instanceof UpstreamError) return error;
  if (error instanceof WebAPIPlatformError) {
    const code = error.data.error;
    return new UpstreamError('slack', word(code, neededBy(error)), {
      retryable: PASSING.has(code),
      cause: error,
    });
  }
  if (isUnreachable(error) || error instanceof WebAPIRateLimitedError) {
    return new UpstreamError('slack', 'Slack could not be reached; try again in a minute.', {
      retryable: true,
      cause: error,
    });
  }
  return error instanceof Error ? error : new Error('Slack failed', { cause: error });
}

/** Slack's code, such as `not_in_channel`, of an error or of what caused it. */
export function codeOf(error: unknown): string | undefined {
  const source = error instanceof UpstreamError ? error.cause : error;
  return source instanceof WebAPIPlatformError ? source.data.error : undefined;
}

export function isNotInside(error: unknown): boolean {
  return NOT_INSIDE.has(codeOf(error) ?? '');
}

/** Not there, or not for Easel's eyes. */
export function isUnseen(error: unknown): boolean {
  return isNotInside(error) || UNSEEN.has(codeOf(error) ?? '');
}

/** The person closed the form meanwhile. */
export function isFormClosed(error: unknown): boolean {
  return CLOSED_FORM.has(codeOf(error) ?? '');
}

export function isDeadToken(error: unknown): boolean {
  return DEAD_TOKEN.has(codeOf(error) ?? '');
}

/** True where nobody knows whether Slack did what it was asked to. */
export function isUncertain(error: unknown): boolean {
  return isUnreachable(error) || PASSING.has(codeOf(error) ?? '');
}

export function isRateLimited(error: unknown): boolean {
  const source = error instanceof UpstreamError ? error.cause : error;
  return source instanceof WebAPIRateLimitedError;
}

function isUnreachable(error: unknown): boolean {
  const source = error instanceof UpstreamError ? error.cause : error;
  return source instanceof WebAPIRequestError || source instanceof WebAPIHTTPError;
}

function word(code: string, needed: string): string {
  if (code === 'missing_scope') {
    return `Easel’s Slack app lacks the permission ${needed}: update it from the manifest (npm run slack:manifest) and install it again.`;
  }
  if (DEAD_TOKEN.has(code)) {
    return `Slack refuses Easel’s token (${code}): set a fresh one and start again.`;
  }
  if (NOT_INSIDE.has(code)) return 'Easel is not in this channel.';
  return WORDS[code] ?? `Slack refused: ${code}.`;
}

const WORDS: Readonly<Record<string, string>> = {
  is_archived: 'This channel is archived, so nothing can be posted to it.',
  restricted_action: 'The workspace does not let Easel post here.',
  posting_to_channel_denied: 'The workspace does not let Easel post here.',
  messages_tab_disabled: 'Direct messages to Easel are switched off in its Slack app.',
  restricted_action_thread_locked: 'This thread is locked.',
  thread_not_found: 'The thread is gone.',
  message_not_found: 'The status message is gone.',
  cant_update_message: 'The status message cannot be edited.',
  edit_window_closed: 'The workspace does not allow edits this late.',
  storage_limit_reached: 'The workspace’s file storage is full.',
  file_uploads_disabled: 'The workspace does not allow file uploads.',
  file_uploads_except_images_disabled: 'The workspace allows uploads of pictures only.',
  file_type_not_allowed: 'The workspace does not allow files of this type.',
  file_upload_size_restricted: 'The file is larger than the workspace allows.',
  expired_trigger_id: 'Slack waited too long for the form; try again.',
  exchanged_trigger_id: 'Slack has opened this form already.',
};

function neededBy({ data }: WebAPIPlatformError): string {
  return 'needed' in data ? String(data.needed) : 'that this takes';
}
