/** How much memory other processes hold, as Linux tells it in `/proc`. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

export interface Memory {
  /** What the process holds now, in megabytes. */
  readonly now: number;
  /** The most that it held since the peak was last forgotten. */
  readonly peak: number;
}

export async function readMemory(pid: number): Promise<Memory> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const read = (name: string): number => {
    const kibibytes = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'mu').exec(status)?.[1];
    if (kibibytes === undefined) throw new Error(`no ${name} in /proc: this runs on Linux only`);
    return (Number(kibibytes) * 1024) / 1_000_000;
  };
  return { now: read('VmRSS'), peak: read('VmHWM') };
}

/** The kernel then counts the peak anew. */
export async function forgetPeak(pid: number): Promise<void> {
  await writeFile(`/proc/${pid}/clear_refs`, '5');
}

/** The most that any process held that this one started, looked at every few milliseconds. */
export async function watchChildren(
  pid: number,
  everyMs: number,
  signal: AbortSignal,
): Promise<number> {
  let peak = 0;
  while (!signal.aborted) {
    for (const child of await listChildren(pid)) {
      // It may end while it is looked at.
      const memory = await readMemory(child).catch(() => undefined);
      peak = Math.max(peak, memory?.peak ?? 0);
    }
    await wait(everyMs);
  }
  return peak;
}

async function listChildren(pid: number): Promise<readonly number[]> {
  const threads = await readdir(`/proc/${pid}/task`);
  const lists = await Promise.all(
    threads.map((thread) =>
      readFile(`/proc/${pid}/task/${thread}/children`, 'utf8').catch(() => ''),
    ),
  );
  return lists.flatMap((list) => list.split(' ').flatMap((word) => Number(word) || []));
}
