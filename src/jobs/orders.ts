/** What people may order about a job that exists: stop it, or send it again. */
import { UserError } from '../errors.ts';
import type { Invocation } from '../platforms/platform.ts';
import type { Job } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { cancellingMessage } from './messages.ts';
import { showProgress } from './status.ts';

/** Throws `UserError` where there is nothing to stop, or somebody else's. */
export async function cancelJob(
  id: string | undefined,
  invocation: Invocation,
  parts: JobParts,
): Promise<Job> {
  const job = await findOwn(id, invocation, parts);
  if (job.state === 'finished' || job.state === 'fetched') {
    throw new UserError('It is made already, and about to be posted.');
  }
  return cancel(job, parts);
}

/** Each part of a job that makes several is a request of its own at fal. */
async function cancel(job: Job, parts: JobParts): Promise<Job> {
  const { jobs } = parts.store;
  await jobs.amend(job.id, { cancelRequestedAt: parts.clock.now() });
  const cancelled = await jobs.advance(job.id, 'accepted', { state: 'cancelled' });
  if (cancelled) return cancelled;
  const current = (await jobs.read(job.id)) ?? job;
  if (current.state === 'submitted') {
    showProgress(current, cancellingMessage(current), parts);
    const { endpoint, requestId } = current;
    await parts.queue.cancel({ endpoint, requestId });
  }
  if (current.state === 'gathering') {
    showProgress(current, cancellingMessage(current), parts);
    await Promise.all(current.parts.map((id) => cancelPart(id, parts)));
  }
  return current;
}

/** Stops a job of Easel's own accord; one that is over, or about to be, stays as it is. */
export async function cancelOpen(id: string, parts: JobParts): Promise<void> {
  const job = await parts.store.jobs.read(id);
  const isMade = job?.state === 'finished' || job?.state === 'fetched';
  if (job && job.closedAt === undefined && !isMade) await cancel(job, parts);
}

async function cancelPart(id: string, parts: JobParts): Promise<void> {
  const part = await parts.store.jobs.read(id);
  if (part && part.closedAt === undefined) await cancel(part, parts);
}

/** Sends a job again of which nobody knew whether fal took it, after one more look. */
export async function retryJob(id: string, invocation: Invocation, parts: JobParts): Promise<Job> {
  const job = await findOwn(id, invocation, parts);
  if (job.state !== 'undecided') throw new UserError('That request has been settled already.');
  if (job.closedAt === undefined) throw new UserError('One moment, please: press it again.');
  const { endpoint, input, since } = job;
  const { jobs } = parts.store;
  const found = await parts.queue.lookBack({
    endpoint,
    input,
    since,
    claimed: (requestIds) => jobs.claimed(requestIds),
  });
  const reopened = await jobs.advance(
    job.id,
    'undecided',
    found.kind === 'found'
      ? { state: 'submitted', requestId: found.requestId, submittedAt: parts.clock.now() }
      : { state: 'accepted' },
    { closedAt: undefined },
  );
  if (!reopened) throw new UserError('That request is being sent already.');
  return reopened;
}

/** A button shows a job's id to everybody: the order is checked against who asked, and where. */
async function findOwn(
  id: string | undefined,
  { person, place }: Invocation,
  { store }: JobParts,
): Promise<Job> {
  const { platform, channel } = place;
  const job =
    id === undefined
      ? await store.jobs.newestOpen({ person: person.id, platform, channel })
      : await store.jobs.read(id);
  const isHere = job?.place.platform === platform && job.place.channel === channel;
  if (!job || !isHere) throw new UserError('There is nothing of yours to stop here.');
  if (job.person.id !== person.id)
    throw new UserError('Only the person who asked for it can do that.');
  if (id === undefined || job.state === 'undecided' || job.closedAt === undefined) return job;
  throw new UserError('That one has ended already.');
}
