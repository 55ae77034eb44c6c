/** The recordings that a wish is about: those that came along, or those of the message that it means. */
import { UserError } from '../errors.ts';
import type { AnsweredMessage, Invocation } from '../platforms/platform.ts';
import type { PictureParts } from '../pictures/picture-parts.ts';
import type { AttachmentRef } from '../request.ts';
import type { MeantMessage } from './plan.ts';

const RECORDING = /^(?:audio|video)\//u;

/** By what its uploader claims: the bytes are looked at when they are fetched. */
export function isRecording({ claimedType }: AttachmentRef): boolean {
  return RECORDING.test(claimedType);
}

/** Without the options that they were given for: all of them are to be heard. */
export function toPlainFiles(files: readonly AttachmentRef[]): readonly AttachmentRef[] {
  return files.map(({ option: _option, ...file }) => file);
}

/** Throws `UserError` where there are none. */
export async function findRecordings(
  given: readonly AttachmentRef[],
  subject: MeantMessage,
  invocation: Invocation,
  parts: PictureParts,
): Promise<readonly AttachmentRef[]> {
  const stray = given.find((file) => !isRecording(file));
  if (stray) throw new UserError(`“${stray.fileName}” is no recording: attach sound or a film.`);
  if (given.length > 0) return toPlainFiles(given);
  const meant = await readMeant(subject, invocation, parts);
  if (meant && meant.recordings.length > 0) return meant.recordings;
  throw new UserError(
    meant
      ? 'There is no recording in that message.'
      : 'Which recording? Attach one, reply to one, or use “Transcribe” in a message’s menu.',
  );
}

/** The linked message, else the answered one. Throws `UserError` for what may not be seen. */
export async function readMeant(
  { link }: MeantMessage,
  invocation: Invocation,
  { platforms }: PictureParts,
): Promise<AnsweredMessage | undefined> {
  if (link === undefined) return invocation.readAnswered();
  const linked = await platforms.get(invocation.place.platform)?.readLinked(link, invocation);
  if (linked) return linked;
  throw new UserError('That is no link to a message here. Copy one from a message’s menu.');
}
