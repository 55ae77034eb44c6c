/** What the buttons of a result do, whoever presses them, however often and however late. */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ada, bob, elsewhere } from '../support/pictures/memory-chat.ts';
import { openStudio, textOf, type Studio } from '../support/pictures/studio.ts';

let studio: Studio;
beforeEach(async () => {
  studio = await openStudio();
});
afterEach(() => studio.close());

const SIXTY_DAYS_MS = 60 * 24 * 3_600_000;
const FAST = { model: 'qwen-image', size: '512x512' };

async function draw(options: Readonly<Record<string, unknown>> = {}) {
  const prompt = 'a lighthouse';
  await studio.order({ command: 'imagine', options: { prompt, ...FAST, seed: '7', ...options } });
  const result = studio.chat.results().at(-1);
  if (!result) throw new Error('nothing was drawn');
  return result;
}

interface GivenInput {
  readonly prompt: string;
  readonly image_url: string;
  readonly image_urls: readonly string[];
}

function inputOf(submit: { readonly input: unknown } | undefined): GivenInput {
  if (!submit) throw new Error('fal was not asked');
  return submit.input as GivenInput;
}

type Result = Awaited<ReturnType<typeof draw>>;
type Press = Partial<Parameters<Studio['order']>[0]>;

function press(
  label: string,
  { message }: Pick<Result, 'message'>,
  more: Press = {},
): Promise<void> {
  const button = message.buttons.find((one) => one.label === label);
  if (!button) throw new Error(`there is no button ${label}`);
  const { options, ...rest } = more;
  return studio.order({
    command: button.command,
    options: { job: button.job, ...options },
    ...rest,
  });
}

test('a result has the same buttons everywhere', async () => {
  const { message } = await draw();
  expect(message.buttons.map(({ label }) => label)).toEqual([
    'Again',
    'Vary',
    'Upscale',
    'Edit',
    'Remix',
    'Details',
    'Save',
    'Delete',
  ]);
});

describe('what is made of a result', () => {
  test('Again is the same with another seed', async () => {
    const { result } = { result: await draw() };
    await press('Again', result, { person: bob });
    const [first, second] = studio.inputs().map(({ input }) => input as { seed: number });
    expect(second).toEqual({ ...first, seed: second?.seed });
    expect(second?.seed).not.toBe(first?.seed);
  });

  test('Remix is the same with other words, seed and all', async () => {
    await press('Remix', await draw(), { options: { prompt: 'a windmill' } });
    const [first, second] = studio.inputs();
    expect(second).toEqual({
      ...first,
      input: { ...(first?.input as object), prompt: 'a windmill' },
    });
  });

  test('Vary and Upscale work on the picture itself', async () => {
    const result = await draw();
    const [file] = result.files;
    const bytes = file && (await studio.chat.bytesOf(file));
    await press('Vary', result);
    await press('Upscale', result);
    const [, varied, larger] = studio.inputs();
    expect(varied).toMatchObject({ endpoint: 'fal-ai/nano-banana-pro/edit' });
    const { prompt, image_urls: urls } = inputOf(varied);
    expect(prompt).toMatch(/^Make a variation.*: a lighthouse$/u);
    expect(await studio.given(urls[0])).toEqual(bytes);
    expect(larger).toMatchObject({ endpoint: 'fal-ai/clarity-upscaler' });
    const { image_url: url } = inputOf(larger);
    expect(await studio.given(url)).toEqual(bytes);
  });

  test('of several pictures, Vary and Upscale ask which one', async () => {
    const result = await draw({ count: 2 });
    await press('Upscale', result);
    expect(studio.inputs()).toHaveLength(1);
    const question = studio.chat.whispers.at(-1)?.message ?? result.message;
    await press('2', { message: question });
    const [, second] = result.files;
    const { image_url: url } = inputOf(studio.inputs().at(-1));
    expect(await studio.given(url)).toEqual(second && (await studio.chat.bytesOf(second)));
  });
});

describe('a press', () => {
  test('twenty times at once by two people is one job for each of them', async () => {
    const result = await draw();
    studio.sandbox.setPace({ runMs: 300 });
    const people = Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? ada : bob));
    await Promise.all(people.map((person) => press('Again', result, { person })));
    expect(studio.inputs()).toHaveLength(3);
    expect(studio.chat.results()).toHaveLength(3);
    const told = studio.chat.whispers.map(({ message }) => textOf(message));
    expect(told).toEqual(Array.from({ length: 18 }, () => 'That is on its way already.'));
  });

  test('once more when the first one’s picture has come is a new wish', async () => {
    const result = await draw();
    await press('Again', result);
    await studio.restart(10_000);
    await press('Again', result);
    expect(studio.inputs()).toHaveLength(3);
  });

  test('that is delivered twice counts once, even much later', async () => {
    const result = await draw();
    await press('Again', result, { id: 'memory:press' });
    await studio.restart(SIXTY_DAYS_MS);
    await press('Again', result, { id: 'memory:press' });
    expect(studio.inputs()).toHaveLength(2);
  });

  test.each([
    ['Again', { posts: 1, told: 0 }],
    ['Vary', { posts: 1, told: 0 }],
    ['Upscale', { posts: 1, told: 0 }],
    ['Details', { posts: 0, told: 1 }],
    ['Save', { posts: 0, told: 1 }],
    ['Delete', { posts: -1, told: 1 }],
  ] as const)('on %s works after a restart and sixty days later', async (label, more) => {
    const result = await draw();
    await studio.restart(SIXTY_DAYS_MS);
    const before = { posts: studio.chat.results().length, told: studio.chat.whispers.length };
    await press(label, result);
    expect(studio.chat.results().length).toBe(before.posts + more.posts);
    expect(studio.chat.whispers.length).toBe(before.told + more.told);
  });

  test.each(['Again', 'Vary', 'Upscale', 'Details', 'Delete'])(
    'on %s, replayed in another channel, does nothing there',
    async (label) => {
      const result = await draw();
      await press(label, result, { place: elsewhere });
      expect(studio.whisper()).toBe('There is no such result here.');
      expect(studio.inputs()).toHaveLength(1);
      expect(studio.chat.results()).toHaveLength(1);
    },
  );

  test('on a button of 0.2 tells what the details tell', async () => {
    const { message } = await draw();
    const job = message.buttons[0]?.job;
    await studio.order({ command: 'recipe', options: { job } });
    expect(studio.whisper()).toContain('/imagine a lighthouse --model qwen-image');
  });
});

describe('Details', () => {
  test('tell model, seed, settings, time, parents, and the command', async () => {
    const result = await draw({ steps: 12 });
    await studio.order({
      command: 'edit',
      options: { prompt: 'make it night' },
      answers: studio.chat.answering(result),
    });
    await press('Details', result);
    expect(studio.whisper()).toMatch(
      /> a lighthouse[\s\S]*Model: qwen-image \(fal-ai\/qwen-image\)[\s\S]*Seed: 7[\s\S]*steps: 12[\s\S]*Size: 512×512[\s\S]*Asked by Ada Lovelace[\s\S]*Took [\s\S]*\/imagine a lighthouse/u,
    );
    const edited = studio.chat.results().at(-1) ?? result;
    await press('Details', edited);
    expect(studio.whisper()).toContain('Made from this picture: a lighthouse');
  });

  test('of what is not Easel’s say that nothing is known', async () => {
    const own = await studio.attach('own.png', 'blue');
    const message = { platform: 'memory', channel: 'studio', id: 'foreign', details: {} };
    await studio.order({
      command: 'details',
      answers: { message, files: [own.ref], recordings: [], text: '', nearer: [] },
    });
    expect(studio.whisper()).toMatch(/not one of Easel’s own/u);
  });
});

describe('Save, Alt text and Delete', () => {
  test('Save hands out the original and keeps it in the person’s own collection', async () => {
    const result = await draw();
    await press('Save', result, { person: bob });
    const [file] = studio.chat.whispers.at(-1)?.files ?? [];
    const [posted] = result.files;
    expect(file && (await studio.chat.bytesOf(file))).toEqual(
      posted && (await studio.chat.bytesOf(posted)),
    );
    await studio.order({ command: 'history', options: { saved: true }, person: bob });
    expect(studio.whisper()).toContain('a lighthouse');
    await studio.order({ command: 'history', options: { saved: true } });
    expect(studio.whisper()).toBe('You have not saved any picture yet.');
  });

  test('the alt text is changed by whoever asked for the picture, or a moderator', async () => {
    const result = await draw();
    const answers = studio.chat.answering(result);
    const text = 'A red lighthouse under clouds';
    await studio.order({ command: 'alt', options: { text }, answers, person: bob });
    expect(studio.whisper()).toBe('Only the person who asked for it, or a moderator, can do that.');
    await studio.order({ command: 'alt', options: { text }, answers });
    expect(result.files.map(({ altText }) => altText)).toEqual([text]);
    const other = {
      command: 'alt',
      options: { text: 'B' },
      answers,
      person: bob,
      isModerator: true,
    };
    await studio.order(other);
    expect(result.files.map(({ altText }) => altText)).toEqual(['B']);
  });

  test('Delete is for the person who asked or a moderator; then post and file are gone', async () => {
    const result = await draw();
    const [file] = result.files;
    await press('Delete', result, { person: bob });
    expect(studio.whisper()).toBe('Only the person who asked for it, or a moderator, can do that.');
    expect(studio.chat.results()).toHaveLength(1);
    await press('Delete', result, { person: bob, isModerator: true });
    expect(studio.chat.results()).toHaveLength(0);
    await expect(access(join(file?.path ?? ''))).rejects.toThrow('ENOENT');
    const [card] = studio.chat.said();
    expect(textOf(card?.message)).toBe('Deleted by Bob Kahn\n> a lighthouse');
    await press('Vary', result);
    expect(studio.whisper()).toBe('That picture was deleted.');
  });
});

test('how replies are taken is a moderator’s to say, for one channel', async () => {
  await studio.order({ command: 'settings', options: { replies: 'any' } });
  expect(studio.whisper()).toBe('Only a moderator of this channel can change that.');
  await studio.order({ command: 'settings', options: { replies: 'any' }, isModerator: true });
  await studio.order({ command: 'settings' });
  expect(studio.whisper()).toMatch(/^replies: any/u);
  await studio.order({ command: 'settings', place: elsewhere });
  expect(studio.whisper()).toMatch(/^replies: mention/u);
});
