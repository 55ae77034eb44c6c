import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { acknowledging, card, startRig } from './slack-platform-rig.ts';

const hostile = [
  ['Slack’s own markup', '<!channel> <!here> <!everyone> & <@U0ALICE0001> <!subteam^S012>'],
  ['a disguised link', '<https://evil.example|your bank>'],
  ['marks and entities', '`*_~> @channel &lt;!channel&gt;'],
  ['endless emoji', '🦊'.repeat(2990)],
  ['endless entities', '&'.repeat(6000)],
  ['nothing', ' '],
] as const;

test.each(hostile)('a prompt of %s pings nobody and breaks nothing', async (_, prompt) => {
  const rig = await startRig();
  const { server } = rig;
  rig.act(async (invocation) => {
    const status = await invocation.acknowledge(card(prompt));
    const words = { blocks: [{ kind: 'line' as const, parts: [prompt] }], buttons: [] };
    await status.update({ ...words, blocks: [...words.blocks, { kind: 'note', parts: [prompt] }] });
    await invocation.answer(words);
  });
  await server.runCommand({ command: '/imagine', text: 'a fox' });
  const whispered = await server.waitFor(() => server.ephemerals(server.channelId)[0]);
  const [shown] = server.messages(server.channelId);
  expect(shown?.pings).toEqual([]);
  expect(shown?.edits).toHaveLength(1);
  expect(`${shown?.text} ${whispered.text}`).not.toMatch(/<[!@h]/u);
});

describe('requests by HTTP', () => {
  const command = 'command=%2Fimagine&text=a+fox&channel_id=C1&user_id=U1&team_id=T1&trigger_id=1';
  const form = 'application/x-www-form-urlencoded' as const;

  test.each(['missing', 'wrong', 'stale'] as const)(
    'a command whose signature is %s is refused and starts nothing',
    async (signature) => {
      const rig = await startRig({ mode: 'http' });
      const answer = await rig.server.forge({ body: command, contentType: form, signature });
      expect(answer.status).toBe(401);
      expect(rig.invocations).toEqual([]);
    },
  );

  test('a signature from the future is refused, although it is right', async () => {
    const rig = await startRig({ mode: 'http' });
    const timestamp = String(Math.floor(Date.now() / 1000) + 400);
    const answer = await fetch(`${addressOf(rig.server.deliverVia)}/slack/events`, {
      method: 'POST',
      headers: {
        'content-type': form,
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': `v0=${createHmac('sha256', rig.server.signingSecret)
          .update(`v0:${timestamp}:${command}`)
          .digest('hex')}`,
      },
      body: command,
    });
    expect(answer.status).toBe(401);
    expect(rig.invocations).toEqual([]);
  });

  test.each([
    ['null', 'application/json'],
    ['[]', 'application/json'],
    ['{', 'application/json'],
    ['payload=null', form],
    ['payload=%7B', form],
    [`payload=${encodeURIComponent('{"type":"message_action"}')}`, form],
  ] as const)('a signed body of %s is refused and harms nothing', async (body, contentType) => {
    const rig = await startRig({ mode: 'http' });
    expect(await rig.server.forge({ body, contentType, signature: 'valid' })).toMatchObject({
      status: 400,
    });
    const acknowledged = acknowledging(rig);
    await rig.server.runCommand({ command: '/imagine', text: 'a fox' });
    await acknowledged;
  });

  test('smuggling a command past the signature as a certificate check fails', async () => {
    const rig = await startRig({ mode: 'http' });
    const body = `${command}&ssl_check=1`;
    const answer = await rig.server.forge({ body, contentType: form, signature: 'missing' });
    expect(answer.status).toBe(200);
    expect(rig.invocations).toEqual([]);
  });

  test.each(['ssl_check', 'url_verification'] as const)('Slack’s own %s passes', async (kind) => {
    const rig = await startRig({ mode: 'http' });
    expect((await rig.server.probe(kind)).status).toBe(200);
  });

  test('other methods and huge bodies are refused, and after the stop everything is', async () => {
    const rig = await startRig({ mode: 'http' });
    const address = `${addressOf(rig.server.deliverVia)}/slack/events`;
    expect((await fetch(address)).status).toBe(405);
    const huge = { method: 'POST', body: 'x'.repeat(5 * 1024 * 1024) };
    expect((await fetch(address, huge)).status).toBe(413);
    expect(rig.platform.isConnected()).toBe(true);
    await rig.platform.stop();
    expect(rig.platform.isConnected()).toBe(false);
    expect((await fetch(address, { method: 'POST' })).status).toBe(503);
  });
});

test('nothing secret is logged on the way', async () => {
  const rig = await startRig();
  const acknowledged = acknowledging(rig);
  rig.server.fail({ method: 'chat.postMessage', error: 'internal_error' });
  await rig.server.runCommand({ command: '/imagine', text: 'a fox' });
  await acknowledged;
  expect(rig.logged.length).toBeGreaterThan(0);
  for (const secret of [rig.server.botToken, rig.server.appToken, 'ticket=', '/response/']) {
    expect(rig.logged.join('')).not.toContain(secret);
  }
});

function addressOf(via: 'socket' | { readonly http: string }): string {
  return via === 'socket' ? '' : via.http;
}
