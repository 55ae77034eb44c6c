/** What a picture that somebody posted again still tells: by its bytes, or by the recipe in its file. */
import { UserError } from '../errors.ts';
import type { Message } from '../message.ts';
import type { Invocation } from '../platforms/platform.ts';
import type { AttachmentRef } from '../request.ts';
import type { PictureParts } from './picture-parts.ts';

export async function readForeign(
  _ref: AttachmentRef,
  _invocation: Invocation,
  _parts: PictureParts,
): Promise<Message> {
  throw new UserError('That picture is not one of Easel’s own, so nothing more is known of it.');
}
