/** A wish that was spoken: what is done once its words are known. */
import type { JobIn } from '../jobs/job.ts';
import type { GenerationRequest } from '../request.ts';

/** Undefined where nothing was to be done with the words, or nothing was said. */
export function toSpokenWish({
  request: { spoken },
  result,
}: JobIn<'delivered'>): GenerationRequest | undefined {
  const words = result.text?.trim() ?? '';
  return spoken && words !== '' ? { ...spoken, prompt: words } : undefined;
}
