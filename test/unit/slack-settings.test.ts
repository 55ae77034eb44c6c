import { expect, test } from 'vitest';
import slack from '../../src/platforms/slack/index.ts';
import { readSlackSettings } from '../../src/platforms/slack/settings.ts';

const SLACK_BOT_TOKEN = 'xoxb-1-2-three';
const SLACK_APP_TOKEN = 'xapp-1-A-2-three';
const SLACK_SIGNING_SECRET = 'abc';

test.each([
  [{ SLACK_BOT_TOKEN, SLACK_APP_TOKEN }, 'Socket Mode'],
  [{ SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET }, 'HTTP at /slack/events'],
  [{ SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET }, 'Socket Mode'],
])('%o turns Slack on by %s', (environment, how) => {
  expect(slack.read(environment)).toMatchObject({ state: 'on', how });
});

test('nothing set leaves it off and says what would turn it on', () => {
  expect(slack.read({ SLACK_COMMAND: '/draw' })).toEqual({
    state: 'off',
    turnOnWith: 'SLACK_BOT_TOKEN and SLACK_APP_TOKEN',
  });
});

test.each<[Record<string, string>, RegExp[]]>([
  [{ SLACK_BOT_TOKEN }, [/^SLACK_APP_TOKEN is missing.*App-Level Tokens.*SLACK_SIGNING_SECRET/u]],
  [{ SLACK_APP_TOKEN }, [/^SLACK_BOT_TOKEN is missing.*OAuth & Permissions/u]],
  [{ SLACK_SIGNING_SECRET }, [/^SLACK_BOT_TOKEN is missing/u]],
  [
    { SLACK_BOT_TOKEN: SLACK_APP_TOKEN, SLACK_APP_TOKEN: SLACK_BOT_TOKEN },
    [/^SLACK_BOT_TOKEN is not a bot token.*xoxb-/u, /^SLACK_APP_TOKEN is not.*xapp-/u],
  ],
  [{ SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_API_URL: 'slack' }, [/^SLACK_API_URL must be/u]],
  [{ SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_COMMAND: 'Big Fox' }, [/^SLACK_COMMAND must be/u]],
])('%o is a mistake that names its remedy', (environment, expected) => {
  expect(slack.read(environment)).toEqual({
    state: 'mistaken',
    mistakes: expected.map((pattern): unknown => expect.stringMatching(pattern)),
  });
});

test('addresses, hosts and the command’s name are tidied up', () => {
  expect(
    readSlackSettings({
      SLACK_BOT_TOKEN,
      SLACK_APP_TOKEN,
      SLACK_API_URL: 'http://127.0.0.1:9/api',
      SLACK_FILE_HOSTS: 'files.slack.com, Files.Example',
      SLACK_COMMAND: 'draw',
    }),
  ).toMatchObject({
    settings: {
      apiUrl: 'http://127.0.0.1:9/api/',
      fileHosts: ['files.slack.com', 'files.example'],
      command: '/draw',
    },
  });
});
