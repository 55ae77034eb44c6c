/** Files that messages show, as references; of some Slack tells no more than an id at first. */
import type { AttachmentRef } from '../../request.ts';
import { readFile, toAttachmentRef, toOutsideRef, type SlackFile } from './attachments.ts';
import { isPicture, type MessagePicture } from './message-pictures.ts';
import { isRecording, isUnknown } from './message-recordings.ts';
import type { SlackParts } from './slack-parts.ts';

/** Throws `UserError` for a file that Easel may not read. */
export type TellFile = (file: SlackFile) => Promise<SlackFile>;

/** Asks about each file once, and again after a refusal: what Easel may read changes as it joins. */
export function createTellFile(parts: Pick<SlackParts, 'calls'>): TellFile {
  const known = new Map<string, SlackFile>();
  return async (file) => {
    if (!isUnknown(file)) return file;
    const told = known.get(file.id) ?? (await readFile(file, parts));
    known.set(file.id, told);
    return told;
  };
}

export async function toPictureRefs(
  pictures: readonly MessagePicture[],
  tell: TellFile,
): Promise<readonly AttachmentRef[]> {
  const refs: AttachmentRef[] = [];
  for (const picture of pictures) {
    if (picture.kind !== 'file') {
      refs.push(toOutsideRef(picture.url, picture.name));
      continue;
    }
    const file = await tell(picture.file);
    if (isPicture(file) && !isUnknown(file)) refs.push(toAttachmentRef(file));
  }
  return refs;
}

export async function toRecordingRefs(
  files: readonly SlackFile[],
  tell: TellFile,
): Promise<readonly AttachmentRef[]> {
  const refs: AttachmentRef[] = [];
  for (const one of files) {
    const file = await tell(one);
    if (isRecording(file)) refs.push(toAttachmentRef(file));
  }
  return refs;
}
