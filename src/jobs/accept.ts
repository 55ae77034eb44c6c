/** From a wish to a stored job: checked whole first, and never twice for one invocation. */
import { randomUUID } from 'node:crypto';
import type { Person, Place } from '../place.ts';
import { toNextJob } from '../pictures/replay.ts';
import type { GenerationRequest } from '../request.ts';
import { nextOfConsent } from '../voices/hear-consent.ts';
import type { EndedJob, Job } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { prepareRequest, type PreparedRequest } from './prepare-request.ts';

export interface Wish {
  readonly id?: string;
  readonly invocationId: string;
  readonly person: Person;
  readonly place: Place;
  readonly request: GenerationRequest;
}

/** Undefined where this invocation's job is known already. Throws `UserError` for what fal would refuse. */
export async function acceptWish(wish: Wish, parts: JobParts): Promise<Job | undefined> {
  const { id = randomUUID(), invocationId, person, place } = wish;
  return parts.store.jobs.accept({
    id,
    parent: undefined,
    status: undefined,
    invocationId,
    person,
    place,
    ...prepare(wish.request, parts),
    acceptedAt: parts.clock.now(),
  });
}

/** Before the finished step is closed: found open after a crash, it gets its follower then. */
export async function acceptNext(job: EndedJob, parts: JobParts): Promise<void> {
  if (job.state !== 'delivered') return;
  const next = toNextJob(job) ?? (await nextOfConsent(job, parts));
  if (!next) return;
  const { person, place } = job;
  const { id, invocationId, request } = next;
  await acceptWish({ id, invocationId, person, place, request }, parts);
}

/** What is only shown again needs no model to agree. */
function prepare(request: GenerationRequest, { models }: JobParts): PreparedRequest {
  if (request.shows === undefined) return prepareRequest(request, models);
  return { request, endpoint: request.model, notes: [] };
}
