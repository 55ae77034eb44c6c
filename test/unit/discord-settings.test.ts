import { expect, test } from 'vitest';
import { readSettings } from '../../src/platforms/discord/settings.ts';

const DISCORD_TOKEN = `${'M'.repeat(24)}.Gabc12.${'x'.repeat(38)}`;

test('without any variable Discord is off', () => {
  expect(readSettings({ SLACK_BOT_TOKEN: 'xoxb' })).toEqual({
    state: 'off',
    turnOnWith: 'DISCORD_TOKEN',
  });
});

test('a token alone turns it on, with Discord’s own addresses', () => {
  expect(readSettings({ DISCORD_TOKEN: `Bot ${DISCORD_TOKEN}` })).toEqual({
    state: 'on',
    settings: {
      token: DISCORD_TOKEN,
      apiUrl: 'https://discord.com/api',
      fileHosts: [
        'cdn.discordapp.com',
        'media.discordapp.net',
        'images-ext-1.discordapp.net',
        'images-ext-2.discordapp.net',
      ],
      messageContent: false,
    },
  });
});

test('every address can be changed', () => {
  expect(
    readSettings({
      DISCORD_TOKEN,
      DISCORD_API_URL: 'http://127.0.0.1:8080/api/',
      DISCORD_FILE_HOSTS: 'Files.example, 127.0.0.1:8080',
      DISCORD_MESSAGE_CONTENT: 'on',
    }),
  ).toMatchObject({
    settings: {
      apiUrl: 'http://127.0.0.1:8080/api',
      fileHosts: ['files.example', '127.0.0.1:8080'],
      messageContent: true,
    },
  });
});

test.each([
  [{ DISCORD_TOKEN: 'abc' }, /^DISCORD_TOKEN does not look like a bot token.*copy it again/u],
  [
    { DISCORD_TOKEN, DISCORD_API_URL: 'discord.com' },
    /^DISCORD_API_URL must be an address such as/u,
  ],
  [{ DISCORD_TOKEN, DISCORD_API_URL: 'ftp://a.b' }, /^DISCORD_API_URL must be an address such as/u],
  [
    { DISCORD_TOKEN, DISCORD_MESSAGE_CONTENT: 'yes' },
    /^DISCORD_MESSAGE_CONTENT must be on or off/u,
  ],
  [
    { DISCORD_MESSAGE_CONTENT: 'on' },
    /^DISCORD_MESSAGE_CONTENT has no effect without DISCORD_TOKEN/u,
  ],
  [{ DISCORD_API_URL: 'https://a.b' }, /^DISCORD_API_URL has no effect without DISCORD_TOKEN/u],
])('%j is a mistake with a remedy', (environment, sentence) => {
  const reading = readSettings(environment);
  expect(reading).toEqual({
    state: 'mistaken',
    mistakes: [expect.stringMatching(sentence) as string],
  });
});

test('every mistake is named at once, and the token never repeated', () => {
  const reading = readSettings({
    DISCORD_TOKEN: 'secret-and-wrong',
    DISCORD_API_URL: 'x',
    DISCORD_MESSAGE_CONTENT: 'x',
  });
  expect(reading).toMatchObject({ mistakes: { length: 3 } });
  expect(JSON.stringify(reading)).not.toContain('secret-and-wrong');
});
