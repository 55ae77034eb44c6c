import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startDiscordServer, type DiscordServer } from '../support/discord/discord-server.ts';
import { createSchemaCheck } from '../support/discord/schema-check.ts';
import { callApi } from '../support/discord/test-client.ts';

let server: DiscordServer;
let now: number;

const minutes = 60_000;
const megabytes = 1024 * 1024;

beforeEach(async () => {
  now = Date.UTC(2026, 10, 23);
  server = await startDiscordServer({ now: () => now });
});

afterEach(() => server.close());

function send(body: unknown, files?: number[], channelId = server.channelId) {
  const path = `/channels/${channelId}/messages`;
  return callApi(server, { method: 'POST', path, body, ...(files && { files }) });
}

function edit(messageId: unknown, body: unknown, files?: number[]) {
  const path = `/channels/${server.channelId}/messages/${String(messageId)}`;
  return callApi(server, { method: 'PATCH', path, body, ...(files && { files }) });
}

const description = new URL('../../../shared/specs/discord-openapi.json', import.meta.url);

test.runIf(existsSync(description)).each([
  ['a body', undefined],
  ['a form', [1]],
])('%s against the published description is refused and recorded', async (_, files) => {
  const answer = await send({ content: 5, tts: 'loud' }, files);
  expect(answer).toMatchObject({ status: 400, body: { code: 50035 } });
  expect(server.schemaChecked).toBe(true);
  expect(server.violations).toEqual([expect.stringContaining('/messages')]);
});

const button = (id: string) => ({ type: 2, style: 1, label: id, custom_id: id });
const row = (...components: unknown[]) => ({ type: 1, components });

test.each([
  ['content over 2000 characters', { content: 'x'.repeat(2001) }],
  ['a title over 256 characters', { embeds: [{ title: 'x'.repeat(257) }] }],
  [
    'embeds over 6000 characters',
    { embeds: [1, 2].map(() => ({ description: 'x'.repeat(3001) })) },
  ],
  ['six rows', { content: 'x', components: [1, 2, 3, 4, 5, 6].map((n) => row(button(`b${n}`))) }],
  ['a row of six buttons', { content: 'x', components: [row(...'abcdef'.split('').map(button))] }],
  ['a custom id twice', { content: 'x', components: [row(button('a'), button('a'))] }],
  ['a long custom id', { content: 'x', components: [row(button('a'.repeat(101)))] }],
  ['content beside components V2', { content: 'x', flags: 32_768 }],
  ['a long nonce', { content: 'x', nonce: 'n'.repeat(26) }],
  ['mentions both ways', { content: 'x', allowed_mentions: { parse: ['users'], users: ['1'] } }],
  ['metadata of a file that did not come', { content: 'x', attachments: [{ id: 0 }] }],
  ['a reply to nothing', { content: 'x', message_reference: { message_id: '123' } }],
])('a message with %s is refused', async (_, body) => {
  expect(await send(body)).toMatchObject({ status: 400, body: { code: 50035 } });
  expect(server.messages(server.channelId)).toEqual([]);
  expect(server.violations).toHaveLength(1);
});

test('characters are counted as code points', async () => {
  expect((await send({ content: '🦊'.repeat(2000) })).status).toBe(200);
});

test.each([
  ['eleven files', Array.from({ length: 11 }, () => 1), 400, 30015],
  ['a file over 10 MiB', [10 * megabytes + 1], 413, 50045],
  ['a request over 25 MiB', [9, 9, 9].map((size) => size * megabytes), 413, 40005],
])('%s are too much', async (_, sizes, status, code) => {
  expect(await send({ content: 'x' }, sizes)).toMatchObject({ status, body: { code } });
});

test('an empty message is refused', async () => {
  expect(await send({ content: '' })).toMatchObject({ status: 400, body: { code: 50006 } });
});

test('an edit keeps the attachments it lists and appends the files it brings', async () => {
  const attachments = [{ id: 0, description: 'first' }, { id: 1 }];
  const { body } = await send({ content: 'x', attachments }, [3, 4]);
  const [message] = server.messages(server.channelId);
  const kept = message?.attachments[0]?.id;
  await edit(body['id'], { attachments: [{ id: kept }, { id: '0', description: 'new' }] }, [5]);
  expect(message?.attachments).toMatchObject([
    { id: kept, filename: 'picture_0.png', description: 'first' },
    { filename: 'picture_0.png', description: 'new' },
  ]);
  expect(message?.attachments.map(({ bytes }) => bytes.length)).toEqual([3, 5]);
});

test('a file is hidden by its metadata or by its name, and shown again by an edit', async () => {
  const attachments = [
    { id: 0, is_spoiler: true },
    { id: 1, filename: 'SPOILER_fox.png' },
    { id: 2 },
  ];
  const { body } = await send({ content: 'x', attachments }, [3, 4, 5]);
  const [message] = server.messages(server.channelId);
  expect(message?.attachments.map(({ isSpoiler }) => isSpoiler)).toEqual([true, true, false]);
  expect(body).toMatchObject({ attachments: [{ flags: 8 }, { flags: 8 }, {}] });
  const [first] = message?.attachments ?? [];
  await edit(body['id'], { attachments: [{ id: first?.id, is_spoiler: false }] });
  expect(message?.attachments.map(({ isSpoiler }) => isSpoiler)).toEqual([false]);
});

test('the same enforced nonce gives the same message for five minutes', async () => {
  const body = { content: 'once', nonce: 'n1', enforce_nonce: true };
  const first = await send(body);
  const second = await send({ ...body, content: 'twice' });
  now += 5 * minutes + 1;
  const third = await send(body);
  expect(second.body['id']).toBe(first.body['id']);
  expect(third.body['id']).not.toBe(first.body['id']);
  expect(server.messages(server.channelId).map(({ content }) => content)).toEqual(['once', 'once']);
});

describe('rate limits', () => {
  test('the sixth message in five seconds is told when to come back', async () => {
    const answers = [];
    for (let index = 0; index < 6; index += 1) answers.push(await send({ content: 'x' }));
    const last = answers.at(-1);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(answers[0]?.headers.get('x-ratelimit-remaining')).toBe('4');
    expect(last?.body['retry_after']).toBeGreaterThan(3);
    expect(last?.headers.get('x-ratelimit-scope')).toBe('user');
    expect((await send({ content: 'x' }, undefined, server.threadId)).status).toBe(200);
    expect(server.tooManyRequests).toBe(1);
  });

  test('a message over an hour old may be edited three times in six seconds', async () => {
    const { body } = await send({ content: 'x' });
    now += 61 * minutes;
    const answers = [];
    for (const content of ['1', '2', '3', '4']) answers.push(await edit(body['id'], { content }));
    expect(answers.at(-1)).toMatchObject({ status: 429, body: { code: 30046 } });
  });

  test('the bot has fifty requests a second', async () => {
    const ask = { method: 'GET', path: '/users/@me' };
    const answers = await Promise.all(Array.from({ length: 51 }, () => callApi(server, ask)));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toMatchObject([{ body: { global: true } }]);
    expect(refused[0]?.headers.get('x-ratelimit-global')).toBe('true');
  });
});

const ViewChannel = 1n << 10n;
const SendMessages = 1n << 11n;
const AttachFiles = 1n << 15n;
const both = ViewChannel | SendMessages;

test.each([
  { rule: 'sees no channel without VIEW_CHANNEL', has: 0n, place: 'channelId', code: 50001 },
  { rule: 'writes only with SEND_MESSAGES', has: ViewChannel, place: 'channelId', code: 50013 },
  { rule: 'needs its own right in threads', has: both, place: 'threadId', code: 50013 },
  {
    rule: 'uploads only with ATTACH_FILES',
    has: both,
    place: 'channelId',
    files: [1],
    code: 50013,
  },
  { rule: 'is a stranger elsewhere', has: AttachFiles, place: 'foreignChannelId', code: 50001 },
  { rule: 'is a stranger in a group', has: AttachFiles, place: 'groupChannelId', code: 50001 },
] as const)('the bot $rule', async ({ has, place, code, ...more }) => {
  server.permit(has);
  const files = 'files' in more ? [...more.files] : undefined;
  const answer = await send({ content: 'x' }, files, server[place]);
  expect(answer).toMatchObject({ status: 403, body: { code } });
});

test.each([
  ['no token', ''],
  ['a bare token', 'MTIz.abc.def'],
  ['a foreign token', 'Bot MTIz.abc.def'],
])('%s opens nothing', async (_, token) => {
  const answer = await callApi(server, { method: 'GET', path: '/users/@me', token });
  expect(answer.status).toBe(401);
});

test('routes that Discord does not have are recorded', async () => {
  const answer = await callApi(server, { method: 'POST', path: '/channels/1/paint', body: {} });
  expect(answer.status).toBe(404);
  expect(server.violations).toHaveLength(1);
});

test('without the published description the server goes by its own limits', () => {
  const check = createSchemaCheck(new URL('absent.json', import.meta.url));
  const sent = { body: { content: 5 }, isForm: false };
  expect(check.isOn).toBe(false);
  expect(check.check('POST', '/channels/1/messages', sent)).toEqual([]);
});

test('a channel is paged from its newest message', async () => {
  for (const content of ['1', '2', '3', '4']) {
    await server.sendMessage({ channelId: server.dmChannelId, content });
  }
  const ids = server.messages(server.dmChannelId).map(({ id }) => id);
  const list = async (query: string) => {
    const path = `/channels/${server.dmChannelId}/messages?${query}`;
    const { body } = await callApi(server, { method: 'GET', path });
    return (body as unknown as { content: string }[]).map(({ content }) => content);
  };
  expect(await list('limit=2')).toEqual(['4', '3']);
  expect(await list(`before=${ids[2]}&limit=1`)).toEqual(['2']);
  expect(await list(`after=${ids[0]}&limit=2`)).toEqual(['3', '2']);
  expect(await list(`around=${ids[1]}&limit=3`)).toEqual(['3', '2', '1']);
});

test.each([
  [
    'nothing when everything is forbidden',
    { parse: [] },
    { everyone: false, users: [], roles: [] },
  ],
  ['everybody when nothing is said', undefined, { everyone: true, users: ['42'], roles: ['7'] }],
  ['whom it lists', { users: ['42'] }, { everyone: false, users: ['42'], roles: [] }],
  ['the kinds it names', { parse: ['roles'] }, { everyone: false, users: [], roles: ['7'] }],
])('a message pings %s', async (_, allowed, pings) => {
  const mentions = allowed && { allowed_mentions: allowed };
  await send({ content: '@everyone <@42> <@&7>', ...mentions });
  expect(server.messages(server.channelId)[0]?.pings).toEqual(pings);
});
