/** What a wish is about, as far as Slack tells at once. */
import type { SlackFile } from './attachments.ts';
import { filesIn, picturesIn, type MessagePicture, type SlackMessage } from './message-pictures.ts';
import { mayBeRecording } from './message-recordings.ts';
import { textOf } from './message-text.ts';
import type { Bot } from './slack-parts.ts';

export type About =
  | { readonly kind: 'nothing' }
  /** Whatever was shown last in its thread. */
  | { readonly kind: 'thread'; readonly before: string | undefined }
  | AboutMessage;

export interface AboutMessage {
  readonly kind: 'message';
  readonly ts: string;
  /** Easel posted it: one of its cards stands for what was posted below it. */
  readonly isOwn: boolean;
  readonly pictures: readonly MessagePicture[];
  /** Some perhaps are none, and known by no more than their id. */
  readonly recordings: readonly SlackFile[];
  /** Undefined where it has to be read again. */
  readonly text: string | undefined;
}

export function aboutMessage(message: SlackMessage, channel: string, bot: Bot): AboutMessage {
  return {
    kind: 'message',
    ts: message.ts,
    isOwn: isByEasel(message, bot),
    pictures: picturesIn(message, channel),
    recordings: filesIn(message, channel).filter(mayBeRecording),
    text: textOf(message, channel, bot.userId),
  };
}

export function isByEasel({ user, bot_id: botId }: SlackMessage, bot: Bot): boolean {
  return user === bot.userId || botId === bot.botId;
}
