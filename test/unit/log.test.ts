import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { createLog } from '../../src/log.ts';

function capture(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  write(createLog('trace', sink));
  return lines.join('');
}

test.each([
  [
    'a fal key',
    'Authorization: Key 0a1b2c3d-0000-4000-8000-0123456789ab:0123456789abcdef0123456789abcdef',
    '0123456789abcdef0123',
  ],
  [
    'a bare fal key',
    '0a1b2c3d-0000-4000-8000-0123456789ab:0123456789abcdef0123456789abcdef',
    '0123456789abcdef0123',
  ],
  [
    'a bot token',
    'Bot MTE5MDAwMDAwMDAwMDAwMDAw.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789AB',
    'GabcdE',
  ],
  [
    'a bare Discord token',
    'MTE5MDAwMDAwMDAwMDAwMDAwMQ.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789AB',
    'GabcdE',
  ],
  ['a Slack bot token', 'xoxb-123456-abcdef', '123456-abcdef'],
  ['a Slack app token', 'xapp-1-A1-2-ff', 'A1-2-ff'],
  ['a bearer', 'Bearer abcdefghijkl', 'abcdefghijkl'],
  [
    'an interaction token',
    '/interactions/119000000000000000/aW50ZXJhY3Rpb246dG9rZW4/callback',
    'aW50ZXJhY3Rpb246dG9rZW4',
  ],
  [
    'an interaction webhook',
    '/webhooks/119000000000000000/aW50ZXJhY3Rpb246dG9rZW4/messages',
    'aW50ZXJhY3Rpb246dG9rZW4',
  ],
  ['a response URL', 'https://hooks.slack.com/commands/T1/2/abc', 'T1/2/abc'],
  ['an upload URL', 'https://files.slack.com/upload/v1/ABC123', 'ABC123'],
  ['a socket ticket', 'wss://wss.slack.com/link/?ticket=abc-def&app_id=1', 'abc-def'],
  [
    'a signed address of Easel’s own',
    'https://easel.example/p/1.2/original?until=1&sign=q83vEjRWeJA_-x',
    'q83vEjRWeJA',
  ],
  [
    'a signed attachment',
    'https://cdn.discordapp.com/a/b/c.png?ex=66&is=65&hm=deadbeef&',
    'deadbeef',
  ],
])('%s never reaches the log, wherever it stands', (_, secret, mark) => {
  const written = capture((log) => {
    log.info({ url: secret, nested: { list: [secret] } }, `seen ${secret}`);
    log.error({ error: new Error(secret, { cause: new Error(secret) }) }, 'failed');
  });
  expect(written).toContain('seen');
  expect(written).not.toContain(mark);
});

test('an error is logged with its message and its stack', () => {
  const written = capture((log) => log.error({ error: new Error('no such place') }, 'failed'));
  expect(JSON.parse(written)).toMatchObject({
    level: 'error',
    error: { message: 'no such place', stack: expect.stringContaining('log.test.ts') as string },
  });
});

test('line breaks in what people typed cannot forge a log line', () => {
  const written = capture((log) => log.info({ prompt: 'a\n{"level":"fatal"}' }, 'asked\nagain'));
  expect(written.trimEnd().split('\n')).toHaveLength(1);
});
