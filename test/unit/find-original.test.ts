/** What the ids in signed addresses stand for. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Job, JobIn, JobResult } from '../../src/jobs/job.ts';
import { createFindOriginal, toOriginalId } from '../../src/pictures/find-original.ts';
import type { Picture } from '../../src/pictures/picture.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { newJob } from '../support/new-job.ts';

const file = (fileName: string, contentType: string) => ({
  path: `files/j/${fileName}`,
  fileName,
  contentType,
  bytes: 5,
});
const drawing = file('fox-2.svg', 'image/svg+xml');
const [preview, second, film] = [
  file('fox-1.png', 'image/png'),
  file('fox-3.png', 'image/png'),
  file('fox-4.mp4', 'video/mp4'),
];
const result: JobResult = { files: [preview, drawing, second, film], withheld: 0, seconds: 1 };

let store: Store;
let dataFolder: string;
let job: JobIn<'fetched'>;

beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'easel-find-'));
  store = await openStore({ folder: dataFolder });
  const accepted = (await store.jobs.accept(newJob('j')))!;
  const fetched: Job | undefined = await store.jobs.advance('j', 'accepted', {
    state: 'fetched',
    requestId: 'r',
    result,
  });
  job = fetched as JobIn<'fetched'>;
  const { person, place } = accepted;
  const facts: Omit<Picture, 'id' | 'number' | 'path' | 'fileName'> = {
    job: 'j',
    origin: 'made',
    contentType: 'image/png',
    bytes: 5,
    width: 1,
    height: 1,
    sha256: '0',
    altText: '',
    person,
    place,
    model: 'm',
    prompt: 'p',
    isSpoiler: false,
    madeAt: new Date(),
    deletedAt: undefined,
    parents: [],
  };
  await store.pictures.add([
    { ...facts, id: 'j.1', number: 1, ...preview },
    { ...facts, id: 'j.2', number: 2, ...second },
    { ...facts, id: 'j.g1', number: 1, origin: 'given', ...file('hat.png', 'image/png') },
  ]);
});
afterAll(() => store.close());

test.each([
  [() => preview, 'j.1'],
  [() => second, 'j.2'],
  [() => film, 'j.f4'],
  [() => drawing, 'j.f2'],
])('each file of a result has an id under which it is found again', async (pick, id) => {
  const { fileName, contentType, path } = pick();
  const stored = job.result.files.find((one) => one.fileName === fileName)!;
  expect(toOriginalId(job, stored)).toBe(id);
  expect(await createFindOriginal({ store, dataFolder })(id)).toMatchObject({
    path: join(dataFolder, path),
    fileName,
    contentType,
  });
});

test('a picture that somebody gave is found, too', async () => {
  const found = await createFindOriginal({ store, dataFolder })('j.g1');
  expect(found?.fileName).toBe('hat.png');
});

test('an earlier picture that is shown again keeps the id that it has', () => {
  const request = { ...job.request, shows: 'k.7' };
  expect(toOriginalId({ ...job, request }, job.result.files[0]!)).toBe('k.7');
});

test.each(['', 'j', 'j.3', 'j.f0', 'j.f5', 'j.f1/../x', 'k.f1', 'k.1', '../j.1'])(
  'nothing is found as “%s”',
  async (id) => {
    expect(await createFindOriginal({ store, dataFolder })(id)).toBeUndefined();
  },
);

test('what was deleted is not found any more', async () => {
  await store.pictures.change('j.2', { deletedAt: new Date() });
  expect(await createFindOriginal({ store, dataFolder })('j.2')).toBeUndefined();
});
