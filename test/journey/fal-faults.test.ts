/**
 * Everything that can go wrong on fal's wire, through the whole bot: each ends in the picture or in
 * one clear sentence, never in a hang, and fal never counts more than one submission.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FaultRule } from '../../src/fal/sandbox/sandbox.ts';
import { waitFor } from '../support/chats/chat.ts';
import { CHATS, startWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld(await CHATS.web(), {
    pace: { positions: 1, waitMs: 50, runMs: 100, logEveryMs: 30 },
    env: { FAL_WAIT_LIMIT_SECONDS: '3', FAL_TOTAL_LIMIT_SECONDS: '12', FAL_LOOK_BACK_SECONDS: '1' },
  });
});
afterAll(async () => {
  await world.close();
});

const UNDER_WAY = /Sending it off|Waiting in line|Drawing|Checking|Posting the picture|Stopping/u;
const PICTURE = /For you/u;

interface Case {
  readonly when: string;
  readonly faults: readonly FaultRule[];
  /** What the message says in the end. */
  readonly ends: RegExp;
  /** Submissions that fal took. */
  readonly submits: 0 | 1;
}

const cases: readonly Case[] = [
  // the submission
  {
    when: 'the answer to a submission is lost',
    faults: [{ kind: 'reset-before-answer' }],
    ends: PICTURE,
    submits: 1,
  },
  {
    when: 'the submission never arrives',
    faults: [{ kind: 'reset-before-accept' }],
    ends: /Nobody knows/u,
    submits: 0,
  },
  ...[500, 502, 503, 504].flatMap((status): Case[] => [
    {
      when: `a ${status} answers a submission that was taken`,
      faults: [{ kind: 'http-error', status, accepted: true }],
      ends: PICTURE,
      submits: 1,
    },
    {
      when: `a ${status} answers a submission that was not taken`,
      faults: [{ kind: 'http-error', status }],
      ends: /Nobody knows/u,
      submits: 0,
    },
  ]),
  {
    when: 'a gateway answers a submission with a web page',
    faults: [{ kind: 'html-error' }],
    ends: /Nobody knows/u,
    submits: 0,
  },
  {
    when: 'the answer to a submission breaks off',
    faults: [{ kind: 'cut-body' }],
    ends: PICTURE,
    submits: 1,
  },
  {
    when: 'the answer to a submission is no JSON',
    faults: [{ kind: 'bad-json' }],
    ends: /Nobody knows/u,
    submits: 0,
  },
  {
    when: 'the submission is rate limited',
    faults: [{ kind: 'rate-limited', times: 2, retryAfterSeconds: 0.2 }],
    ends: PICTURE,
    submits: 1,
  },
  {
    when: 'the account runs too many at once',
    faults: [{ kind: 'concurrency-limit', on: ['submit'] }],
    ends: PICTURE,
    submits: 1,
  },
  {
    when: 'the account is out of credit',
    faults: [{ kind: 'locked' }],
    ends: /credit|balance/iu,
    submits: 0,
  },
  { when: 'the key is refused', faults: [{ kind: 'bad-key' }], ends: /key/iu, submits: 0 },
  {
    when: 'the submission itself is invalid',
    faults: [{ kind: 'validate-at-submit' }, { kind: 'http-error', on: ['submit'], status: 422 }],
    ends: /No picture/u,
    submits: 0,
  },
  {
    when: 'an error has no reason phrase',
    faults: [{ kind: 'empty-status-text', on: ['submit'], status: 400 }],
    ends: /No picture/u,
    submits: 0,
  },
  // the wait
  {
    when: 'status questions meet 503',
    faults: [{ kind: 'http-error', on: ['status'], status: 503, times: 3 }],
    ends: PICTURE,
    submits: 1,
  },
  {
    when: 'status questions meet 500',
    faults: [{ kind: 'http-error', on: ['status'], status: 500, times: 2 }],
    ends: PICTURE,
    submits: 1,
  },
  {
    when: 'status answers are web pages',
    faults: [{ kind: 'html-error', on: ['status'], times: 2 }],
    ends: PICTURE,
    submits: 1,
  },
  {
    when: 'status answers break off',
    faults: [{ kind: 'bad-json', on: ['status'], times: 2 }],
    ends: PICTURE,
    submits: 1,
  },
  {
    when: 'status connections break',
    faults: [{ kind: 'reset-before-answer', on: ['status'], times: 2 }],
    ends: PICTURE,
    submits: 1,
  },
  {
    when: 'a status has no logs',
    faults: [{ kind: 'null-logs', times: 3 }],
    ends: PICTURE,
    submits: 1,
  },
  {
    when: 'a status is a word nobody knows',
    faults: [{ kind: 'unknown-status', times: 2 }],
    ends: PICTURE,
    submits: 1,
  },
  { when: 'the log is hostile', faults: [{ kind: 'hostile-logs' }], ends: PICTURE, submits: 1 },
  {
    when: 'fal forgets the request',
    faults: [{ kind: 'request-gone', times: Infinity }],
    ends: /no longer knows/u,
    submits: 1,
  },
  {
    when: 'the line does not move',
    faults: [{ kind: 'stuck-in-queue' }],
    ends: /did not begin in time/u,
    submits: 1,
  },
  {
    when: 'nobody started it in time',
    faults: [{ kind: 'start-timeout' }],
    ends: /No picture .*again/u,
    submits: 1,
  },
  // the result
  {
    when: 'the runner fails',
    faults: [{ kind: 'job-fails' }],
    ends: /No picture .*again/u,
    submits: 1,
  },
  {
    when: 'the runner is out of reach',
    faults: [{ kind: 'job-fails', status: 503, errorType: 'runner_scheduling_failure' }],
    ends: /No picture .*again/u,
    submits: 1,
  },
  {
    when: 'the model refuses the words',
    faults: [{ kind: 'model-refuses' }],
    ends: /No picture/u,
    submits: 1,
  },
  {
    when: 'the model makes nothing',
    faults: [{ kind: 'model-refuses', type: 'no_media_generated' }],
    ends: /No picture/u,
    submits: 1,
  },
  {
    when: 'the result is asked for too early',
    faults: [{ kind: 'early-result', times: 2 }],
    ends: PICTURE,
    submits: 1,
  },
  {
    when: 'the result is gone',
    faults: [{ kind: 'result-expired', times: Infinity }],
    ends: /no longer knows/u,
    submits: 1,
  },
  {
    when: 'result questions meet 502',
    faults: [{ kind: 'http-error', on: ['result'], status: 502, times: 2 }],
    ends: PICTURE,
    submits: 1,
  },
  {
    when: 'the result breaks off',
    faults: [{ kind: 'cut-body', on: ['result'] }],
    ends: PICTURE,
    submits: 1,
  },
  {
    when: 'the result is no JSON',
    faults: [{ kind: 'bad-json', on: ['result'] }],
    ends: PICTURE,
    submits: 1,
  },
  // what is in the result
  {
    when: 'the safety checker blacked it out',
    faults: [{ kind: 'nsfw' }],
    ends: /safety check withheld/u,
    submits: 1,
  },
  {
    when: 'there is one image instead of a list',
    faults: [{ kind: 'single-image' }],
    ends: PICTURE,
    submits: 1,
  },
  {
    when: 'every field that may be null is null',
    faults: [{ kind: 'null-fields' }],
    ends: PICTURE,
    submits: 1,
  },
  {
    when: 'the seed is beyond what numbers hold',
    faults: [{ kind: 'huge-seed' }],
    ends: /seed 196619188014358660/u,
    submits: 1,
  },
  {
    when: 'there are no pictures',
    faults: [{ kind: 'no-media' }],
    ends: /without a picture/u,
    submits: 1,
  },
  {
    when: 'the file is empty',
    faults: [{ kind: 'zero-byte-file' }],
    ends: /No picture .*empty/u,
    submits: 1,
  },
  {
    when: 'the file is a web page',
    faults: [{ kind: 'html-file' }],
    ends: /No picture/u,
    submits: 1,
  },
  {
    when: 'a PNG is called a JPEG',
    faults: [{ kind: 'wrong-content-type' }],
    ends: PICTURE,
    submits: 1,
  },
  {
    when: 'the file is on somebody else’s host',
    faults: [{ kind: 'foreign-url', url: 'https://evil.example/x.png' }],
    ends: /No picture/u,
    submits: 1,
  },
  {
    when: 'the file is on a private address',
    faults: [{ kind: 'foreign-url', url: 'https://169.254.169.254/latest/meta-data' }],
    ends: /No picture/u,
    submits: 1,
  },
  {
    when: 'the file is on this machine',
    faults: [{ kind: 'foreign-url', url: 'file:///etc/passwd' }],
    ends: /No picture/u,
    submits: 1,
  },
  // the file
  {
    when: 'the file has expired',
    faults: [{ kind: 'file-gone', times: Infinity }],
    ends: /No picture/u,
    submits: 1,
  },
  { when: 'the file has moved', faults: [{ kind: 'file-redirect' }], ends: PICTURE, submits: 1 },
  {
    when: 'the file has moved to a private address',
    faults: [{ kind: 'file-redirect', to: 'http://169.254.169.254/' }],
    ends: /No picture/u,
    submits: 1,
  },
  {
    when: 'the file’s host answers 503',
    faults: [{ kind: 'http-error', on: ['file'], status: 503 }],
    ends: PICTURE,
    submits: 1,
  },
  {
    when: 'the file breaks off',
    faults: [{ kind: 'cut-body', on: ['file'] }],
    ends: PICTURE,
    submits: 1,
  },
];

test.each(cases)('when $when', async ({ faults, ends, submits }) => {
  const { chat, sandbox } = world;
  sandbox.faults.clear();
  for (const fault of faults) sandbox.faults.add(fault);
  const before = { submits: sandbox.journal.submits.length, messages: chat.statusCount() };
  const pictures = (await chat.deliveries()).length;
  await chat.ask('a fox --model qwen-image');
  await waitFor('a status message', () => chat.statusCount() > before.messages);
  await waitFor('an end', () => !UNDER_WAY.test(chat.newestStatus()), 30_000);
  sandbox.faults.clear();
  expect(chat.newestStatus()).toMatch(ends);
  expect(sandbox.journal.submits.length - before.submits).toBe(submits);
  const isPicture = ends === PICTURE || ends.source.startsWith('seed');
  expect((await chat.deliveries()).length - pictures).toBe(isPicture ? 1 : 0);
});

test('what only the operator can mend is in the log as an error', () => {
  const errors = world.easel
    .output()
    .stderr.split('\n')
    .filter((line) => line.includes('"level":"error"'))
    .join('\n');
  expect(errors).toMatch(/balance|credit/iu);
  expect(errors).toMatch(/key/iu);
  expect(errors).not.toContain('sandbox:key');
});

test('none of it was told with technical words or secrets', () => {
  const said = world.chat.statusTexts().join(' ');
  expect(said).not.toMatch(/undefined|\[object|sandbox:key|Error:|at \w+ \(|\p{Cc}/u);
});
