/** The result goes into the thread, once: what was begun before a crash is found, not repeated. */
import type { Delivery } from '../platforms/platform.ts';
import { noteTranscriptPosts } from '../transcripts/posted-transcripts.ts';
import { noteVoiceUse } from '../voices/record-voice.ts';
import { settleVoice } from '../voices/settle-voice.ts';
import { addCompanions } from './add-companions.ts';
import { captionOf } from './caption.ts';
import { fitFiles } from './fit-files.ts';
import type { Job, JobIn, JobResult } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { move } from './move.ts';
import { recordPictures, recordPosts } from './record-pictures.ts';
import { resultButtons } from './result-buttons.ts';
import { sayHeard } from './say-heard.ts';
import { leaveRoom, readStamps, stampFiles } from './stamp-files.ts';
import { openStatus } from './status.ts';

export async function deliverResult(fetched: JobIn<'fetched'>, parts: JobParts): Promise<Job> {
  const status = await openStatus(fetched, parts);
  await parts.budget.settle(fetched.id);
  const settled = await settleVoice(fetched, parts);
  await recordPictures(settled, parts);
  const job = { ...settled, result: await addCompanions(settled, parts) };
  const stamps = await readStamps(job, parts);
  const room = { fileLimits: leaveRoom(status.fileLimits, stamps) };
  const { files, notes } = await fitFiles(job, room, parts);
  const result: JobResult = { ...job.result, notes: [...(job.result.notes ?? []), ...notes] };
  const heard = await sayHeard(job, parts);
  const delivery: Delivery = {
    key: job.id,
    caption: { ...captionOf(job, result, heard), buttons: resultButtons(job) },
    files: await stampFiles(files, stamps, parts),
    checkpoint: {
      saved: job.deliveryCheckpoint,
      save: (deliveryCheckpoint) => parts.store.jobs.amend(job.id, { deliveryCheckpoint }),
    },
  };
  const posted = await status.deliver(delivery);
  await recordPosts(job, posted, parts);
  await noteVoiceUse(job, parts);
  const messages = posted.map(({ ref }) => ref);
  if (result.transcript !== undefined) {
    await noteTranscriptPosts(job.id, [status.ref, ...messages], parts.store);
  }
  return move(job, { state: 'delivered', requestId: job.requestId, result, messages }, parts);
}
