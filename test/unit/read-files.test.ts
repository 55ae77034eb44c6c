/** From attachments to what fal is sent, what is remembered, and what the person is told. */
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import sharp from 'sharp';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createDownload } from '../../src/download.ts';
import { createEditBudget } from '../../src/jobs/edit-budget.ts';
import type { Job, JobIn } from '../../src/jobs/job.ts';
import type { JobParts } from '../../src/jobs/job-parts.ts';
import { submitRequest } from '../../src/jobs/submit.ts';
import { loadModels } from '../../src/models/load-models.ts';
import { NO_ADDRESSES } from '../../src/pictures/signed-address.ts';
import { createTakeIn } from '../../src/pictures/take-in/take-in-picture.ts';
import type { StatusMessage } from '../../src/platforms/platform.ts';
import type { AttachmentRef } from '../../src/request.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { newJob, ref } from '../support/new-job.ts';
import { createOneMessagePlatform, unused } from '../support/one-message-platform.ts';
import { startScriptedServer, type ScriptedServer } from '../support/scripted-server.ts';

const models = await loadModels();
const MODEL = 'nano-banana-pro';
const END = { audience: 'service', text: 'No.', retryable: false } as const;

const made = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: 'teal' } });

let photo: Buffer;
let wide: Buffer;
let busy: string[];
let server: ScriptedServer;
beforeAll(async () => {
  photo = await made(40, 30).jpeg().withMetadata({ orientation: 6 }).toBuffer();
  wide = await made(9000, 90).png().toBuffer();
});

let folder: string;
let store: Store;
let uploads: { contentType: string; bytes: Buffer }[];
let submits: Readonly<Record<string, unknown>>[];
const clock = createManualClock();
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-'));
  store = await openStore({ folder, clock });
  [uploads, submits, busy] = [[], [], []];
  server = await startScriptedServer(({ path }, response) => {
    const isBusy = busy.shift() !== undefined;
    if (isBusy) response.writeHead(503).end();
    else response.end(path === '/wide' ? wide : photo);
  });
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  await store.close();
  await rm(folder, { recursive: true });
});

function makeParts(isRefused = true): JobParts {
  const message: StatusMessage = {
    ref,
    reachableUntil: undefined,
    fileLimits: { bytesPerFile: 1, bytesPerMessage: 1, filesPerMessage: 1 },
    update: async () => undefined,
    deliver: unused,
  };
  const platform = {
    ...createOneMessagePlatform(message),
    locateAttachment: async ({ url }: AttachmentRef) =>
      ({ kind: 'remote', url: server.url + url, headers: {}, hosts: [server.host] }) as const,
  };
  const log = pino({ level: 'silent' });
  return {
    store,
    models,
    queue: {
      upload: async ({ path, contentType }) => {
        uploads.push({ contentType, bytes: await readFile(path) });
        return `https://fal.invalid/${uploads.length}`;
      },
      submit: async ({ input }) => {
        submits.push(input);
        if (isRefused) return { kind: 'refused', failure: END };
        return { kind: 'busy', retryAfterMs: 0, failure: END };
      },
      status: unused,
      result: unused,
      cancel: unused,
      lookBack: unused,
    },
    platforms: new Map([['web', platform]]),
    budget: createEditBudget({ clock, log }),
    download: createDownload(),
    takeIn: createTakeIn(),
    addresses: NO_ADDRESSES,
    falFileHosts: [],
    falLimits: { waitMs: 60_000, totalMs: 1, lookBackMs: 1 },
    flaggedPictures: 'withhold',
    hasPictureMetadata: false,
    dataFolder: folder,
    clock,
    log,
  };
}

const fileAt = (url: string, more: Partial<AttachmentRef> = {}): AttachmentRef => ({
  platform: 'web',
  id: url,
  fileName: `${url.slice(1)}.png`,
  claimedType: 'image/png',
  bytes: 1,
  url,
  ...more,
});

async function accept(files: readonly AttachmentRef[]): Promise<JobIn<'accepted'>> {
  const request = { model: MODEL, prompt: 'a fox', files: [...files], options: {} };
  const given = files.map(({ id }) => ({
    url: `https://x.invalid/${id}`,
    media: 'image' as const,
  }));
  const { endpoint } = models
    .find(MODEL)
    .toInput({ ...request, files: given.map((one) => ({ ...one, option: undefined })) });
  await store.jobs.accept(newJob('a', { request, endpoint, notes: ['Said before.'] }));
  await store.jobs.amend('a', { status: ref });
  return (await store.jobs.read('a')) as JobIn<'accepted'>;
}

const submit = (job: JobIn<'accepted'>, parts: JobParts): Promise<Job> =>
  submitRequest(job, parts, new AbortController().signal);

/** fal says that there is no room, and the job waits for some. */
async function submitWhileBusy(job: JobIn<'accepted'>, parts: JobParts): Promise<void> {
  const done = submit(job, parts);
  await expect.poll(() => clock.sleeperCount()).toBe(1);
  await clock.advance(1);
  await done;
}

test('the pictures reach the model in their order, and only what was made ready of them', async () => {
  await submit(await accept([fileAt('/wide'), fileAt('/photo')]), makeParts());
  expect(submits).toMatchObject([
    { image_urls: ['https://fal.invalid/1', 'https://fal.invalid/2'] },
  ]);
  const [first, second] = await Promise.all(uploads.map(({ bytes }) => sharp(bytes).metadata()));
  expect(first).toMatchObject({ width: 8192, height: 82, format: 'png' });
  expect(second).toMatchObject({ width: 30, height: 40, format: 'jpeg' });
});

test('what was changed stands in the job’s notes, once, however often it is tried', async () => {
  const parts = makeParts(false);
  const job = await accept([fileAt('/wide')]);
  await submitWhileBusy(job, parts);
  await submitWhileBusy((await store.jobs.read('a')) as JobIn<'accepted'>, parts);
  expect(submits).toHaveLength(2);
  expect((await store.jobs.read('a'))?.notes).toEqual([
    'Said before.',
    '“wide.png” was scaled from 9000×90 to 8192×82: a larger one is more than the model takes.',
  ]);
});

test('the file is kept as it came, and remembered as a picture that was given', async () => {
  await submit(await accept([fileAt('/photo')]), makeParts());
  expect(await readFile(join(folder, 'files/a/given-1'))).toEqual(photo);
  expect(await readdir(join(folder, 'files/a'))).toEqual(['given-1']);
  expect(await store.pictures.read('a.g1')).toMatchObject({
    origin: 'given',
    path: 'files/a/given-1',
    fileName: 'photo.png',
    contentType: 'image/jpeg',
    width: 30,
    height: 40,
    bytes: photo.length,
    sha256: createHash('sha256').update(photo).digest('hex'),
    parents: [],
  });
});

test('one of Easel’s own pictures is read from disk, and is no given one', async () => {
  await submit(await accept([fileAt('/photo')]), makeParts());
  const job = await store.jobs.accept(
    newJob('b', {
      request: {
        model: MODEL,
        prompt: 'a fox',
        files: [fileAt('/none', { platform: 'easel', id: 'a.g1' })],
        options: {},
      },
      endpoint: `fal-ai/${MODEL}/edit`,
      status: ref,
    }),
  );
  const asked = server.seen.length;
  await submit(job as JobIn<'accepted'>, makeParts());
  expect(server.seen).toHaveLength(asked);
  expect(uploads).toHaveLength(2);
  expect(await store.pictures.read('b.g1')).toBeUndefined();
});

test('a host that is out of order for a moment is asked again', async () => {
  busy = ['now'];
  const done = submit(await accept([fileAt('/photo')]), makeParts());
  await expect.poll(() => clock.sleeperCount()).toBe(1);
  await clock.advance(1000);
  await done;
  expect(uploads).toHaveLength(1);
});
