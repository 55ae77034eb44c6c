/**
 * Lets so much be unpacked at a time that memory stays bounded, whoever sends how many pictures at
 * once. First come, first served.
 */

export interface MemoryGate {
  /** Runs `work` once `bytes` are free; more than there are in all waits for all of them. */
  run<Result>(bytes: number, work: () => Promise<Result>): Promise<Result>;
}

export function createMemoryGate(total: number): MemoryGate {
  let free = total;
  const waiting: { readonly bytes: number; readonly begin: () => void }[] = [];
  const letIn = (): void => {
    for (let next = waiting[0]; next && next.bytes <= free; next = waiting[0]) {
      waiting.shift();
      free -= next.bytes;
      next.begin();
    }
  };
  return {
    async run(bytes, work) {
      const share = Math.min(bytes, total);
      await new Promise<void>((begin) => {
        waiting.push({ bytes: share, begin });
        letIn();
      });
      try {
        return await work();
      } finally {
        free += share;
        letIn();
      }
    },
  };
}
