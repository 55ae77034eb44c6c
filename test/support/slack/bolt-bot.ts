import { App, HTTPReceiver, LogLevel, type Logger } from '@slack/bolt';
import { listen } from './listen.ts';
import type { SlackServer } from './slack-server.ts';

/** Tests provoke what Bolt complains about. */
export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};

/** A bot without any behaviour yet, made of the real Bolt. */
export interface BoltBot {
  readonly app: App;
  stop(): Promise<void>;
}

export async function startBoltBot(
  slack: SlackServer,
  transport: 'socket' | 'http',
): Promise<BoltBot> {
  const clientOptions = { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } };
  const shared = { token: slack.botToken, convoStore: false as const, clientOptions };
  if (transport === 'socket') {
    const app = new App({
      ...shared,
      appToken: slack.appToken,
      socketMode: true,
      logger: silentLogger,
    });
    await app.start();
    return { app, stop: async () => void (await app.stop()) };
  }
  const receiver = new HTTPReceiver({
    signingSecret: slack.signingSecret,
    logger: silentLogger,
  });
  const app = new App({ ...shared, receiver, logger: silentLogger });
  const address = await listen((request, response) => receiver.requestListener(request, response));
  slack.deliverVia = { http: address.url };
  return { app, stop: () => address.close() };
}
