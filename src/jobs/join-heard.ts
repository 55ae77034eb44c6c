/** What was heard in the stretches of a recording becomes one transcript. */
import { joinTranscripts } from '../transcripts/join-transcripts.ts';
import type { JobIn, JobResult } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { keepTranscript, readKept } from './keep-transcript.ts';

interface Joining {
  readonly job: JobIn<'gathering'>;
  readonly fetched: readonly JobIn<'fetched'>[];
  readonly combined: JobResult;
}

export async function joinHeard(
  { job, fetched, combined }: Joining,
  parts: JobParts,
): Promise<JobResult> {
  const heard = await Promise.all(
    fetched.map(async ({ request: { stretch }, result }) => {
      const transcript = await readKept(result, parts);
      return transcript && stretch ? [{ transcript, ...stretch }] : [];
    }),
  );
  const stretches = heard.flat();
  if (stretches.length === 0) return combined;
  return { ...combined, ...(await keepTranscript(job, joinTranscripts(stretches), parts)) };
}
