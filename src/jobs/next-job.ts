/** What a finished job leads to without being asked again: its next step, or the wish it has heard. */
import { toNextId, toNextStep } from '../pictures/replay.ts';
import type { GenerationRequest } from '../request.ts';
import { toSpokenWish } from '../transcripts/spoken-wish.ts';
import type { JobIn } from './job.ts';

interface NextJob {
  readonly id: string;
  readonly invocationId: string;
  readonly request: GenerationRequest;
}

/** Quick to tell, without a look at the result. */
export function mayHaveNext({ steps = [], spoken, voice }: GenerationRequest): boolean {
  return steps.length > 0 || spoken !== undefined || voice?.role === 'consents';
}

export function toNextJob(job: JobIn<'delivered'>): NextJob | undefined {
  const request = toNextStep(job) ?? toSpokenWish(job);
  if (!request) return undefined;
  return { id: toNextId(job.id), invocationId: `${job.invocationId}>`, request };
}
