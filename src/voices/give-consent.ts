/** A recording in which somebody reads out what Easel asked for. */
import type { Outcome } from '../outcome.ts';
import type { Invocation } from '../platforms/platform.ts';
import type { PictureParts } from '../pictures/picture-parts.ts';
import type { AttachmentRef } from '../request.ts';

/** Undefined where nobody is waiting for such a recording of this person here. */
export async function toConsent(
  _recordings: readonly AttachmentRef[],
  _invocation: Invocation,
  _parts: PictureParts,
): Promise<Outcome | undefined> {
  return undefined;
}
