/** How quickly messages may follow each other in a channel, whichever results they belong to. */
import type { Clock } from '../../clock.ts';

/** Resolves when the next one may go out. */
export type Pace = (channel: string) => Promise<void>;

/** Slack takes a few messages at once, and one a second in a channel from then on. */
const EVERY_MS = 1000;
const AHEAD_MS = 2 * EVERY_MS;

export function createPace(clock: Clock): Pace {
  /** When each channel is even again. */
  const evenAt = new Map<string, number>();

  return async (channel) => {
    const now = clock.now().getTime();
    for (const [other, at] of evenAt) if (at <= now) evenAt.delete(other);
    const even = evenAt.get(channel) ?? now;
    evenAt.set(channel, even + EVERY_MS);
    const wait = even - now - AHEAD_MS;
    if (wait > 0) await clock.sleep(wait);
  };
}
