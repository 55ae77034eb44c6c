/**
 * How Easel calls Slack's Web API. Two clients, because progress must never hold up a result, and
 * retries of our own, because the SDK's would repeat a post for half an hour without knowing
 * whether the first one went through.
 */
import { WebAPIRateLimitedError, WebClient } from '@slack/web-api';
import type { Clock } from '../../clock.ts';
import { UpstreamError } from '../../errors.ts';
import { isUncertain, toUpstreamError } from './errors.ts';
import type { SlackLogger } from './logger.ts';

type Call<T> = (client: WebClient) => Promise<T>;

/** Every failure is an `UpstreamError` whose cause is the SDK's error. */
export interface SlackCalls {
  /** One short try: for progress, which the next edit makes good. */
  quickly<T>(call: Call<T>): Promise<T>;
  /** Waits out rate limits, where nothing was accepted; repeats nothing else. */
  once<T>(call: Call<T>): Promise<T>;
  /** Also repeats after Slack's own trouble: for calls that do no harm when done twice. */
  surely<T>(call: Call<T>): Promise<T>;
}

const PROGRESS_TIMEOUT_MS = 5000;
const FINAL_TIMEOUT_MS = 30_000;
const RATE_LIMIT_TRIES = 5;
const LONGEST_WAIT_S = 120;
/** Pauses before the second, third and fourth try. */
const PAUSES_MS: readonly number[] = [1000, 2000, 4000];

export function createCalls(
  settings: { readonly botToken: string; readonly apiUrl: string },
  parts: { readonly clock: Clock; readonly logger: SlackLogger },
): SlackCalls {
  const create = (timeout: number) =>
    new WebClient(settings.botToken, {
      slackApiUrl: settings.apiUrl,
      timeout,
      rejectRateLimitedCalls: true,
      retryConfig: { retries: 0 },
      allowAbsoluteUrls: false,
      logger: parts.logger,
    });
  const progress = create(PROGRESS_TIMEOUT_MS);
  const final = create(FINAL_TIMEOUT_MS);

  return {
    quickly: (call) => attempt(call, progress),
    once: (call) => once(call),
    surely: (call) => surely(call),
  };

  async function once<T>(call: Call<T>, tries = 1): Promise<T> {
    try {
      return await attempt(call, final);
    } catch (error) {
      if (!isRateLimit(error) || tries >= RATE_LIMIT_TRIES) throw error;
      await parts.clock.sleep(Math.min(error.cause.retryAfter, LONGEST_WAIT_S) * 1000);
      return once(call, tries + 1);
    }
  }

  async function surely<T>(call: Call<T>, pauses = PAUSES_MS): Promise<T> {
    const [pause, ...laterPauses] = pauses;
    try {
      return await once(call);
    } catch (error) {
      if (pause === undefined || !isWorthRepeating(error)) throw error;
      await parts.clock.sleep(pause);
      return surely(call, laterPauses);
    }
  }
}

async function attempt<T>(call: Call<T>, client: WebClient): Promise<T> {
  try {
    return await call(client);
  } catch (error) {
    throw toUpstreamError(error);
  }
}

function isRateLimit(error: unknown): error is { cause: WebAPIRateLimitedError } {
  return error instanceof UpstreamError && error.cause instanceof WebAPIRateLimitedError;
}

function isWorthRepeating(error: unknown): boolean {
  return isUncertain(error) || (error instanceof UpstreamError && error.retryable);
}
