import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '../../src/config.ts';
import { FAL_ADDRESSES } from '../../src/fal/addresses.ts';
import { loadPlatforms } from '../../src/load-folder.ts';
import { describeSettings } from '../../src/overview.ts';

const definitions = await loadPlatforms();
const DISCORD_TOKEN = 'MTE5MDAwMDAwMDAwMDAwMDAwMQ.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789AB';

function read(variables: Record<string, string>) {
  return readConfig(definitions, variables);
}

function statesOf(config: ReturnType<typeof read>): Record<string, string> {
  return Object.fromEntries(
    config.platforms.map(({ definition, setting }) => [definition.name, setting.state]),
  );
}

test('with nothing set, the web chat and the sandbox are on', () => {
  const config = read({});
  expect(config.fal).toEqual({
    kind: 'sandbox',
    limits: { waitMs: 900_000, totalMs: 3_600_000, lookBackMs: 120_000 },
    pace: { positions: 2, waitMs: 1000, runMs: 3000, logEveryMs: 400 },
  });
  expect(statesOf(config)).toEqual({ discord: 'off', slack: 'off', web: 'on' });
  expect(config).toMatchObject({ host: '127.0.0.1', port: 3000, logLevel: 'info' });
});

test('pictures that a safety check marked are withheld unless the operator wants them hidden', () => {
  expect(read({}).flaggedPictures).toBe('withhold');
  expect(read({ FLAGGED_PICTURES: 'spoiler' }).flaggedPictures).toBe('spoiler');
  expect(() => read({ FLAGGED_PICTURES: 'show' })).toThrow(
    'FLAGGED_PICTURES must be withhold or spoiler',
  );
});

test('delivered pictures carry their recipe unless the operator does not want it', () => {
  expect(read({}).hasPictureMetadata).toBe(true);
  expect(read({ PICTURE_METADATA: 'off' }).hasPictureMetadata).toBe(false);
  expect(() => read({ PICTURE_METADATA: 'no' })).toThrow('PICTURE_METADATA must be on or off');
});

describe('the address under which others reach Easel', () => {
  test.each([
    ['https://easel.example', 'https://easel.example'],
    ['https://Easel.example/', 'https://easel.example'],
    ['https://easel.example:8443', 'https://easel.example:8443'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://127.0.0.1:3000/', 'http://127.0.0.1:3000'],
    ['http://[::1]:3000', 'http://[::1]:3000'],
  ])('%s is %s', (PUBLIC_URL, publicUrl) => {
    expect(read({ PUBLIC_URL }).publicUrl).toBe(publicUrl);
  });

  test('is none by itself', () => {
    expect(read({}).publicUrl).toBeUndefined();
  });

  test.each([
    'http://easel.example',
    'http://192.168.0.7:3000',
    'http://localhost.evil.example',
    'https://easel.example/easel',
    'https://easel.example/?a=b',
    'https://ada:secret@easel.example',
    'easel.example',
    'ftp://easel.example',
    'javascript:alert(1)',
  ])('is never %s', (PUBLIC_URL) => {
    expect(() => read({ PUBLIC_URL })).toThrow(
      'PUBLIC_URL must be an address such as https://easel.example',
    );
  });
});

describe('the fal key', () => {
  test.each([
    [{ FAL_API_KEY: 'a:1', FAL_KEY: 'b:2', FAL_KEY_ID: 'c', FAL_KEY_SECRET: '3' }, 'a:1'],
    [{ FAL_KEY: 'b:2', FAL_KEY_ID: 'c', FAL_KEY_SECRET: '3' }, 'b:2'],
    [{ FAL_KEY_ID: 'c', FAL_KEY_SECRET: '3' }, 'c:3'],
    [{ FAL_API_KEY: '', FAL_KEY: 'b:2' }, 'b:2'],
    [{ FAL_API_KEY: '  ', FAL_KEY: '"b:2"' }, 'b:2'],
    [{ FAL_KEY: "'b:2'\n" }, 'b:2'],
    [{ FAL_KEY: '\r\n b:2 \r\n' }, 'b:2'],
    [{ FAL_API_KEY: '""', FAL_KEY: 'b:2' }, 'b:2'],
  ])('%j', (variables, credentials) => {
    expect(read(variables).fal).toMatchObject({
      kind: 'fal',
      credentials,
      addresses: FAL_ADDRESSES,
    });
  });

  test('an empty key is no key', () => {
    expect(read({ FAL_KEY: '', FAL_API_KEY: "''" }).fal.kind).toBe('sandbox');
  });
});

test('every outside address can be changed', () => {
  expect(
    read({
      FAL_KEY: 'b:2',
      FAL_QUEUE_URL: 'http://127.0.0.1:1/queue/',
      FAL_RUN_URL: 'http://127.0.0.1:1/run',
      FAL_REST_URL: 'http://127.0.0.1:1/rest',
      FAL_API_URL: 'http://127.0.0.1:1/api/v1',
      FAL_FILE_HOSTS: '127.0.0.1:1, Example.COM',
      FAL_HEADERS: '{"x-app-fal-disable-fallback":"true"}',
    }).fal,
  ).toMatchObject({
    kind: 'fal',
    credentials: 'b:2',
    addresses: {
      queue: 'http://127.0.0.1:1/queue',
      run: 'http://127.0.0.1:1/run',
      rest: 'http://127.0.0.1:1/rest',
      api: 'http://127.0.0.1:1/api/v1',
    },
    fileHosts: ['127.0.0.1:1', 'example.com'],
    headers: { 'x-app-fal-disable-fallback': 'true' },
  });
});

test.each([
  [{ DISCORD_TOKEN }, { discord: 'on' }],
  [{ SLACK_BOT_TOKEN: 'xoxb-1-2', SLACK_APP_TOKEN: 'xapp-1-2' }, { slack: 'on' }],
  [
    { SLACK_BOT_TOKEN: 'xoxb-1-2', SLACK_SIGNING_SECRET: '8f742231b10e8888abcd99yyyzzz85a5' },
    { slack: 'on' },
  ],
  [{ WEB_CHAT: 'off' }, { web: 'off' }],
  [{ HOST: '0.0.0.0', WEB_LOGIN_TOKEN: '0123456789abcdef' }, { web: 'on' }],
])('%j switches exactly one thing', (variables, states) => {
  expect(statesOf(read(variables))).toEqual({ discord: 'off', slack: 'off', web: 'on', ...states });
});

describe('what is wrong ends the start with its remedy', () => {
  test.each([
    [{ FAL_KEY_ID: 'c' }, 'FAL_KEY_SECRET is missing'],
    [{ FAL_KEY_SECRET: 'c' }, 'FAL_KEY_ID is missing'],
    [{ FAL_KEY: 'a b' }, 'white space inside'],
    [{ FAL_QUEUE_URL: 'https://proxy.example' }, 'set FAL_KEY, or remove it'],
    [{ FAL_KEY: 'k', FAL_QUEUE_URL: 'queue.fal.run' }, 'FAL_QUEUE_URL must be an address'],
    [{ FAL_KEY: 'k', FAL_RUN_URL: 'file:///etc/passwd' }, 'FAL_RUN_URL must be an address'],
    [{ FAL_KEY: 'k', FAL_HEADERS: 'x: y' }, 'FAL_HEADERS must be JSON'],
    [{ FAL_KEY: 'k', FAL_HEADERS: '{"x y":"z"}' }, 'FAL_HEADERS must be JSON'],
    [{ PORT: '70000' }, 'PORT must be a whole number from 0 to 65535'],
    [{ PORT: 'http' }, 'PORT must be a whole number from 0 to 65535'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of'],
    [{ FAL_WAIT_LIMIT_SECONDS: '0' }, 'FAL_WAIT_LIMIT_SECONDS must be a whole number'],
    [{ DISCORD_TOKEN: 'not a token' }, 'DISCORD_TOKEN'],
    [{ SLACK_BOT_TOKEN: 'xoxb-1-2' }, 'SLACK_APP_TOKEN'],
    [{ SLACK_APP_TOKEN: 'xapp-1-2' }, 'SLACK_BOT_TOKEN'],
    [{ SLACK_SIGNING_SECRET: '8f742231b10e8888abcd99yyyzzz85a5' }, 'SLACK_BOT_TOKEN'],
    [{ SLACK_BOT_TOKEN: 'xapp-1', SLACK_APP_TOKEN: 'xapp-1' }, 'xoxb-'],
    [{ HOST: '0.0.0.0' }, 'WEB_LOGIN_TOKEN'],
    [{ HOST: '0.0.0.0', WEB_LOGIN_TOKEN: 'short' }, 'WEB_LOGIN_TOKEN'],
    [{ WEB_CHAT: 'maybe' }, 'WEB_CHAT'],
  ])('%j', (variables, sentence) => {
    expect(() => read(variables)).toThrow(ConfigError);
    expect(() => read(variables)).toThrow(sentence);
  });

  test('all mistakes are named in one message', () => {
    expect(() =>
      read({ PORT: 'x', FAL_KEY_ID: 'c', SLACK_APP_TOKEN: 'xapp-1', LOG_LEVEL: 'y' }),
    ).toThrow(/PORT[\s\S]*LOG_LEVEL[\s\S]*SLACK_BOT_TOKEN/u);
  });

  test('no message repeats a secret', () => {
    const secret = 'super-secret-value';
    for (const name of [
      'DISCORD_TOKEN',
      'SLACK_BOT_TOKEN',
      'SLACK_APP_TOKEN',
      'SLACK_SIGNING_SECRET',
    ]) {
      expect(() => read({ [name]: secret })).toThrow(expect.not.stringContaining(secret) as string);
    }
  });
});

test('the table at start names what is off and the variable that turns it on', () => {
  const table = describeSettings(read({}), {
    address: 'http://127.0.0.1:3000',
    modelCount: 36,
  });
  expect(table).toMatch(/fal +off .*FAL_KEY/u);
  expect(table).toMatch(/Discord +off +turn on with DISCORD_TOKEN/u);
  expect(table).toMatch(/Slack +off +turn on with SLACK_BOT_TOKEN/u);
  expect(table).toMatch(/Web chat +on/u);
  expect(table).toMatch(/Links +off +turn on with PUBLIC_URL/u);
  expect(table).toMatch(/Models +on +36; MODELS allows others/u);
  expect(table).toContain('http://127.0.0.1:3000');
});
