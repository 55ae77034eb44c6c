import { expect, test } from 'vitest';
import { UpstreamError } from '../../src/errors.ts';
import { NotOursError, type Invocation } from '../../src/platforms/platform.ts';
import {
  createTestClock,
  deliveryOf,
  openStatus,
  say,
  startRig,
  type Rig,
} from './discord-platform-rig.ts';

const MINUTE = 60_000;

async function startTimed() {
  const clock = createTestClock();
  const rig = await startRig({ clock, now: () => clock.now().getTime() });
  return { clock, rig, server: rig.server };
}

async function tryToAcknowledge(rig: Rig): Promise<unknown> {
  let outcome: unknown;
  rig.act(async (invocation: Invocation) => {
    outcome = await invocation.acknowledge(say('Waiting')).catch((error: unknown) => error);
  });
  await rig.server.runCommand({ name: 'imagine', options: { prompt: 'a fox' } });
  return rig.server.waitFor(() => outcome);
}

test.each(['channelId', 'threadId', 'dmChannelId'] as const)(
  'in %s the bot takes over before the token ends, after a restart too',
  async (place) => {
    const { clock, rig, server } = await startTimed();
    const status = await openStatus(rig, server[place]);
    await status.update(say('by token'));
    clock.advance(14.5 * MINUTE);
    await status.update(say('by bot'));
    clock.advance(60 * MINUTE);
    await rig.platform.reopen(structuredClone(status.ref)).update(say('after a restart'));
    const { versions } = server.messages(server[place])[0]!;
    expect(versions.map(({ content, by }) => `${content} ${by}`)).toEqual([
      ' interaction',
      'Waiting interaction',
      'by token interaction',
      'by bot bot',
      'after a restart bot',
    ]);
    expect(server.violations).toEqual([]);
  },
);

test.each([50027, 10015])('a token that ends early (%i) is handed over at once', async (code) => {
  const { rig, server } = await startTimed();
  const status = await openStatus(rig, server.channelId);
  server.fail({ method: 'PATCH', path: /webhooks/u, status: 401, code });
  await status.update(say('by bot'));
  await status.update(say('still by bot'));
  const { versions } = server.messages(server.channelId)[0]!;
  expect(versions.slice(-2).map(({ by }) => by)).toEqual(['bot', 'bot']);
});

test.each(['foreignChannelId', 'groupChannelId'] as const)(
  'in %s the token serves to its end, and then the core is told for good',
  async (place) => {
    const { clock, rig, server } = await startTimed();
    const status = await openStatus(rig, server[place]);
    clock.advance(14.5 * MINUTE);
    await status.update(say('still by token'));
    clock.advance(MINUTE);
    const sent = server.journal.length;
    const outcome = await status.update(say('too late')).catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(UpstreamError);
    expect(outcome).toMatchObject({
      retryable: false,
      message: expect.stringContaining('15') as string,
    });
    expect(server.journal).toHaveLength(sent);
  },
);

test('a deleted status message is gone for good', async () => {
  const { rig, server } = await startTimed();
  const status = await openStatus(rig, server.channelId);
  server.fail({ method: 'PATCH', path: /webhooks/u, status: 404, code: 10008 });
  await expect(status.update(say('hello'))).rejects.toMatchObject({
    name: 'UpstreamError',
    retryable: false,
    message: 'Discord refused: the message was deleted.',
  });
});

test('an interaction that is over leaves the core to post a message of its own, once', async () => {
  const { rig, server } = await startTimed();
  server.fail({ path: /callback/u, status: 404, code: 10062 });
  expect(await tryToAcknowledge(rig)).toMatchObject({ name: 'UpstreamError', retryable: false });
  const { place } = rig.invocations[0]!;
  const first = await rig.platform.post(place, say('Waiting'), 'job-1');
  const second = await rig.platform.post(place, say('Waiting'), 'job-1');
  expect(first.ref).toEqual(second.ref);
  await first.update(say('Drawing'));
  expect(server.messages(server.channelId)).toMatchObject([{ content: 'Drawing', by: 'bot' }]);
});

test('an interaction that another process answered is not ours', async () => {
  const { rig, server } = await startTimed();
  server.fail({ path: /callback/u, status: 400, code: 40060 });
  expect(await tryToAcknowledge(rig)).toBeInstanceOf(NotOursError);
});

test.each([
  { name: 'whose answer is lost', rule: { dropConnection: 'after' as const } },
  { name: 'that is lost', rule: { dropConnection: 'before' as const } },
  { name: 'that meets a failing server', rule: { status: 503 } },
])('an acknowledgement $name is made good', async ({ rule }) => {
  const { rig, server } = await startTimed();
  server.fail({ path: /callback/u, ...rule });
  const status = await tryToAcknowledge(rig);
  expect(status).toHaveProperty('ref.details.via', 'interaction');
  expect(server.messages(server.channelId)).toMatchObject([{ content: 'Waiting', loading: false }]);
  expect(server.violations).toEqual([]);
});

test('nothing secret of a refused request reaches the error', async () => {
  const { rig, server } = await startTimed();
  const status = await openStatus(rig, server.channelId);
  server.fail({ method: 'POST', path: /channels/u, status: 400, code: 50035, message: 'Invalid' });
  const files = [await rig.makeFile('fox-ab12.png')];
  const error = await status.deliver(deliveryOf(files)).catch((cause: unknown) => cause);
  expect(error).toMatchObject({
    name: 'UpstreamError',
    message: expect.stringContaining('Invalid') as string,
  });
  expect(Object.keys((error as Error).cause as object)).not.toContain('requestBody');
});
