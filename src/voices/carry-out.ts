/** Wishes about Easel's own voices, one line each: what to make, or what to say. */
import type { Outcome } from '../outcome.ts';
import type { PictureParts } from '../pictures/picture-parts.ts';
import type { Invocation } from '../platforms/platform.ts';
import { UserError } from '../errors.ts';
import type { VoicesPlan } from './plan.ts';

/** Throws `UserError` for what cannot be done, or not by this person, or not here. */
export async function carryOutVoicesPlan(
  plan: VoicesPlan,
  _invocation: Invocation,
  _parts: PictureParts,
): Promise<Outcome> {
  throw new UserError(`${plan.kind} comes next.`);
}
