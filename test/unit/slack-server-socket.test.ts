/** The loopback Slack's Socket Mode: one connection per payload, redelivery, refreshes, dead links. */
import { App, SocketModeReceiver } from '@slack/bolt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { silentLogger } from '../support/slack/bolt-bot.ts';
import {
  startSlackServer,
  type SentEvent,
  type SlackServer,
} from '../support/slack/slack-server.ts';

let slack: SlackServer;
const apps: App[] = [];
/** Connections that a bot knows to be open, counted over the whole test. */
let greetings = 0;

beforeEach(async () => {
  greetings = 0;
  slack = await startSlackServer({ acknowledgeWithinMs: 400, retryAfterMs: [20, 20, 20] });
});
afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.stop()));
  await slack.close();
});

/** A short ping time also shortens the pause before a reconnection. */
async function connect(heard: string[]): Promise<App> {
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    logger: silentLogger,
    installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
    clientPingTimeout: 300,
  });
  receiver.client.on('connected', () => {
    greetings += 1;
  });
  const app = new App({
    token: slack.botToken,
    receiver,
    convoStore: false,
    logger: silentLogger,
    clientOptions: { slackApiUrl: slack.apiUrl },
  });
  app.message(async ({ message }) => {
    if ('text' in message) heard.push(message.text ?? '');
  });
  app.command('/imagine', async ({ ack, command }) => {
    await ack();
    heard.push(command.text);
  });
  await app.start();
  apps.push(app);
  return app;
}

/** A bot that speaks the protocol by hand and may stay silent. */
async function connectByHand(answers: (envelope: Envelope) => boolean): Promise<Envelope[]> {
  const opened = await fetch(`${slack.apiUrl}apps.connections.open`, {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.appToken}` },
  });
  const { url } = (await opened.json()) as { url: string };
  const socket = new WebSocket(url);
  const envelopes: Envelope[] = [];
  await new Promise<void>((resolve) => {
    socket.on('message', (data: Buffer) => {
      const envelope = JSON.parse(data.toString()) as Envelope;
      if (envelope.type === 'hello') return resolve();
      envelopes.push(envelope);
      if (answers(envelope)) socket.send(JSON.stringify({ envelope_id: envelope.envelope_id }));
    });
  });
  return envelopes;
}

interface Envelope {
  readonly type: string;
  readonly envelope_id: string;
  readonly retry_attempt: number;
  readonly retry_reason: string;
  readonly payload: { readonly event_id: string };
}

const newestEvent = (): SentEvent => slack.events.at(-1)!;

test('each payload goes to exactly one of several connections, and all of them get some', async () => {
  const heard: string[][] = [[], []];
  await Promise.all(heard.map((list) => connect(list)));
  expect(slack.socketConnections()).toBe(2);

  for (let count = 0; count < 6; count += 1) await slack.sendMessage({ text: `m${count}` });
  await slack.waitFor(() => heard.flat().length === 6);

  expect(heard.map((list) => list.length)).toEqual([3, 3]);
  expect(new Set(heard.flat()).size).toBe(6);
});

test('nothing is lost while one of two connections is refreshed', async () => {
  const heard: string[] = [];
  await connect(heard);
  await connect(heard);

  await slack.dropSocket('refresh');
  const results = await Promise.all(
    ['a', 'b', 'c'].map((text) => slack.runCommand({ command: '/imagine', text })),
  );
  await slack.sendMessage({ text: 'd' });
  await slack.waitFor(() => heard.length === 4);

  expect(results.flatMap(({ errors }) => errors)).toEqual([]);
  expect(heard.toSorted()).toEqual(['a', 'b', 'c', 'd']);
  await slack.waitFor(() => greetings === 3);
  expect(slack.socketConnections()).toBe(2);
});

test('a command in the gap of a single connection fails for the person', async () => {
  const heard: string[] = [];
  await connect(heard);

  await slack.dropSocket('refresh');
  const lost = await slack.runCommand({ command: '/imagine', text: 'lost' });
  await slack.waitFor(() => greetings === 2);
  const found = await slack.runCommand({ command: '/imagine', text: 'found' });

  expect(lost.errors).toEqual(['dispatch_failed']);
  expect(found.errors).toEqual([]);
  expect(heard).toEqual(['found']);
});

test('a cut connection comes back by itself', async () => {
  const heard: string[] = [];
  await connect(heard);

  await slack.dropSocket('close');
  expect(slack.socketConnections()).toBe(0);
  await slack.waitFor(() => slack.socketConnections() === 1);
  await slack.sendMessage({ text: 'back again' });

  await slack.waitFor(() => heard.includes('back again'));
});

test('what a dead link swallows is delivered again over the other connection', async () => {
  const heard: string[] = [];
  await connect(heard);
  await connect(heard);

  await slack.dropSocket('silent');
  await slack.sendMessage({ text: 'one' });
  await slack.sendMessage({ text: 'two' });
  await slack.waitFor(() => heard.length === 2);

  expect(slack.socketConnections()).toBe(1);
  // A message is heard before its acknowledgement is back.
  const attempts = () => slack.events.map((event) => event.attempts.length);
  await expect.poll(() => Math.max(...attempts())).toBeGreaterThan(1);
});

test('an unacknowledged event comes again under its id, with its number and reason', async () => {
  const envelopes = await connectByHand(({ retry_attempt: attempt }) => attempt === 2);

  await slack.sendMessage({ text: 'hello' });
  await slack.waitFor(() => newestEvent().attempts.length === 3);

  expect(envelopes.map(({ retry_attempt: attempt }) => attempt)).toEqual([0, 1, 2]);
  expect(envelopes.map(({ retry_reason: reason }) => reason)).toEqual(['', 'timeout', 'timeout']);
  expect(new Set(envelopes.map(({ payload }) => payload.event_id)).size).toBe(1);
  expect(newestEvent().attempts.map(({ acknowledgedAfterMs }) => acknowledgedAfterMs)).toEqual([
    undefined,
    undefined,
    expect.any(Number),
  ]);
});

test('Slack gives up after three redeliveries', async () => {
  const envelopes = await connectByHand(() => false);

  await slack.sendMessage({ text: 'hello' });
  await slack.waitFor(() => newestEvent().attempts.length === 4);
  await new Promise((resolve) => setTimeout(resolve, 60));

  expect(envelopes).toHaveLength(4);
});

test('a test may have an acknowledged event delivered twice', async () => {
  const heard: string[] = [];
  await connect(heard);
  await slack.sendMessage({ text: 'twice' });
  await slack.waitFor(() => newestEvent().attempts.length === 1);

  await slack.redeliver(newestEvent(), 'timeout');

  await slack.waitFor(() => heard.length === 2);
  expect(newestEvent().attempts).toMatchObject([{ reason: '' }, { reason: 'timeout' }]);
});

test('nothing is heard of channels without the bot', async () => {
  const heard: string[] = [];
  await connect(heard);

  await slack.sendMessage({ text: 'secret', channelId: slack.privateChannelId });
  await slack.sendMessage({ text: 'public', channelId: slack.publicChannelId, mentionsBot: true });
  await slack.sendMessage({
    text: 'private talk',
    channelId: slack.dmChannelId,
    mentionsBot: true,
  });

  await slack.waitFor(() => heard.length > 0);
  expect(slack.events.map(({ body }) => body.event)).toMatchObject([
    { type: 'message', channel_type: 'im', text: `<@${slack.botUserId}> private talk` },
  ]);
});

test('an app that may only hear mentions hears nothing else', async () => {
  const modest = await startSlackServer({ scopes: ['app_mentions:read'] });

  await modest.sendMessage({ text: 'among people' });
  await modest.sendMessage({ text: 'hello', mentionsBot: true });

  expect(modest.events.map(({ body }) => body.event['type'])).toEqual(['app_mention']);
  await modest.close();
});

test('a made-up ticket opens no connection', async () => {
  const socket = new WebSocket(`ws://${slack.fileHost}/link/?ticket=made-up`);

  const code = await new Promise((resolve) => socket.on('close', resolve));

  expect(code).toBe(4001);
  expect(slack.socketConnections()).toBe(0);
});
