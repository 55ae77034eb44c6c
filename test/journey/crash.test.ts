/** `kill -9` after every change of state, on every chat: one submission, one delivery, always. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { waitFor, type TestChat } from '../support/chats/chat.ts';
import { CHATS, HURRIED_PACE, startWorld, type ChatName, type World } from '../support/world.ts';

const preload = fileURLToPath(new URL('../support/kill-after-write.ts', import.meta.url));

let world: World | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

/** Regular expressions over a write's SQL and values: the write after which the process dies. */
const WRITES = {
  'the job was accepted': '^insert into "jobs"',
  'the status message was noted': '^update "jobs" set "status" =',
  'the request id was noted': '"state":"submitted"',
  'the result was stored': '"state":"finished"',
  'the files were fetched': '"state":"fetched"',
  'the delivery began': '^update "jobs" set "delivery_checkpoint" =',
  'the delivery was noted': '"state":"delivered"',
  'the job was closed': '^update "jobs" set "closed_at" =',
} as const;

/** The web chat delivers in one write of its own and needs no checkpoint. */
function writesOn(name: ChatName): [string, string][] {
  return Object.entries(WRITES).filter(([what]) => name !== 'web' || what !== 'the delivery began');
}

/** As a newer Easel, or a bad disk, might leave it. */
function damageAnotherJob(dataFolder: string): void {
  const database = new DatabaseSync(join(dataFolder, 'easel.sqlite'));
  const columns = database
    .prepare('select * from jobs')
    .columns()
    .map(({ name }) => name);
  const copied = columns.map((name) => (['id', 'invocation_id'].includes(name) ? `'other'` : name));
  database.exec(`insert into jobs (${columns.join()}) select ${copied.join()} from jobs`);
  database.exec(`update jobs set state_details = '{', position = 0 where id = 'other'`);
  database.close();
}

async function endOf(chat: TestChat): Promise<void> {
  await waitFor(
    'the end',
    () => /Done|For |Nobody knows/u.test(chat.statusTexts().at(-1) ?? ''),
    30_000,
  );
}

describe.each(Object.keys(CHATS) as ChatName[])('on %s, killed right after', (name) => {
  test.each(writesOn(name))('%s', async (_, pattern) => {
    const started = await startWorld(await CHATS[name](), {
      pace: HURRIED_PACE,
      env: { KILL_AFTER: pattern },
      preload,
    });
    world = started;
    const { chat, sandbox, easel } = started;
    await chat.ask('a phoenix');
    expect(await easel.ended).toMatchObject({ signal: 'SIGKILL' });
    await started.restart();
    await endOf(chat);
    expect(sandbox.journal.submits).toHaveLength(1);
    expect(await chat.deliveries()).toHaveLength(1);
    expect(chat.problems()).toEqual([]);
  });

  test('the request reached fal, before its id was stored', async () => {
    const started = await startWorld(await CHATS[name](), { pace: HURRIED_PACE });
    world = started;
    const { chat, sandbox } = started;
    sandbox.faults.add({ kind: 'slow-headers', on: ['submit'], delayMs: 30_000 });
    await chat.ask('a phoenix');
    await waitFor(
      'the submission',
      () =>
        sandbox.journal.submits.length > 0 ||
        sandbox.journal.requests.some(
          ({ path, method }) => method === 'POST' && path.startsWith('/queue/'),
        ),
    );
    await started.easel.kill();
    await started.restart();
    await endOf(chat);
    expect(sandbox.journal.submits).toHaveLength(1);
    expect(await chat.deliveries()).toHaveLength(1);
  });

  test('the intent to submit was stored: the person is asked, and one click makes one submission', async () => {
    const started = await startWorld(await CHATS[name](), {
      pace: HURRIED_PACE,
      env: { KILL_AFTER: '"state":"submitting"' },
      preload,
    });
    world = started;
    const { chat, sandbox, easel } = started;
    await chat.ask('a phoenix');
    expect(await easel.ended).toMatchObject({ signal: 'SIGKILL' });
    expect(sandbox.journal.submits).toHaveLength(0);
    await started.restart({ FAL_LOOK_BACK_SECONDS: '1' });
    await waitFor(
      'the question',
      () => chat.statusTexts().at(-1)?.includes('Nobody knows'),
      30_000,
    );
    await chat.press('Send it again');
    await waitFor('the picture', async () => (await chat.deliveries()).length > 0);
    expect(sandbox.journal.submits).toHaveLength(1);
    expect(await chat.deliveries()).toHaveLength(1);
  });
});

test('a job that cannot be read keeps no other waiting', async () => {
  const started = await startWorld(await CHATS.web(), {
    pace: { ...HURRIED_PACE, runMs: 1500 },
  });
  world = started;
  const { chat, sandbox } = started;
  await chat.ask('a phoenix');
  await waitFor('the submission', () => sandbox.journal.submits.length > 0);
  await started.easel.kill();
  damageAnotherJob(started.easel.dataFolder);
  await started.restart();
  await endOf(chat);
  expect(await chat.deliveries()).toHaveLength(1);
  expect(started.easel.output().stderr).toContain('job other is damaged');
});
