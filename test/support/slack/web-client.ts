import { WebClient } from '@slack/web-api';
import { silentLogger } from './bolt-bot.ts';
import type { SlackServer } from './slack-types.ts';

/** Slack's own client without its patience: every refusal reaches the test. */
export function createImpatientClient({ apiUrl }: SlackServer, token: string): WebClient {
  return new WebClient(token, {
    slackApiUrl: apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: silentLogger,
  });
}
