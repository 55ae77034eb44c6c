import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  startDiscordServer,
  type CommandCall,
  type DiscordServer,
  type TestInteraction,
} from '../support/discord/discord-server.ts';
import { callApi } from '../support/discord/test-client.ts';

let server: DiscordServer;

beforeEach(async () => {
  server = await startDiscordServer();
  const path = `/applications/${server.applicationId}/commands`;
  const body = [{ name: 'draw', description: 'Draws' }];
  await callApi(server, { method: 'PUT', path, body });
});

afterEach(() => server.close());

const draw = (call: Omit<CommandCall, 'name'> = {}) => server.runCommand({ name: 'draw', ...call });

function answer({ id, token }: TestInteraction, body: unknown, query = '') {
  const path = `/interactions/${id}/${token}/callback${query}`;
  return callApi(server, { method: 'POST', path, body, token: '' });
}

function call(
  interaction: TestInteraction,
  request: { method: string; body?: unknown; path?: string; files?: number[]; token?: string },
) {
  const path = `/webhooks/${server.applicationId}/${interaction.token}${request.path ?? ''}`;
  return callApi(server, { token: '', ...request, path });
}

const original = '/messages/@original';

test('a deferral names its message without carrying it', async () => {
  const interaction = await draw();
  const { body } = await answer(interaction, { type: 5 }, '?with_response=true');
  const message = interaction.response?.message;
  expect(message).toMatchObject({ loading: true, content: '' });
  expect(body).toEqual({
    interaction: {
      id: interaction.id,
      type: 2,
      response_message_id: message?.id,
      response_message_loading: true,
      response_message_ephemeral: false,
    },
    resource: { type: 5 },
  });
});

test('a written response is carried', async () => {
  const interaction = await draw();
  const response = { type: 4, data: { content: 'here', flags: 64 } };
  const { body } = await answer(interaction, response, '?with_response=true');
  const { id } = interaction.response?.message ?? {};
  expect(interaction.response?.message).toMatchObject({ loading: false, ephemeral: true });
  expect(body).toMatchObject({ resource: { type: 4, message: { id, content: 'here' } } });
});

test('a webhook opens with the acknowledgement and for its own application only', async () => {
  const interaction = await draw();
  const early = await call(interaction, {
    method: 'PATCH',
    path: original,
    body: { content: 'x' },
  });
  await answer(interaction, { type: 5 });
  const path = `/webhooks/123456789012345678/${interaction.token}`;
  const foreign = await callApi(server, {
    method: 'POST',
    path,
    body: { content: 'x' },
    token: '',
  });
  expect([early, foreign]).toMatchObject([{ body: { code: 10015 } }, { body: { code: 10015 } }]);
});

test('the first followup after a deferral fills the deferred message', async () => {
  const interaction = await draw();
  await answer(interaction, { type: 5 });
  await call(interaction, { method: 'POST', body: { content: 'first' } });
  await call(interaction, { method: 'POST', body: { content: 'second' } });
  expect(server.messages(server.channelId).map(({ content }) => content)).toEqual([
    'first',
    'second',
  ]);
  expect(interaction.followups).toHaveLength(1);
});

test('a response can be edited five times in five seconds', async () => {
  const interaction = await draw();
  await answer(interaction, { type: 5 });
  const statuses: number[] = [];
  for (const content of ['1', '2', '3', '4', '5', '6']) {
    const edited = await call(interaction, { method: 'PATCH', path: original, body: { content } });
    statuses.push(edited.status);
  }
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  expect(interaction.response?.message?.content).toBe('5');
});

test('files may be as large as the interaction said', async () => {
  const interaction = await draw({ attachmentSizeLimit: 10 });
  await answer(interaction, { type: 5 });
  const upload = (files: number[]) =>
    call(interaction, { method: 'PATCH', path: original, body: { content: 'x' }, files });
  expect((await upload([10])).status).toBe(200);
  expect(await upload([11])).toMatchObject({ status: 413, body: { code: 50045 } });
});

test('a command has no message to update', async () => {
  const interaction = await draw();
  expect((await answer(interaction, { type: 6 })).body['code']).toBe(50035);
  expect(interaction.acknowledgedAfterMs).toBeUndefined();
});

test("the bot's token on an interaction route is recorded", async () => {
  const interaction = await draw();
  await answer(interaction, { type: 5 });
  const token = `Bot ${server.token}`;
  await call(interaction, { method: 'PATCH', path: original, body: { content: 'x' }, token });
  expect(server.violations).toEqual([expect.stringContaining('token for nothing')]);
});

test('a deleted response is gone', async () => {
  const interaction = await draw();
  await answer(interaction, { type: 4, data: { content: 'x' } });
  expect((await call(interaction, { method: 'DELETE', path: original })).status).toBe(204);
  const edited = await call(interaction, {
    method: 'PATCH',
    path: original,
    body: { content: 'y' },
  });
  expect(edited.body['code']).toBe(10008);
});

test('a message has one thread at most', async () => {
  server.permit(274_878_024_704n | (1n << 35n));
  const { id } = await server.sendMessage({ channelId: server.channelId, content: 'start here' });
  const path = `/channels/${server.channelId}/messages/${id}/threads`;
  const start = () => callApi(server, { method: 'POST', path, body: { name: 'sketches' } });
  expect((await start()).body).toMatchObject({ id, name: 'sketches', parent_id: server.channelId });
  expect((await start()).body['code']).toBe(160004);
});

const choice = (n: number) => ({ name: `model ${n}`, value: `m${n}` });
const many = (count: number) => Array.from({ length: count }, (_, n) => choice(n));
const type = (option = 'model') =>
  server.typeInto({ name: 'draw', option, begun: 'f', options: { style: 'ink' } });
const suggest = (typing: TestInteraction, choices: unknown) =>
  answer(typing, { type: 8, data: { choices } });

describe('while somebody types', () => {
  beforeEach(async () => {
    const path = `/applications/${server.applicationId}/commands`;
    const options = [
      { type: 3, name: 'model', description: 'Which', autocomplete: true },
      { type: 3, name: 'style', description: 'How' },
      { type: 10, name: 'guidance', description: 'How closely', autocomplete: true },
    ];
    const body = [{ name: 'draw', description: 'Draws', options }];
    await callApi(server, { method: 'PUT', path, body });
  });

  test('the choices that were answered are shown', async () => {
    const typing = await type();
    expect((await suggest(typing, many(25))).status).toBe(204);
    expect(typing.response).toEqual({ type: 8, flags: 0, message: undefined, choices: many(25) });
    expect(server.messages(server.channelId)).toEqual([]);
    expect(server.violations).toEqual([]);
  });

  test.each([
    ['26 choices', many(26)],
    ['a name over 100 characters', [{ name: 'x'.repeat(101), value: 'a' }]],
    ['an empty name', [{ name: '', value: 'a' }]],
    ['a value over 100 characters', [{ name: 'a', value: 'x'.repeat(101) }]],
    ['a name twice', [choice(1), choice(1)]],
    ['numbers for text', [{ name: 'a', value: 1 }]],
  ])('%s are refused and recorded', async (_, choices) => {
    const typing = await type();
    expect(await suggest(typing, choices)).toMatchObject({ status: 400, body: { code: 50035 } });
    expect(typing.response).toBeUndefined();
    expect(server.violations).toHaveLength(1);
  });

  test('numbers are suggested for numbers', async () => {
    const typing = await type('guidance');
    expect(await suggest(typing, [{ name: 'usual', value: 3.5 }])).toMatchObject({ status: 204 });
    const other = await type('guidance');
    expect(await suggest(other, [choice(1)])).toMatchObject({ status: 400 });
  });

  test('a second answer is refused', async () => {
    const typing = await type();
    await suggest(typing, []);
    expect((await suggest(typing, [])).body['code']).toBe(40060);
  });

  test('nothing else answers typing, and suggestions answer nothing else', async () => {
    const typing = await type();
    expect((await answer(typing, { type: 5 })).body['code']).toBe(50035);
    expect((await suggest(await draw(), [])).body['code']).toBe(50035);
  });

  test('suggestions open no webhook', async () => {
    const typing = await type();
    await suggest(typing, []);
    const message = await call(typing, { method: 'POST', body: { content: 'x' } });
    expect(message.body['code']).toBe(10015);
  });

  test('only options that were published so are asked for', async () => {
    await expect(type('style')).rejects.toThrow('suggests nothing');
  });
});
