/** Pictures of before 0.3 are known by their bytes, too, once those have been looked at. */
import { join } from 'node:path';
import { hashFile } from '../jobs/record-pictures.ts';
import type { JobParts } from '../jobs/job-parts.ts';

type HashParts = Pick<JobParts, 'store' | 'dataFolder' | 'log'>;

/** One after the other, in the background. Returns how to stop; nothing is lost by that. */
export function startHashing(parts: HashParts): () => Promise<void> {
  const over = new AbortController();
  const done = hashEarlier(parts, over.signal).catch((error: unknown) => {
    parts.log.error({ error }, 'earlier pictures cannot be known by their bytes');
  });
  return async () => {
    over.abort();
    await done;
  };
}

async function hashEarlier(
  { store, dataFolder, log }: HashParts,
  signal: AbortSignal,
): Promise<void> {
  for (const { id, path } of await store.pictures.listUnhashed()) {
    if (signal.aborted) return;
    const sha256 = await hashFile(join(dataFolder, path)).catch((error: unknown) => {
      log.debug({ error, picture: id }, 'an earlier picture cannot be read');
    });
    if (sha256 !== undefined) await store.pictures.change(id, { sha256 });
  }
}
