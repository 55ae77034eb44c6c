import { Kysely, SqliteDialect } from 'kysely';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { createJobsAndRecords } from '../../src/store/migrations/0001-jobs-and-records.ts';
import { addPartsAndOptions } from '../../src/store/migrations/0002-parts-and-options.ts';
import { addPictures } from '../../src/store/migrations/0003-pictures.ts';
import { createPictureStore } from '../../src/store/picture-store.ts';
import { toJob } from '../../src/store/job-rows.ts';
import { toSqliteDatabase } from '../../src/store/node-sqlite.ts';
import type { JobRow, Tables } from '../../src/store/tables.ts';
import { newPicture } from '../support/new-picture.ts';

const picture = {
  platform: 'web',
  id: '1',
  fileName: 'a.png',
  claimedType: 'image/png',
  bytes: 3,
  url: '/a',
};
const oldRequest = {
  model: 'qwen-image',
  prompt: 'a fox',
  pictures: [picture],
  settings: {
    count: 2,
    aspectRatio: '16:9',
    size: { width: 1280, height: 720 },
    negativePrompt: 'blur',
    loras: [{ path: 'https://example.com/a.safetensors', scale: 0.8 }],
    turbo: true,
    seed: 7,
  },
};

test('a job that 0.1.0 accepted is understood after the update', async () => {
  const file = new DatabaseSync(':memory:');
  const database = new Kysely<unknown>({
    dialect: new SqliteDialect({ database: toSqliteDatabase(file) }),
  });
  await createJobsAndRecords(database);
  file
    .prepare(
      `insert into jobs (id, position, invocation_id, person_id, person_name, platform, tenant,
        channel, request, endpoint, notes, state, state_details, accepted_at)
       values ('a', 1, 'web:a', 'p', 'P', 'web', 'web', 'main', ?, 'fal-ai/qwen-image', '[]',
        'accepted', '{"state":"accepted"}', '2026-01-01T00:00:00.000Z')`,
    )
    .run(JSON.stringify(oldRequest));
  await addPartsAndOptions(database);
  const row = file.prepare('select * from jobs').get() as unknown as JobRow;
  expect(toJob(row)).toMatchObject({
    id: 'a',
    parent: undefined,
    state: 'accepted',
    request: {
      model: 'qwen-image',
      prompt: 'a fox',
      files: [picture],
      options: {
        count: 2,
        aspect_ratio: '16:9',
        size: '1280x720',
        negative_prompt: 'blur',
        lora: 'https://example.com/a.safetensors:0.8',
        turbo: true,
        seed: 7,
      },
    },
  });
  await database.destroy();
});

describe('results that an earlier version delivered', () => {
  interface OldJob {
    readonly files: readonly object[];
    readonly messages: readonly object[];
    readonly change?: Readonly<Record<string, string | null>>;
  }
  /** Tables as 0.2.0 left them, brought up to date. */
  async function update(...jobs: readonly OldJob[]) {
    const memory = new DatabaseSync(':memory:');
    const database = new Kysely<Tables>({
      dialect: new SqliteDialect({ database: toSqliteDatabase(memory) }),
    });
    await createJobsAndRecords(database as unknown as Kysely<unknown>);
    await addPartsAndOptions(database as unknown as Kysely<unknown>);
    for (const [at, { files, messages, change }] of jobs.entries()) {
      const result = { files, withheld: 0, seed: '7', seconds: 2 };
      const row = {
        id: String.fromCodePoint(97 + at),
        position: at + 1,
        parent: null,
        invocation_id: `slack:${at}`,
        person_id: 'U',
        person_name: 'Ada',
        platform: 'slack',
        tenant: 'E:T',
        channel: 'C',
        thread: '1.2',
        request: JSON.stringify({
          model: 'qwen-image',
          prompt: 'Ein Füchs',
          files: [],
          options: {},
        }),
        endpoint: 'fal-ai/qwen-image',
        notes: '[]',
        state: 'delivered',
        state_details: JSON.stringify({ state: 'delivered', requestId: 'r', result, messages }),
        accepted_at: '2026-01-01T00:00:00.000Z',
        finished_at: '2026-01-01T00:01:00.000Z',
        ...change,
      };
      const names = Object.keys(row);
      memory
        .prepare(`insert into jobs (${names.join()}) values (${names.map(() => '?').join()})`)
        .run(...Object.values(row));
    }
    await addPictures(database as unknown as Kysely<unknown>);
    return createPictureStore(database);
  }

  test('are pictures after the update, with the message that carries them', async () => {
    const sizes = { width: 640, height: 480, isSpoiler: true };
    const pictures = await update({
      files: [
        file('a-1.png', sizes),
        file('a-2.svg', { contentType: 'image/svg+xml' }),
        file('b.png'),
      ],
      messages: [message('9.1')],
    });
    expect(await pictures.read('a.1')).toStrictEqual({
      id: 'a.1',
      job: 'a',
      number: 1,
      origin: 'made',
      path: 'files/a/a-1.png',
      fileName: 'a-1.png',
      contentType: 'image/png',
      bytes: 500,
      ...sizes,
      sha256: '',
      altText: 'Picture 1 of 2: Ein Füchs',
      person: { id: 'U', name: 'Ada' },
      place: { platform: 'slack', tenant: 'E:T', channel: 'C', thread: '1.2' },
      model: 'qwen-image',
      prompt: 'Ein Füchs',
      madeAt: new Date('2026-01-01T00:01:00.000Z'),
      deletedAt: undefined,
      parents: [],
    });
    const carried = await pictures.inMessage(message('9.1'));
    expect(carried.map(({ picture, fileName }) => [picture.id, fileName])).toStrictEqual([
      ['a.1', 'a-1.png'],
      ['a.2', 'b.png'],
    ]);
    expect((await pictures.postsOf('a.1'))[0]?.message).toStrictEqual(message('9.1'));
  });

  test('are found by words, newest first, beside what is made from then on', async () => {
    const old = { files: [file('a-1.png')], messages: [message('9.1')] };
    const pictures = await update(old, { ...old, messages: [message('9.2')] });
    await pictures.add([
      newPicture('new', {
        prompt: 'FÜCHS',
        place: { platform: 'slack', tenant: 'E:T', channel: 'C' },
      }),
    ]);
    const found = await pictures.search(
      { words: 'fuchs', model: 'qwen', since: undefined, until: undefined },
      { platform: 'slack', tenant: 'E:T', channel: 'C', person: undefined, savedBy: undefined },
      { from: 0, size: 9 },
    );
    expect(found.pictures.map(({ id }) => id)).toStrictEqual(['new.1', 'b.1', 'a.1']);
  });

  test('of many and large files are tied to no message, for nobody knows which carries which', async () => {
    const large = file('a-1.png', { bytes: 9_000_000 });
    const pictures = await update(
      { files: [large], messages: [message('1'), message('2')] },
      { files: [large], messages: [message('3')] },
      { files: [file('a-1.png')], messages: [message('4'), message('5')] },
      { files: [file('a-1.png')], messages: [] },
    );
    const posts = async (id: string) => (await pictures.postsOf(id)).map((post) => post.message.id);
    expect(await posts('a.1')).toStrictEqual([]);
    expect(await posts('b.1')).toStrictEqual(['3']);
    expect(await posts('c.1')).toStrictEqual(['4']);
    expect(await posts('d.1')).toStrictEqual([]);
  });

  test('that are damaged, unfinished or part of others keep nobody from starting', async () => {
    const good = { files: [file('a-1.png')], messages: [message('9.1')] };
    const pictures = await update(
      { ...good, change: { state_details: 'no JSON' } },
      { ...good, change: { state_details: '{"state":"delivered"}' } },
      { ...good, change: { request: '{}' } },
      { ...good, change: { state: 'fetched' } },
      { ...good, change: { parent: 'f' } },
      { ...good, change: { finished_at: null } },
    );
    for (const id of ['a.1', 'b.1', 'c.1', 'd.1', 'e.1']) {
      expect(await pictures.read(id)).toBeUndefined();
    }
    expect(await pictures.read('f.1')).toMatchObject({
      madeAt: new Date('2026-01-01T00:00:00.000Z'),
    });
  });

  test('are all taken over, however many there are', async () => {
    const jobs = Array.from({ length: 450 }, (_, at) => {
      return { files: [file('a.png')], messages: [], change: { id: `job${at}` } };
    });
    const pictures = await update(...jobs);
    expect(await pictures.read('job0.1')).toBeDefined();
    expect(await pictures.read('job449.1')).toBeDefined();
  });
});

function file(name: string, more: object = {}) {
  return {
    path: `files/a/${name}`,
    fileName: name,
    contentType: 'image/png',
    bytes: 500,
    ...more,
  };
}

function message(id: string) {
  return { platform: 'slack', channel: 'C', id, details: { files: 'F' } };
}
