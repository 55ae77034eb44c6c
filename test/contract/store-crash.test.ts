import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { openStore } from '../../src/store/open-store.ts';
import { newJob } from '../support/new-job.ts';

const script = fileURLToPath(new URL('../support/store-child.ts', import.meta.url));
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-store-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Resolves once the child has printed at least `lines` lines. */
async function startChild(mode: 'write' | 'hold', lines: number) {
  const child = spawn(process.execPath, [script, folder, mode], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  const ended = once(child, 'close');
  const reached = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.split('\n').length > lines) resolve();
    });
  });
  await Promise.race([reached, ended]);
  return {
    lines: () => printed.split('\n').slice(0, -1),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function editDatabase(sql: string): void {
  const database = new DatabaseSync(join(folder, 'easel.sqlite'));
  database.exec(sql);
  database.close();
}

describe('a process that is killed', () => {
  test('loses no write that was acknowledged, and leaves no half of one', async () => {
    const child = await startChild('write', 30);
    await child.kill();
    const acknowledged = child.lines().filter((line) => line.startsWith('job-'));
    expect(acknowledged.length).toBeGreaterThanOrEqual(29);
    const store = await openStore({ folder });
    for (const id of acknowledged) {
      expect(await store.jobs.read(id)).toMatchObject({ state: 'submitting' });
    }
    const open = await store.jobs.listOpenIds();
    expect(open.length - acknowledged.length).toBeLessThanOrEqual(50);
    await store.close();
  });

  test('held the folder for itself, and frees it at once', async () => {
    const holder = await startChild('hold', 1);
    expect(holder.lines()).toStrictEqual(['open']);
    const second = await startChild('hold', 1);
    expect(second.lines()[0]).toBe(
      `UserError: Another Easel is using the data folder ${folder}. Stop it first, or give this one a folder of its own with DATA_DIR.`,
    );
    await second.kill();
    await holder.kill();
    const third = await startChild('hold', 1);
    expect(third.lines()).toStrictEqual(['open']);
    await third.kill();
  });
});

describe('opening', () => {
  test('refuses a second store in the same process until the first is closed', async () => {
    const first = await openStore({ folder });
    await expect(openStore({ folder })).rejects.toThrow(UserError);
    await first.close();
    await (await openStore({ folder })).close();
  });

  test('makes a folder and files that nobody else can read', async () => {
    const own = join(folder, 'deep', 'data');
    const store = await openStore({ folder: own });
    await store.jobs.accept(newJob('a'));
    const names = await readdir(own);
    expect(names).toEqual(expect.arrayContaining(['easel.sqlite', 'easel.sqlite-wal']));
    expect((await stat(own)).mode & 0o777).toBe(0o700);
    for (const name of names) expect((await stat(join(own, name))).mode & 0o777).toBe(0o600);
    await store.close();
  });

  test('finds again what was there, with the tables up to date already', async () => {
    const first = await openStore({ folder });
    const job = await first.jobs.accept(newJob('a'));
    await first.close();
    const second = await openStore({ folder });
    expect(await second.jobs.read('a')).toStrictEqual(job);
    await second.close();
  });

  test('starts again from nothing when an earlier start died while making the tables', async () => {
    const made = new DatabaseSync(join(folder, 'easel.sqlite'));
    made.exec('pragma journal_mode = wal; begin immediate; create table jobs (id text);');
    made.close();
    const store = await openStore({ folder });
    expect(await store.jobs.listOpenIds()).toStrictEqual([]);
    await store.close();
  });

  test('refuses tables of a newer Easel, and frees the folder', async () => {
    await (await openStore({ folder })).close();
    editDatabase(`insert into kysely_migration values ('9999-from-the-future', '2099')`);
    const opening = openStore({ folder });
    await expect(opening).rejects.toThrow(UserError);
    await expect(opening).rejects.toThrow(/newer Easel \(9999-from-the-future\)/u);
    editDatabase(`delete from kysely_migration where name like '9999%'`);
    await (await openStore({ folder })).close();
  });

  test('says so when the file is no database', async () => {
    await writeFile(join(folder, 'easel.sqlite'), 'certainly not a database '.repeat(20));
    await expect(openStore({ folder })).rejects.toThrow(/is damaged or is no database/u);
  });

  test('says so when the folder is a file', async () => {
    const path = join(folder, 'file');
    await writeFile(path, '');
    await expect(openStore({ folder: path })).rejects.toThrow(/cannot be written \(EEXIST\)/u);
  });
});

describe('a damaged row', () => {
  test.each([
    [`update jobs set state_details = '{"state":"submitted"}'`, /job a is damaged:[^]*requestId/u],
    [`update jobs set state_details = '{'`, /job a is damaged: it holds no JSON/u],
    [`update jobs set request = '{}'`, /job a is damaged:[^]*prompt/u],
    [`update jobs set accepted_at = 'yesterday'`, /job a is damaged:[^]*acceptedAt/u],
  ])('is named: %s', async (sql, expected) => {
    const first = await openStore({ folder });
    await first.jobs.accept(newJob('a'));
    await first.close();
    editDatabase(sql);
    const second = await openStore({ folder });
    await expect(second.jobs.read('a')).rejects.toThrow(expected);
    await second.close();
  });

  test('is named among the records, too', async () => {
    const first = await openStore({ folder });
    await first.records('web').write('messages', '1', 'x');
    await first.close();
    editDatabase(`update records set value = '{'`);
    const second = await openStore({ folder });
    await expect(second.records('web').read('messages', '1')).rejects.toThrow(
      'The stored record 1 of web/messages is damaged',
    );
    await second.close();
  });
});
