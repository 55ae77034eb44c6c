/** The whole journey on every chat, in every place: the bot as its users start it, nothing faked. */
import { afterEach, describe, expect, test } from 'vitest';
import { waitFor, type TestChat, type Where } from '../support/chats/chat.ts';
import { CHATS, startWorld, type ChatName, type World } from '../support/world.ts';

let world: World | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

const PNG = [0x89, 0x50, 0x4e, 0x47];

async function deliveredOnce(chat: TestChat) {
  const deliveries = await waitFor('a delivery', async () => {
    const found = await chat.deliveries();
    return found.length > 0 && found;
  });
  await waitFor('the last word', () => /Done|For /u.test(chat.statusTexts().at(-1) ?? ''));
  return deliveries;
}

const everywhere: (readonly [ChatName, Where])[] = [
  ['discord', 'channel'],
  ['discord', 'thread'],
  ['discord', 'direct'],
  ['slack-socket', 'channel'],
  ['slack-socket', 'thread'],
  ['slack-socket', 'direct'],
  ['slack-http', 'channel'],
  ['slack-http', 'thread'],
  ['slack-http', 'direct'],
  ['web', 'channel'],
];

test.each(everywhere)('on %s in a %s: line, drawing, picture', async (name, where) => {
  const started = await startWorld(await CHATS[name]());
  world = started;
  const { chat, sandbox } = started;
  await chat.ask('a lighthouse in fog', where);
  const deliveries = await deliveredOnce(chat);

  expect(chat.acknowledgedAfterMs()).toBeLessThan(3000);
  const texts = chat.statusTexts().join('\n');
  expect(texts).toMatch(/Waiting in line: \d[\s\S]*Drawing[\s\S]*(?:Done|For )/u);
  expect(chat.statusCount()).toBe(1);
  expect(deliveries).toHaveLength(1);
  expect(deliveries[0]).toMatchObject({
    where,
    files: [{ altText: expect.stringContaining('a lighthouse in fog') as string }],
  });
  expect([...(deliveries[0]?.files[0]?.bytes.slice(0, 4) ?? [])]).toEqual(PNG);
  expect(sandbox.journal.submits).toHaveLength(1);
  expect(sandbox.journal.submits[0]).toMatchObject({
    endpoint: 'fal-ai/nano-banana-pro',
    input: { prompt: 'a lighthouse in fog' },
  });
  expect(chat.problems()).toEqual([]);
});

describe.each(Object.keys(CHATS) as ChatName[])('on %s', (name) => {
  test('options reach fal as the model’s own fields, several pictures come in one message', async () => {
    const started = await startWorld(await CHATS[name](), { pace: { runMs: 200, positions: 0 } });
    world = started;
    const { chat, sandbox } = started;
    await chat.ask(
      'two boats --model qwen-image --ar 16:9 --n 2 --seed 7 --steps 10 --format jpeg',
    );
    const deliveries = await deliveredOnce(chat);
    expect(sandbox.journal.submits.map(({ endpoint, input }) => ({ endpoint, input }))).toEqual([
      {
        endpoint: 'fal-ai/qwen-image',
        input: {
          prompt: 'two boats',
          image_size: 'landscape_16_9',
          num_images: 2,
          seed: 7,
          num_inference_steps: 10,
          output_format: 'jpeg',
        },
      },
    ]);
    expect(deliveries.flatMap(({ files }) => files)).toHaveLength(2);
    expect(chat.problems()).toEqual([]);
  });

  test('an attached picture is edited: its bytes reach fal, not its address', async () => {
    const started = await startWorld(await CHATS[name](), { pace: { runMs: 200, positions: 0 } });
    world = started;
    const { chat, sandbox } = started;
    const { default: sharp } = await import('sharp');
    const bytes = await sharp({
      create: { width: 64, height: 64, channels: 3, background: '#3377aa' },
    })
      .png()
      .toBuffer();
    await chat.ask('make it night', 'channel', [
      { fileName: 'day.png', contentType: 'image/png', bytes },
    ]);
    await deliveredOnce(chat);
    expect(sandbox.journal.uploads).toMatchObject([
      { contentType: 'image/png', size: bytes.length },
    ]);
    expect(sandbox.journal.submits).toMatchObject([
      {
        endpoint: 'fal-ai/nano-banana-pro/edit',
        input: { prompt: 'make it night', image_urls: [sandbox.journal.uploads[0]?.url] },
      },
    ]);
    expect(chat.problems()).toEqual([]);
  });

  test('Cancel reaches fal, and the message says so', async () => {
    const started = await startWorld(await CHATS[name](), {
      pace: { positions: 50, waitMs: 5000 },
    });
    world = started;
    const { chat, sandbox } = started;
    await chat.ask('a slow snail');
    await waitFor('a place in line', () =>
      chat.statusTexts().some((text) => text.includes('in line')),
    );
    await chat.press('Cancel');
    await waitFor('the end', () => chat.statusTexts().at(-1)?.includes('Stopped'));
    expect(sandbox.journal.cancels).toHaveLength(1);
    expect(await chat.deliveries()).toEqual([]);
    expect(chat.problems()).toEqual([]);
  });

  test('an event that is delivered twice makes one picture', async () => {
    const started = await startWorld(await CHATS[name](), { pace: { runMs: 600, positions: 0 } });
    world = started;
    const { chat, sandbox } = started;
    await chat.ask('a single swan', chat.places.includes('thread') ? 'thread' : 'channel');
    await chat.redeliver();
    await deliveredOnce(chat);
    await chat.redeliver();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(sandbox.journal.submits).toHaveLength(1);
    expect(await chat.deliveries()).toHaveLength(1);
  });
});
