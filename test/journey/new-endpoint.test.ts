/** An endpoint that nobody knew when Easel was written: its schema alone makes it usable everywhere. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { waitFor } from '../support/chats/chat.ts';
import { startDiscordChat } from '../support/chats/discord-chat.ts';
import { startSlackChat } from '../support/chats/slack-chat.ts';
import { startWebChat } from '../support/chats/web-chat.ts';
import { CHATS, HURRIED_PACE, startWorld, type ChatName, type World } from '../support/world.ts';

const ID = 'acme/etching-press/v7';
const input = {
  type: 'object',
  required: ['motto'],
  'x-fal-order-properties': ['motto', 'ink', 'strokes', 'plate_size', 'seed'],
  properties: {
    motto: { type: 'string', minLength: 2, maxLength: 80, description: 'What is etched.' },
    ink: { type: 'string', enum: ['sepia', 'indigo'], default: 'sepia', description: 'The ink.' },
    strokes: { type: 'integer', minimum: 3, maximum: 9, default: 5 },
    plate_size: {
      type: 'object',
      properties: {
        width: { type: 'integer', minimum: 64, maximum: 512 },
        height: { type: 'integer', minimum: 64, maximum: 512 },
      },
    },
    seed: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
  },
};
const output = {
  type: 'object',
  required: ['images'],
  properties: {
    images: { type: 'array', items: { $ref: '#/components/schemas/Image' } },
    seed: { type: 'integer' },
  },
};
const image = {
  type: 'object',
  required: ['url'],
  properties: { url: { type: 'string' }, width: { type: 'integer' }, height: { type: 'integer' } },
};
/** In the form of fal's own documents; made up. */
const DOCUMENT = {
  openapi: '3.0.4',
  info: {
    title: `Queue OpenAPI for ${ID}`,
    version: '1.0.0',
    'x-fal-metadata': { endpointId: ID, category: 'text-to-image' },
  },
  components: { schemas: { EtchingInput: input, EtchingOutput: output, Image: image } },
  paths: {
    [`/${ID}`]: {
      post: {
        requestBody: {
          required: true,
          content: {
            'application/json': { schema: { $ref: '#/components/schemas/EtchingInput' } },
          },
        },
        responses: {},
      },
    },
    [`/${ID}/requests/{request_id}`]: {
      get: {
        responses: {
          200: {
            content: {
              'application/json': { schema: { $ref: '#/components/schemas/EtchingOutput' } },
            },
          },
        },
      },
    },
  },
  servers: [{ url: 'https://queue.fal.run' }],
};
const ASKED = `fiat lux --model ${ID} --ink indigo --strokes 7 --seed 11`;

let world: World | undefined;
let folder: string | undefined;
afterEach(async () => {
  await world?.close();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  world = undefined;
  folder = undefined;
});

async function dropFile(): Promise<Record<string, string>> {
  folder = await mkdtemp(join(tmpdir(), 'easel-models-'));
  await writeFile(join(folder, 'etching.json'), JSON.stringify(DOCUMENT));
  return { MODELS_DIR: folder };
}

test.each(Object.keys(CHATS) as ChatName[])('on %s its OpenAPI file is enough', async (name) => {
  const env = await dropFile();
  const started = await startWorld(await CHATS[name](), { pace: HURRIED_PACE, env });
  world = started;
  const { chat, sandbox } = started;
  sandbox.addEndpoint(DOCUMENT);

  await chat.ask(`${ASKED} --strokes 12`.replace('--strokes 7 ', ''));
  await waitFor('the refusal', () =>
    [...chat.privateTexts(), ...chat.statusTexts()].some((text) =>
      text.includes('“strokes” must be a whole number from 3 to 9, not 12.'),
    ),
  );
  expect(sandbox.journal.submits).toEqual([]);

  await chat.ask(ASKED);
  const [delivery] = await waitFor('the picture', async () => {
    const found = await chat.deliveries();
    return found.length > 0 && found;
  });
  expect(delivery?.files).toHaveLength(1);
  expect(sandbox.journal.submits).toMatchObject([
    { endpoint: ID, input: { motto: 'fiat lux', ink: 'indigo', strokes: 7, seed: 11 } },
  ]);
  expect(chat.problems()).toEqual([]);
});

test('on Discord its names and values complete while one types', async () => {
  const chat = await startDiscordChat();
  world = await startWorld(chat, { pace: HURRIED_PACE, env: await dropFile() });
  const valuesOf = async (option: string, begun: string): Promise<unknown[]> =>
    (await chat.suggest(option, begun, { model: ID })).map(({ value }) => value);
  expect(await valuesOf('model', 'etching')).toEqual([ID]);
  expect(await valuesOf('more', '--ink ')).toEqual(['--ink sepia', '--ink indigo']);
  expect(await valuesOf('more', '--stro')).toEqual(['--strokes ']);
  expect(chat.problems()).toEqual([]);
});

test('on Slack the form has its fields once it is chosen', async () => {
  const chat = await startSlackChat('socket');
  world = await startWorld(chat, { pace: HURRIED_PACE, env: await dropFile() });
  const form = await chat.openForm();
  await chat.chooseModel(form, ID);
  const labels = JSON.stringify(form.view);
  for (const label of ['Ink', 'Strokes', 'indigo']) expect(labels).toContain(label);
  expect(chat.problems()).toEqual([]);
});

test('in the web chat the form has its fields once it is chosen', async () => {
  const chat = await startWebChat();
  world = await startWorld(chat, { pace: HURRIED_PACE, env: await dropFile() });
  const text = encodeURIComponent(`/imagine --model ${ID}`);
  const page = await fetch(`${world.easel.url}/web/options?text=${text}`);
  const html = await page.text();
  for (const piece of ['indigo', 'strokes', 'The ink']) {
    expect(html.toLowerCase()).toContain(piece.toLowerCase());
  }
});

test('served by fal’s model API it is enough to allow it', async () => {
  const chat = await startWebChat();
  const sandboxKnows = { MODELS: 'families,acme/**' };
  const started = await startWorld(chat, {
    pace: HURRIED_PACE,
    env: sandboxKnows,
    prepare: (sandbox) => sandbox.addEndpoint(DOCUMENT),
  });
  world = started;
  const submitted = async (): Promise<boolean> => {
    await chat.ask(ASKED);
    return started.sandbox.journal.submits.length > 0;
  };
  await waitFor('fal’s news', submitted, 40_000);
  expect(started.sandbox.journal.submits[0]).toMatchObject({
    endpoint: ID,
    input: { motto: 'fiat lux', ink: 'indigo', strokes: 7, seed: 11 },
  });
});
