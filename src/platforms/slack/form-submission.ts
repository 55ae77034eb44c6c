/**
 * A form closes once its wish is taken or answered, so that nothing filled in is lost before: until
 * then it can be sent again.
 */
import type { Clock } from '../../clock.ts';
import type { Invocation } from '../platform.ts';

/** Slack waits three seconds. */
const CLOSE_WITHIN_MS = 2000;

interface Parts {
  readonly clock: Clock;
  onInvocation(invocation: Invocation): Promise<void>;
  /** Resolves once Slack has been told. */
  close(): Promise<void>;
}

export async function submit(invocation: Invocation, parts: Parts): Promise<void> {
  const closing = new AbortController();
  const close = async (): Promise<void> => {
    if (closing.signal.aborted) return;
    closing.abort();
    await parts.close();
  };
  const late = parts.clock.sleep(CLOSE_WITHIN_MS, closing.signal).then(close, () => undefined);
  try {
    await parts.onInvocation({
      ...invocation,
      async acknowledge(status) {
        await close();
        return invocation.acknowledge(status);
      },
      async answer(words, files) {
        await close();
        return invocation.answer(words, files);
      },
    });
  } finally {
    await close();
    await late;
  }
}
