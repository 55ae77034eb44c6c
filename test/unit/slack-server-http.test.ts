/** The loopback Slack's HTTP side: signatures, probes and redeliveries. */
import type { IncomingHttpHeaders } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startBoltBot, type BoltBot } from '../support/slack/bolt-bot.ts';
import { listen } from '../support/slack/listen.ts';
import { startSlackServer, type SlackServer } from '../support/slack/slack-server.ts';

let slack: SlackServer;
const closers: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  slack = await startSlackServer({ acknowledgeWithinMs: 500, retryAfterMs: [20, 20, 20] });
});
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
  await slack.close();
});

async function startBot(): Promise<BoltBot> {
  const bot = await startBoltBot(slack, 'http');
  closers.push(() => bot.stop());
  return bot;
}

/** A bot that answers each request with the next of these statuses, the last one for ever. */
async function answerWith(
  statuses: readonly number[],
  headers: Record<string, string> = {},
): Promise<IncomingHttpHeaders[]> {
  const seen: IncomingHttpHeaders[] = [];
  const address = await listen((request, response) => {
    seen.push(request.headers);
    response.writeHead(statuses[seen.length - 1] ?? statuses.at(-1) ?? 200, headers).end();
  });
  slack.deliverVia = { http: address.url };
  closers.push(() => address.close());
  return seen;
}

test.each([
  ['valid', 200],
  ['missing', 401],
  ['stale', 401],
  ['wrong', 401],
] as const)('a request whose signature is %s is answered with %d', async (signature, status) => {
  const heard: string[] = [];
  const { app } = await startBot();
  app.event('app_uninstalled', async ({ event }) => {
    heard.push(event.type);
  });
  const body = JSON.stringify({
    type: 'event_callback',
    team_id: slack.teamId,
    event_id: 'Ev1',
    event: { type: 'app_uninstalled' },
  });

  const answer = await slack.forge({ body, signature });

  expect(answer.status).toBe(status);
  expect(heard).toHaveLength(status === 200 ? 1 : 0);
});

test('Slack probes the address before it trusts it', async () => {
  await startBot();

  expect(await slack.probe('ssl_check')).toMatchObject({ status: 200 });
  const { status, body } = await slack.probe('url_verification');
  expect(status).toBe(200);
  expect(body).toContain('a-challenge');
});

test('a failed delivery comes again with its number and reason', async () => {
  const seen = await answerWith([500, 500, 200]);

  const event = slack.sendEvent({ type: 'app_uninstalled' });
  await slack.waitFor(() => event.attempts.length === 3);

  expect(seen.map((headers) => headers['x-slack-retry-num'])).toEqual([undefined, '1', '2']);
  expect(seen.map((headers) => headers['x-slack-retry-reason'])).toEqual([
    undefined,
    'http_error',
    'http_error',
  ]);
});

test('Bolt is told of a redelivery', async () => {
  const retries: unknown[] = [];
  const { app } = await startBot();
  app.event('app_uninstalled', async ({ context }) => {
    retries.push([context.retryNum, context.retryReason]);
  });
  const event = slack.sendEvent({ type: 'app_uninstalled' });
  await slack.waitFor(() => event.attempts.length === 1);

  await slack.redeliver(event, 'http_timeout');

  expect(retries).toEqual([
    [undefined, undefined],
    [1, 'http_timeout'],
  ]);
});

test('a bot may ask for no redelivery', async () => {
  const seen = await answerWith([500], { 'x-slack-no-retry': '1' });

  const event = slack.sendEvent({ type: 'app_uninstalled' });
  await slack.waitFor(() => event.attempts.length === 1);
  await new Promise((resolve) => setTimeout(resolve, 60));

  expect(seen).toHaveLength(1);
});

test('nobody at the address is a failed connection', async () => {
  slack.deliverVia = { http: 'http://127.0.0.1:9' };

  const result = await slack.runCommand({ command: '/imagine', text: 'x' });

  expect(result).toEqual({
    acknowledgedAfterMs: undefined,
    ackBody: undefined,
    errors: ['dispatch_failed'],
  });
});
