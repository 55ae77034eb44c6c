import { afterEach, beforeEach, expect, test } from 'vitest';
import { startDiscordServer, type DiscordServer } from '../support/discord/discord-server.ts';
import { callApi } from '../support/discord/test-client.ts';

let server: DiscordServer;

beforeEach(async () => {
  server = await startDiscordServer();
});

afterEach(() => server.close());

const publish = (body: unknown) =>
  callApi(server, {
    method: 'PUT',
    path: `/applications/${server.applicationId}/commands`,
    body,
  });
const option = (name: string, more = {}) => ({ type: 3, name, description: 'x', ...more });
const many = <T>(count: number, make: (n: number) => T) =>
  Array.from({ length: count }, (_, n) => make(n));
const toChoice = (n: number) => ({ name: `choice ${n}`, value: `choice ${n}` });
const command = (more = {}) => ({ name: 'draw', description: 'Draws', ...more });

test('a bulk overwrite replaces everything and keeps ids by name', async () => {
  const first = (await publish([command()])).body as unknown as { id: string }[];
  const second = (await publish([command({ description: 'Paints' })])).body;
  expect(second).toMatchObject([{ id: first[0]?.id, description: 'Paints' }]);
  expect(server).toMatchObject({ commandWrites: 2, publishedCommands: second });
});

test.each([
  ['an upper case name', [command({ name: 'Draw' })]],
  ['a name twice', [command(), command()]],
  ['no description', [command({ description: '' })]],
  ['26 options', [command({ options: many(26, (n) => option(`o${n}`)) })]],
  ['an option twice', [command({ options: [option('a'), option('a')] })]],
  [
    'a required option after an optional one',
    [command({ options: [option('a'), option('b', { required: true })] })],
  ],
  [
    'suggestions for a file',
    [command({ options: [option('a', { type: 11, autocomplete: true })] })],
  ],
  [
    'choices beside suggestions',
    [command({ options: [option('a', { autocomplete: true, choices: [toChoice(1)] })] })],
  ],
  [
    'a file type that is none',
    [command({ options: [option('a', { type: 11, file_types: ['image', 'picture'] })] })],
  ],
  [
    'more than 8000 characters',
    [command({ options: many(25, (o) => option(`o${o}`, { choices: many(25, toChoice) })) })],
  ],
])('%s is refused', async (_, commands) => {
  expect(await publish(commands)).toMatchObject({ status: 400, body: { code: 50035 } });
  expect(server.commandWrites).toBe(0);
});
