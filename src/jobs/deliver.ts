/** The result goes into the thread, once: what was begun before a crash is found, not repeated. */
import { basename, join } from 'node:path';
import { fitPicture, toAltText } from '../media.ts';
import type { DeliverableFile, Delivery, StatusMessage } from '../platforms/platform.ts';
import type { Job, JobIn } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { captionOf } from './messages.ts';
import { move } from './move.ts';
import { openStatus } from './status.ts';

export async function deliverResult(job: JobIn<'fetched'>, parts: JobParts): Promise<Job> {
  const status = await openStatus(job, parts);
  await parts.budget.settle(job.id);
  const delivery: Delivery = {
    key: job.id,
    caption: captionOf(job, job.result),
    files: await fitFiles(job, status, parts),
    checkpoint: {
      saved: job.deliveryCheckpoint,
      save: (deliveryCheckpoint) => parts.store.jobs.amend(job.id, { deliveryCheckpoint }),
    },
  };
  const messages = [...(await status.deliver(delivery))];
  const { requestId, result } = job;
  return move(job, { state: 'delivered', requestId, result, messages }, parts);
}

/** Each file within what one may carry here; the original stays on disk. */
async function fitFiles(
  job: JobIn<'fetched'>,
  status: StatusMessage,
  parts: JobParts,
): Promise<readonly DeliverableFile[]> {
  const { files, description } = job.result;
  return Promise.all(
    files.map(async (file, at) => {
      const original = { ...file, path: join(parts.dataFolder, file.path) };
      const fitting = await fitPicture(original, status.fileLimits.bytesPerFile);
      return {
        path: fitting.path,
        fileName: basename(fitting.path),
        contentType: fitting.contentType,
        bytes: fitting.bytes,
        isSpoiler: false,
        altText: toAltText(job.request.prompt, description, at + 1, files.length),
      };
    }),
  );
}
