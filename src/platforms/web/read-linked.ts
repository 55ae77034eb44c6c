/** What is behind a link to a message of this chat. */
import { UserError } from '../../errors.ts';
import type { AnsweredMessage } from '../platform.ts';
import type { Conversation } from './conversation.ts';
import { parseMessageLink } from './message-link.ts';
import { toAnswered } from './quote.ts';

/** Undefined for what is no link to a message here. Throws `UserError` for one that is gone. */
export async function readLinked(
  link: string,
  conversation: Conversation,
  allowedHosts: readonly string[],
): Promise<AnsweredMessage | undefined> {
  const id = parseMessageLink(link, allowedHosts);
  if (id === undefined) return undefined;
  const message = await conversation.read(id);
  if (!message) throw new UserError('The message behind that link is no longer here.');
  return toAnswered(message);
}
