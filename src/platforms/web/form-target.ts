/** What a form is about beyond its options: a pressed button, or a message that is answered. */
import { UserError } from '../../errors.ts';
import { numberOption } from '../../pictures/subject-options.ts';
import type { Command } from '../../command.ts';
import { SOME_PICTURE, type AttachmentRef } from '../../request.ts';
import type { Conversation } from './conversation.ts';
import { picturesOf, toAnswered } from './quote.ts';
import type { StoredMessage } from './stored-message.ts';

export interface FormTarget {
  /** What the pressed button is about; undefined where no button opened the form. */
  readonly job: string | undefined;
  /** The message with that button, or else the one that is answered. */
  readonly message: StoredMessage | undefined;
}

/** The message that is answered. Throws `UserError` where it has gone meanwhile. */
export async function readAnswered(
  reply: string | undefined,
  conversation: Conversation,
): Promise<StoredMessage | undefined> {
  if (reply === undefined) return undefined;
  const message = await conversation.read(reply);
  if (message) return message;
  throw new UserError('The message that you answer is no longer here.');
}

/** The options that a form shows; undefined where that is all of them. */
export function askedOptions(
  { asks, options }: Command,
  { job, message }: FormTarget,
): readonly string[] | undefined {
  if (job === undefined || !asks) return undefined;
  const isOne = /\.\d+$/u.test(job) || (message !== undefined && picturesOf(message).length < 2);
  // Where there is one picture, nobody need say which.
  return asks.options.filter((name) => !isOne || options[name] !== numberOption);
}

/** What a form's wish works from beside the files in it, as far as that is known. */
export function mentionPicture(
  { job, message }: FormTarget,
  isPictureNeeded: boolean,
): readonly AttachmentRef[] {
  const [first] = message ? toAnswered(message).files : [];
  if (first) return [first];
  return job !== undefined || isPictureNeeded ? [SOME_PICTURE] : [];
}
