import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import sharp from 'sharp';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createDownload } from '../../src/download.ts';
import { UpstreamError, UserError } from '../../src/errors.ts';
import { deliverResult } from '../../src/jobs/deliver.ts';
import { createEditBudget } from '../../src/jobs/edit-budget.ts';
import { fetchFiles } from '../../src/jobs/fetch-files.ts';
import type { Job, JobIn, JobResult } from '../../src/jobs/job.ts';
import type { JobParts } from '../../src/jobs/job-parts.ts';
import type { Endpoint, EndpointKind, OutputField } from '../../src/models/endpoint.ts';
import type { ModelAdapter, Price } from '../../src/models/model.ts';
import { readResult } from '../../src/models/read-result.ts';
import { createTakeIn } from '../../src/pictures/take-in/take-in-picture.ts';
import { NO_ADDRESSES } from '../../src/pictures/signed-address.ts';
import type { Delivery, StatusMessage } from '../../src/platforms/platform.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { newJob, ref } from '../support/new-job.ts';
import { createOneMessagePlatform } from '../support/one-message-platform.ts';
import { startScriptedServer, type ScriptedServer } from '../support/scripted-server.ts';

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="9" height="9"/></svg>';

let files: Record<string, Buffer | string>;
let refusals: Record<string, number>;
let server: ScriptedServer;
let folder: string;
let store: Store;
const clock = createManualClock();
const plain = (background: string, width = 40, height = 30) =>
  sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();

beforeAll(async () => {
  files = {
    '/red.png': await plain('#f00'),
    '/blue.png': await plain('#00f'),
    '/wide.png': await plain('#0f0', 80),
    '/black.png': await plain('#000'),
    '/drawing': SVG,
    '/torn.svg': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect',
    '/empty': '',
    '/page': '<!doctype html><title>Error</title>',
    '/excuse': 'Not found',
    '/mesh.obj': 'v 0 0 0\n',
    '/clip.mp3': Buffer.from('fffb9064' + '00'.repeat(400), 'hex'),
    '/large.bin': Buffer.alloc(5000, 1),
  };
});
beforeEach(async () => {
  refusals = {};
  server = await startScriptedServer(({ path }, response) => {
    const left = refusals[path] ?? 0;
    refusals[path] = left - 1;
    const content = files[path];
    if (left > 0) response.writeHead(503).end();
    else if (content === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(content);
  });
  folder = await mkdtemp(join(tmpdir(), 'easel-fetch-'));
  store = await openStore({ folder, clock });
});
afterEach(async () => {
  await store.close();
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

interface Scene {
  readonly kind?: EndpointKind;
  readonly outputs?: Readonly<Record<string, OutputField['media']>>;
  readonly fields?: readonly string[];
  readonly price?: Price;
  readonly units?: number;
  readonly policy?: JobParts['flaggedPictures'];
  readonly hasSpoilers?: boolean;
  readonly bytesPerFile?: number;
  readonly isGone?: boolean;
}

function makeParts(scene: Scene): JobParts & { readonly delivered: Delivery[] } {
  const { kind = 'text-to-image', outputs = {}, hasSpoilers = true, price, isGone } = scene;
  const endpoint: Endpoint = {
    id: 'fal-ai/qwen-image',
    title: 'X',
    kind,
    fields: (scene.fields ?? []).map((name) => ({
      name,
      type: { kind: 'flag' },
      required: false,
      nullable: false,
    })),
    outputs: Object.entries(outputs).map(([name, media]) => ({ name, media })),
  };
  const adapter = {
    name: 'qwen-image',
    endpoints: [endpoint],
    toResult: (_: string, output: unknown) => readResult(endpoint, output),
  } as unknown as ModelAdapter;
  const delivered: Delivery[] = [];
  const message: StatusMessage = {
    ref,
    reachableUntil: undefined,
    fileLimits: {
      bytesPerFile: scene.bytesPerFile ?? 1_000_000,
      bytesPerMessage: 1_000_000,
      filesPerMessage: 10,
    },
    update: async () => undefined,
    deliver: async (delivery) => {
      delivered.push(delivery);
      return [{ ref, fileNames: delivery.files.map(({ fileName }) => fileName) }];
    },
  };
  const platform = createOneMessagePlatform(message, { hasSpoilers });
  const log = pino({ level: 'silent' });
  return {
    delivered,
    store,
    queue: undefined as never,
    models: {
      find() {
        if (isGone) throw new UserError('No model is called that.');
        return adapter;
      },
      search: () => [],
      priceOf: () => price,
      typicalSeconds: () => undefined,
      noteDuration: () => undefined,
    },
    platforms: new Map([['web', platform]]),
    budget: createEditBudget({ clock, log }),
    download: createDownload(),
    takeIn: createTakeIn(),
    falFileHosts: [server.host],
    addresses: NO_ADDRESSES,
    falLimits: { waitMs: 1, totalMs: 1, lookBackMs: 1 },
    flaggedPictures: scene.policy ?? 'withhold',
    hasPictureMetadata: true,
    dataFolder: folder,
    clock,
    log,
  };
}

async function finish(output: unknown, parts: JobParts, units?: number): Promise<Job> {
  await store.jobs.accept(newJob('a'));
  await store.jobs.amend('a', { status: ref });
  const finished = await store.jobs.advance('a', 'accepted', {
    state: 'finished',
    requestId: 'r1',
    output,
    billableUnits: units,
    seconds: 4,
  });
  return fetchFiles(finished as JobIn<'finished'>, parts, new AbortController().signal);
}

async function fetched(output: unknown, scene: Scene = {}): Promise<JobResult> {
  const job = await finish(output, makeParts(scene), scene.units);
  if (job.state !== 'fetched') throw new Error(`${job.state}: ${JSON.stringify(job)}`);
  return job.result;
}

const at = (path: string) => `${server.url}${path}`;
const shapeOf = ({ files }: JobResult) =>
  files.map(({ fileName, contentType }) => `${fileName.split('.').at(-1)} ${contentType}`);
const notesOf = ({ notes = [] }: JobResult) => notes.map(({ text }) => text);

describe('files of every kind', () => {
  test('pictures come with their sizes, and are known to be pictures by their bytes', async () => {
    const images = [
      { url: at('/red.png'), content_type: 'image/jpeg', width: 1 },
      { url: at('/wide.png'), content_type: 'text/html' },
    ];
    const result = await fetched({ images, seed: '196619188014358660' });
    expect(result).toMatchObject({ made: 2, withheld: 0, notes: [], seed: '196619188014358660' });
    expect(result.files).toMatchObject([
      { contentType: 'image/png', width: 40, height: 30, url: at('/red.png') },
      { contentType: 'image/png', width: 80, height: 30 },
    ]);
    for (const { path, bytes } of result.files) {
      expect((await readFile(join(folder, path))).length).toBe(bytes);
    }
  });

  test('a drawing comes with a picture of it in front', async () => {
    const result = await fetched({ images: [{ url: at('/drawing') }, { url: at('/red.png') }] });
    expect(shapeOf(result)).toEqual(['png image/png', 'svg image/svg+xml', 'png image/png']);
    expect(result.files[0]).toMatchObject({ isPreview: true, width: 1024, height: 512 });
    const svg = await readFile(join(folder, result.files[1]!.path), 'utf8');
    expect(svg).toBe(SVG);
  });

  test('a drawing that nobody can draw comes as it is', async () => {
    expect(shapeOf(await fetched({ images: [at('/torn.svg')] }))).toEqual(['svg image/svg+xml']);
  });

  test('sound and 3D models come, too', async () => {
    const output = { audio: { url: at('/clip.mp3') }, model_mesh: { url: at('/mesh.obj') } };
    const result = await fetched(output, { kind: 'other' });
    expect(shapeOf(result)).toEqual(['mp3 audio/mpeg', 'obj model/obj']);
  });

  test.each(['hex', 'base64'] as const)(
    'so does sound that stands in the answer as %s',
    async (encoding) => {
      const audio = Buffer.from('fffb9064' + '00'.repeat(400), 'hex').toString(encoding);
      const result = await fetched({ audio, duration_ms: 3 }, { kind: 'text-to-speech' });
      expect(shapeOf(result)).toEqual(['mp3 audio/mpeg']);
      expect(result.files[0]).not.toHaveProperty('url');
      expect(result.rest).toEqual({ duration_ms: 3 });
    },
  );

  test('words that can be said need no file', async () => {
    const result = await fetched({ text: 'one\ntwo' }, { kind: 'image-to-text' });
    expect(result).toMatchObject({ text: 'one\ntwo', files: [] });
  });

  test('longer ones are a file as well, whole', async () => {
    const text = 'wörd '.repeat(1000);
    const result = await fetched({ text }, { kind: 'image-to-text' });
    expect(shapeOf(result)).toEqual(['txt text/plain']);
    expect(await readFile(join(folder, result.files[0]!.path), 'utf8')).toBe(text);
  });

  test('data is a file of its own kind', async () => {
    const result = await fetched({ objects: [1, 2] }, { kind: 'json' });
    expect(shapeOf(result)).toEqual(['json application/json']);
    expect(JSON.parse(result.text ?? '')).toEqual({ objects: [1, 2] });
  });

  test('where the model is no longer offered, its result is read all the same', async () => {
    const result = await fetched({ images: [at('/red.png')] }, { isGone: true });
    expect(shapeOf(result)).toEqual(['png image/png']);
  });
});

describe('a file that does not come', () => {
  test.each([
    ['/empty', 'Picture 2 of 3 could not be fetched. The file is empty.'],
    [
      '/page',
      'Picture 2 of 3 could not be fetched. There was a web page where the file should be.',
    ],
    [
      '/excuse',
      'Picture 2 of 3 could not be fetched. There were only words where the file should be.',
    ],
    [
      '/gone',
      'Picture 2 of 3 could not be fetched. The file is no longer there. Please try again.',
    ],
  ])('does not cost the others: %s', async (path, note) => {
    const doubtful = { url: at(path), content_type: 'image/png' };
    const result = await fetched({ images: [at('/red.png'), doubtful, at('/blue.png')] });
    expect(result.files).toHaveLength(2);
    expect(result.notes).toEqual([{ text: note, address: at(path) }]);
    expect(result.made).toBe(3);
  });

  test('is asked for again while its host is out of order, without the others being lost', async () => {
    refusals = { '/blue.png': 2 };
    const going = fetched({ images: [at('/red.png'), at('/blue.png')] });
    for (const wait of [1000, 3000]) {
      await vi.waitFor(() => expect(clock.sleeperCount()).toBe(1));
      await clock.advance(wait);
    }
    const result = await going;
    expect(result.files).toHaveLength(2);
    expect(notesOf(result)).toEqual([]);
  });

  test('is the end where there is no other, in its own words', async () => {
    const error = await fetched({ images: [at('/empty'), at('/page')] }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(UpstreamError);
    expect(error).toMatchObject({ message: 'The file is empty.', retryable: false });
  });

  test('is for whoever drives the job to repeat where nothing came and that may pass', async () => {
    refusals = { '/red.png': 1, '/blue.png': 1 };
    const output = { images: [at('/gone'), at('/red.png')] };
    await expect(fetched(output)).rejects.toMatchObject({ retryable: true });
  });

  test('is told of where words came', async () => {
    const output = { text: 'Yes.', audio: { url: at('/empty') } };
    const outputs = { text: 'text', audio: 'audio' } as const;
    const result = await fetched(output, { kind: 'llm', outputs });
    expect(notesOf(result)).toEqual(['The file could not be fetched. The file is empty.']);
    expect(result.text).toBe('Yes.');
  });

  test('a list without an end is cut, and that is said', async () => {
    const images = Array.from({ length: 60 }, (_, n) => `${at('/red.png')}?${n}`);
    const paths = Object.fromEntries(images.map((_, n) => [`/red.png?${n}`, files['/red.png']!]));
    Object.assign(files, paths);
    const result = await fetched({ images });
    expect(result.files).toHaveLength(50);
    expect(notesOf(result)).toEqual(['The model made 60 files; the first 50 are here.']);
  });
});

const marked = () => ({
  images: [at('/red.png'), at('/black.png'), at('/blue.png'), at('/black.png?2')],
  has_nsfw_concepts: [false, true, true, false],
});

describe('what a safety check marked', () => {
  beforeEach(() => {
    files['/black.png?2'] = files['/black.png']!;
  });

  test('is not even fetched where it is to be withheld', async () => {
    const result = await fetched(marked());
    expect(result).toMatchObject({ made: 4, withheld: 2 });
    expect(result.files.map(({ url }) => url)).toEqual([at('/red.png'), at('/black.png?2')]);
    expect(server.seen.map(({ path }) => path)).not.toContain('/blue.png');
  });

  test('and shows something is hidden where that is wished and possible; black it is withheld', async () => {
    const result = await fetched(marked(), { policy: 'spoiler' });
    expect(result).toMatchObject({ made: 4, withheld: 1 });
    expect(result.files.map(({ url, isSpoiler }) => [url, isSpoiler])).toEqual([
      [at('/red.png'), undefined],
      [at('/blue.png'), true],
      [at('/black.png?2'), undefined],
    ]);
    expect(await readdir(join(folder, 'files', 'a'))).toHaveLength(3);
  });

  test('is withheld where nothing can be hidden', async () => {
    const scene = { policy: 'spoiler', hasSpoilers: false } as const;
    expect(await fetched(marked(), scene)).toMatchObject({ withheld: 2 });
  });

  test('is withheld where it is no picture, because nobody can look whether it is black', async () => {
    const output = { images: [at('/red.png'), at('/clip.mp3')], has_nsfw_concepts: [false, true] };
    expect(await fetched(output, { policy: 'spoiler' })).toMatchObject({ withheld: 1 });
  });

  test.each([
    [{ images: [at2('/red.png')], has_nsfw_concepts: [true] }, 'withheld the picture. Change'],
    [{ images: [null, null], has_nsfw_concepts: [true, true] }, 'withheld all 2 pictures. Change'],
    [{ images: [], has_nsfw_concepts: [true] }, 'withheld the picture. Change'],
  ])('and is all there is, is the end: %j', async (output, words) => {
    const job = await finish(output, makeParts({}));
    expect(job).toMatchObject({ state: 'failed', failure: { audience: 'person' } });
    expect(job.state === 'failed' && job.failure.text).toContain(words);
  });

  test('a black picture that nobody marked is posted, and wondered at', async () => {
    const result = await fetched(marked());
    expect(notesOf(result)).toEqual([
      'Picture 4 of 4 is entirely black; the model’s safety check may have blacked it out.',
    ]);
    await store.jobs.advance('a', 'fetched', { state: 'cancelled' });
  });

  test.each([
    [['enable_safety_checker'], 1],
    [['prompt'], 0],
  ])('with the fields %j, a black picture is wondered at %i times', async (fields, times) => {
    const result = await fetched({ images: [at('/black.png')] }, { fields });
    expect(notesOf(result)).toHaveLength(times);
    expect(result.files).toHaveLength(1);
  });
});

/** For tables, which are written before there is a server: never fetched. */
function at2(path: string): string {
  return `https://never.invalid${path}`;
}

const images = () => ({ images: [at('/red.png'), at('/blue.png')] });

describe('the cost', () => {
  test.each<[Scene, JobResult['cost']]>([
    [
      { price: { unitPrice: 0.15, unit: 'images' }, units: 2 },
      { dollars: 0.3, isEstimate: false },
    ],
    [
      { price: { unitPrice: 0.15, unit: 'images' }, units: 0 },
      { dollars: 0, isEstimate: false },
    ],
    [{ price: { unitPrice: 0.15, unit: 'image' } }, { dollars: 0.3, isEstimate: true }],
    [{ price: { unitPrice: 0.15, unit: 'compute seconds' } }, undefined],
    [
      { price: { unitPrice: 0.15, unit: 'seconds' }, units: 3 },
      { dollars: 0.15 * 3, isEstimate: false },
    ],
    [{ price: { unitPrice: 0.025, unit: 'megapixels' } }, undefined],
    [{ units: 2 }, undefined],
  ])('of %j is %j', async (scene, cost) => {
    expect((await fetched(images(), scene)).cost).toEqual(cost);
  });

  test('by megapixels is counted from the sizes in the answer, withheld ones included', async () => {
    const one = { width: 1000, height: 2000 };
    const output = {
      images: [
        { url: at('/red.png'), ...one },
        { url: at('/blue.png'), ...one },
      ],
      has_nsfw_concepts: [false, true],
    };
    const { cost } = await fetched(output, { price: { unitPrice: 0.025, unit: 'megapixels' } });
    expect(cost).toEqual({ dollars: 0.1, isEstimate: true });
  });
});

async function delivered(output: unknown, scene: Scene) {
  const parts = makeParts(scene);
  const job = await finish(output, parts);
  const done = await deliverResult(job as JobIn<'fetched'>, parts);
  return { done, delivery: parts.delivered[0]! };
}

describe('on the way into the chat', () => {
  test('a file that is too large stays behind; the others go, and it is said where it is', async () => {
    files['/small.bin'] = Buffer.alloc(100, 1);
    const output = { files: [at('/large.bin'), at('/small.bin')] };
    const { done, delivery } = await delivered(output, { kind: 'other', bytesPerFile: 1000 });
    expect(delivery.files).toMatchObject([{ bytes: 100, isSpoiler: false }]);
    const notes = JSON.stringify(delivery.caption);
    expect(notes).toContain('is too large to be posted here: 0.0 of at most 0.0 MB');
    expect(notes).toContain(at('/large.bin'));
    expect(done.state === 'delivered' && done.result.notes).toHaveLength(1);
  });

  test('where it is the only one, the words are all that is posted', async () => {
    const output = { files: [at('/large.bin')] };
    const { delivery } = await delivered(output, { kind: 'other', bytesPerFile: 1000 });
    expect(delivery.files).toEqual([]);
    expect(JSON.stringify(delivery.caption)).toContain(at('/large.bin'));
  });

  test('hidden pictures are marked as such, and every file has words for who cannot see it', async () => {
    const output = { images: [at('/red.png'), at('/drawing')], has_nsfw_concepts: [true, false] };
    const { delivery } = await delivered(output, { policy: 'spoiler' });
    expect(delivery.files.map(({ isSpoiler }) => isSpoiler)).toEqual([true, false, false]);
    expect(delivery.files.map(({ altText }) => altText.split(':')[0])).toEqual([
      'Picture 1 of 2',
      'Picture 2 of 2',
      'Picture',
    ]);
  });
});
