/** How events come in: Bolt's receiver, and whether it hears anything. */
import type { App, Receiver } from '@slack/bolt';
import type { Clock } from '../../clock.ts';

export interface Intake {
  readonly receiver: Receiver;
  isConnected(): boolean;
}

/** Slack waits three seconds for an event's acknowledgement, and then sends it again. */
const ACKNOWLEDGE_WITHIN_MS = 2000;

/**
 * Bolt acknowledges events before anybody has looked at them, so a crash in between loses them.
 * Here the acknowledgement goes out when the event has been dealt with, or when time runs short.
 */
export function acknowledgeLate(app: App, clock: Clock): void {
  const processEvent = app.processEvent.bind(app);
  app.processEvent = async (event) => {
    if (!('event' in event.body)) return processEvent(event);
    const limit = new AbortController();
    const dealtWith = processEvent({ ...event, ack: async () => undefined });
    try {
      await Promise.race([dealtWith, clock.sleep(ACKNOWLEDGE_WITHIN_MS, limit.signal)]);
    } finally {
      limit.abort();
      // Also after a failure: the same event would only fail again.
      await event.ack();
    }
    return dealtWith;
  };
}
