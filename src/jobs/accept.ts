/** From a wish to a stored job: checked whole first, and never twice for one invocation. */
import { randomUUID } from 'node:crypto';
import { UserError } from '../errors.ts';
import type { Person, Place } from '../place.ts';
import type { GenerationRequest } from '../request.ts';
import { nextOfConsent } from '../voices/hear-consent.ts';
import type { EndedJob, Job } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { toNextJob } from './next-job.ts';
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

/**
 * Before the finished job is closed: found open after a crash, it gets its follower then. Resolves
 * with why there is none, where its model refuses what was said.
 */
export async function acceptNext(job: EndedJob, parts: JobParts): Promise<string | undefined> {
  if (job.state !== 'delivered') return undefined;
  const next = toNextJob(job) ?? (await nextOfConsent(job, parts));
  if (!next) return undefined;
  const { person, place } = job;
  try {
    await acceptWish({ ...next, person, place }, parts);
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

/** What is only shown again needs no model to agree. */
function prepare(request: GenerationRequest, { models }: JobParts): PreparedRequest {
  const isToldAgain = request.shows !== undefined || request.retells !== undefined;
  if (!isToldAgain) return prepareRequest(request, models);
  return { request, endpoint: request.model, notes: [] };
}
