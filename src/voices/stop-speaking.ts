/** Ends at once whatever is on its way with a voice that may no longer speak. */
import type { Job, JobState } from '../jobs/job.ts';
import { findVoices, listNames } from './gate.ts';
import type { Voice } from './voice.ts';
import type { VoiceParts } from './voice-parts.ts';

/** `reason` is told to those who wait. What is made already is stopped before it is posted. */
export async function stopSpeaking(voice: Voice, reason: string, parts: VoiceParts): Promise<void> {
  for (const id of await parts.store.jobs.listOpenIds())
    await stopIfMeant(id, voice, reason, parts);
}

/** One job that cannot be stopped must not let the others go on; the gate is behind it still. */
async function stopIfMeant(
  id: string,
  voice: Voice,
  reason: string,
  parts: VoiceParts,
): Promise<void> {
  try {
    const job = await parts.store.jobs.read(id);
    if (job && (await speaksWith(voice, job, parts))) await stop(job, reason, parts);
  } catch (error) {
    parts.log.error({ error, job: id }, 'a job with a voice could not be stopped');
  }
}

async function speaksWith({ id }: Voice, job: Job, parts: VoiceParts): Promise<boolean> {
  const { voice, options } = job.request;
  if (voice?.id === id) return true;
  const found = await findVoices(job, listNames(options), parts);
  return found.some((one) => one.id === id);
}

async function stop(job: Job, reason: string, parts: VoiceParts): Promise<void> {
  const { jobs } = parts.store;
  const failure = { audience: 'person', text: reason, retryable: false } as const;
  const end: JobState = { state: 'failed', failure };
  switch (job.state) {
    case 'gathering':
      for (const id of job.parts) await stopPart(id, reason, parts);
      return;
    case 'accepted':
      if (!(await jobs.advance(job.id, 'accepted', end))) await stopPart(job.id, reason, parts);
      return;
    case 'submitted': {
      const { endpoint, requestId } = job;
      if (await jobs.advance(job.id, 'submitted', end)) {
        await parts.queue.cancel({ endpoint, requestId });
      }
      return;
    }
    case 'submitting':
    case 'unknown-submit':
      // Its request's id is not known yet: whoever learns it cancels it.
      await jobs.amend(job.id, { cancelRequestedAt: parts.clock.now() });
      return;
    case 'finished':
    case 'fetched':
    case 'delivered':
    case 'failed':
    case 'cancelled':
    case 'undecided':
  }
}

async function stopPart(id: string, reason: string, parts: VoiceParts): Promise<void> {
  const part = await parts.store.jobs.read(id);
  if (part && part.closedAt === undefined) await stop(part, reason, parts);
}
