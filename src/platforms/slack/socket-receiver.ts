/**
 * Socket Mode without deaf moments. Slack replaces every connection about once an hour, and its
 * client is deaf for five seconds then; so there are two connections, and each is reopened at once.
 */
import { SocketModeReceiver, type App } from '@slack/bolt';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { UpstreamError } from '../../errors.ts';
import { isDeadToken, toUpstreamError } from './errors.ts';
import type { Intake } from './intake.ts';
import type { SlackLogger } from './logger.ts';

const CONNECTIONS = 2;
const OPEN_WITHIN_MS = 30_000;
const CALL_TIMEOUT_MS = 10_000;
const STOP_WITHIN_MS = 3000;
const FIRST_TRIES = 3;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;
/** Slack keeps a connection for some seconds after its goodbye; the client would hang up at once. */
const GOODBYE_MS = 250;

const frameSchema = z.object({ type: z.string() });

interface Parts {
  readonly appToken: string;
  readonly apiUrl: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly logger: SlackLogger;
}

export function createSocketIntake(parts: Parts): Intake {
  const links = Array.from({ length: CONNECTIONS }, () => createLink(parts));
  return {
    receiver: {
      init: (app: App) => {
        for (const link of links) link.receiver.init(app);
      },
      start: () => Promise.all(links.map((link) => link.start())),
      stop: () => Promise.all(links.map((link) => link.stop())),
    },
    isConnected: () => links.some((link) => link.isOpen()),
  };
}

type Client = SocketModeReceiver['client'];

interface Link {
  readonly receiver: SocketModeReceiver;
  start(): Promise<void>;
  stop(): Promise<void>;
  isOpen(): boolean;
}

function createLink(parts: Parts): Link {
  const { clock, log } = parts;
  const stopping = new AbortController();
  const receiver = createReceiver(parts);
  const { client } = receiver;
  hangUpLate(client, clock);
  let isOpen = false;

  async function open(tries: number): Promise<void> {
    await keepTrying(tries, { ...parts, client, stopping: stopping.signal });
    isOpen = !stopping.signal.aborted;
  }

  client.on('disconnected', () => {
    if (!isOpen) return;
    isOpen = false;
    open(Number.POSITIVE_INFINITY).catch((error: unknown) => {
      log.error({ error }, 'Slack refuses the connection: Easel hears less or nothing from now on');
    });
  });

  return {
    receiver,
    isOpen: () => isOpen,
    start: () => open(FIRST_TRIES),
    async stop() {
      isOpen = false;
      stopping.abort();
      await withinTime(client.disconnect(), STOP_WITHIN_MS, clock).catch(() => undefined);
    },
  };
}

/** What came right before Slack's goodbye can still be acknowledged: Slack sends no command again. */
function hangUpLate(client: Client, clock: Clock): void {
  const emit = client.emit.bind(client);
  client.emit = (event, ...details: unknown[]) => {
    if (event !== 'ws_message' || !isGoodbye(details[0])) return emit(event, ...details);
    const closed = new AbortController();
    client.once('disconnected', () => closed.abort());
    void clock.sleep(GOODBYE_MS, closed.signal).then(
      () => emit(event, ...details),
      () => undefined,
    );
    return true;
  };
}

function isGoodbye(frame: unknown): boolean {
  try {
    return frameSchema.parse(JSON.parse(String(frame))).type === 'disconnect';
  } catch {
    return false;
  }
}

/** Rejects when Slack will never accept the token, or after the last try. */
async function keepTrying(
  tries: number,
  {
    client,
    stopping,
    clock,
    log,
  }: Parts & { readonly client: Client; readonly stopping: AbortSignal },
): Promise<void> {
  for (let done = 1; !stopping.aborted; done += 1) {
    const error = await open(client, clock);
    if (error === undefined) break;
    if (isDeadToken(error) || done >= tries) throw error;
    log.warn({ error }, 'a connection to Slack could not be opened; trying again');
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** (done - 1), LONGEST_PAUSE_MS);
    await clock.sleep(pause, stopping).catch(() => undefined);
  }
  if (stopping.aborted) void client.disconnect();
}

/** Resolves with what went wrong, if anything. */
async function open(client: Client, clock: Clock): Promise<Error | undefined> {
  try {
    await withinTime(client.start(), OPEN_WITHIN_MS, clock);
    return undefined;
  } catch (error) {
    void client.disconnect();
    // The client gives no reason where Slack closes the connection before it says hello.
    return toUpstreamError(error ?? new Error('closed before it was open'));
  }
}

function createReceiver({ appToken, apiUrl, logger }: Parts): SocketModeReceiver {
  return new SocketModeReceiver({
    appToken,
    logger,
    // The client's own reconnection waits five seconds, and ends the process when it fails.
    autoReconnectEnabled: false,
    installerOptions: {
      clientOptions: {
        slackApiUrl: apiUrl,
        timeout: CALL_TIMEOUT_MS,
        retryConfig: { retries: 0 },
        allowAbsoluteUrls: false,
      },
    },
  });
}

async function withinTime<T>(work: Promise<T>, milliseconds: number, clock: Clock): Promise<T> {
  const limit = new AbortController();
  const timeout = clock.sleep(milliseconds, limit.signal).then(() => {
    throw new UpstreamError('slack', 'Slack did not answer in time.', { retryable: true });
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    limit.abort();
  }
}
