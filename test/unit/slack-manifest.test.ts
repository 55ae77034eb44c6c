import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { loadCommands } from '../../src/load-folder.ts';
import { loadModels } from '../../src/models/load-models.ts';
import { toManifest } from '../../src/platforms/slack/manifest.ts';

const commands = await loadCommands({ models: await loadModels() });
const socket = { httpAddress: undefined, mainName: '/imagine' };

test('every published command has its slash command, and buttons’ commands have none', () => {
  const { slash_commands: listed } = toManifest(commands, socket).features;
  expect(listed.map(({ command }) => command)).toEqual(
    commands.filter(({ published }) => published).map(({ name }) => `/${name}`),
  );
  expect(listed.find(({ command }) => command === '/imagine')).toEqual({
    command: '/imagine',
    description: 'Make a picture, or whatever a model makes, from words and from what you attach',
    usage_hint: '[prompt] [--model …] [--ar …] [--size …] [--res …]',
    should_escape: false,
  });
});

test('the menu of every message has its entries, and no more than Slack takes', () => {
  const { shortcuts } = toManifest(commands, socket).features;
  const entries = commands.flatMap(({ name, menu }) => (menu === undefined ? [] : [[name, menu]]));
  expect(shortcuts.map(({ callback_id: id, name }) => [id, name])).toEqual(entries);
  expect(entries).toContainEqual(['edit', 'Edit picture']);
  expect(shortcuts.every(({ type }) => type === 'message')).toBe(true);
  expect(shortcuts.length).toBeLessThanOrEqual(5);
  for (const { name, callback_id: id, description } of shortcuts) {
    expect(name.length).toBeLessThanOrEqual(24);
    expect(id.length).toBeLessThanOrEqual(255);
    expect(description.length).toBeLessThanOrEqual(150);
  }
});

test('Socket Mode needs no address; HTTP names the same one for everything', () => {
  expect(JSON.stringify(toManifest(commands, socket))).not.toContain('url');
  const http = toManifest(commands, { ...socket, httpAddress: 'https://easel.example' });
  const address = 'https://easel.example/slack/events';
  expect(http.settings).toMatchObject({
    socket_mode_enabled: false,
    event_subscriptions: { request_url: address },
    interactivity: {
      is_enabled: true,
      request_url: address,
      message_menu_options_url: address,
    },
  });
  expect(http.features.slash_commands).toMatchObject(
    http.features.slash_commands.map(() => ({ url: address })),
  );
});

test('the permissions are the least that works, and people can write to the bot', () => {
  const { oauth_config: oauth, features } = toManifest(commands, socket);
  expect(oauth.scopes.bot.toSorted()).toEqual([
    'app_mentions:read',
    'channels:history',
    'channels:join',
    'channels:read',
    'chat:write',
    'commands',
    'files:read',
    'files:write',
    'groups:history',
    'groups:read',
    'im:history',
    'im:read',
    'mpim:history',
    'mpim:read',
    'users:read',
  ]);
  expect(features.app_home).toMatchObject({
    messages_tab_enabled: true,
    messages_tab_read_only_enabled: false,
  });
});

test('the script prints it as JSON without looking at the environment', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['src/platforms/slack/manifest.ts', '--command', 'draw', '--http', 'https://easel.example'],
    { env: {} },
  );
  expect(JSON.parse(stdout)).toEqual(
    JSON.parse(
      JSON.stringify(
        toManifest(commands, { httpAddress: 'https://easel.example', mainName: '/draw' }),
      ),
    ),
  );
});
