import { Kysely, SqliteDialect } from 'kysely';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { createJobsAndRecords } from '../../src/store/migrations/0001-jobs-and-records.ts';
import { addPartsAndOptions } from '../../src/store/migrations/0002-parts-and-options.ts';
import { toJob } from '../../src/store/job-rows.ts';
import { toSqliteDatabase } from '../../src/store/node-sqlite.ts';
import type { JobRow } from '../../src/store/tables.ts';

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
