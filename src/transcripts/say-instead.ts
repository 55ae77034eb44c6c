/** What was understood was wrong: the same wish once more, in the right words. */
import { UserError } from '../errors.ts';
import { cancelOpen } from '../jobs/orders.ts';
import { toNextId } from '../pictures/replay.ts';
import type { Outcome } from '../outcome.ts';
import type { Invocation } from '../platforms/platform.ts';
import { readResult } from '../pictures/find-subject.ts';
import type { PictureParts } from '../pictures/picture-parts.ts';

/** What is under way in the wrong words is stopped. Throws `UserError` for whoever did not say it. */
export async function sayInstead(
  { job: id, prompt }: { job: string; prompt: string },
  invocation: Invocation,
  parts: PictureParts,
): Promise<Outcome> {
  const { request, person } = await readResult(id, invocation, parts);
  if (!request.spoken) throw new UserError('That was no wish, so there is nothing to do over.');
  if (person.id !== invocation.person.id) {
    throw new UserError('Only the person who said it can correct it.');
  }
  await cancelOpen(toNextId(id), parts);
  return { kind: 'make', request: { ...request.spoken, prompt } };
}
