/** Models that make no pictures, on the whole bot: what they make arrives as a file or in words. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import sharp from 'sharp';
import { fileTypeFromBuffer } from 'file-type';
import { waitFor } from '../support/chats/chat.ts';
import { startDiscordChat, type DiscordChat } from '../support/chats/discord-chat.ts';
import type { CommandCall, ServerMessage } from '../support/discord/types.ts';
import { HURRIED_PACE, startWorld, type World } from '../support/world.ts';

/** The sandbox makes real films, which takes a busy machine a while. */
const FILM_WITHIN_MS = 50_000;

let world: World<DiscordChat>;
beforeAll(async () => {
  // Every endpoint there is: what costs dollars is only there when the operator names it.
  const options = {
    pace: HURRIED_PACE,
    env: { MODELS: 'families, **', MODEL_COMMANDS: 'recraft-v3' },
  };
  world = await startWorld(await startDiscordChat(), options);
});
afterAll(() => world.close());

interface Outcome {
  /** The message that moved. */
  readonly status: ServerMessage;
  /** What was posted beside it. */
  readonly posted: readonly ServerMessage[];
}

const imagine = (call: Omit<CommandCall, 'name'>) => run({ name: 'imagine', ...call });

/** Runs a command in a channel and waits until its status message says that it is done. */
async function run(call: CommandCall): Promise<Outcome> {
  const { server } = world.chat;
  const channelId = call.channelId ?? server.channelId;
  const before = server.messages(channelId).length;
  await server.runCommand({ ...call, channelId });
  const findOutcome = (): Outcome | undefined => {
    const [status, ...posted] = server.messages(channelId).slice(before);
    const isDone = /Done|For /u.test(status?.content ?? '');
    return status && isDone ? { status, posted } : undefined;
  };
  return waitFor('the end of a job', findOutcome, FILM_WITHIN_MS);
}

async function makePicture(): Promise<Buffer> {
  const create = { width: 64, height: 64, channels: 3, background: '#3377aa' } as const;
  return sharp({ create }).png().toBuffer();
}

test.each([
  { model: 'minimax-speech-02-hd', more: '--emotion happy', input: { text: 'Hello there.' } },
  { model: 'dia-tts', more: '--count 1', input: { text: 'Hello there.' } },
])('$model speaks: a voice message comes into the channel', async ({ model, more, input }) => {
  const { status, posted } = await imagine({ options: { prompt: 'Hello there.', model, more } });
  expect(world.sandbox.journal.submits.at(-1)).toMatchObject({ input });
  expect(status.content).toContain('Done');
  expect(posted).toHaveLength(2);
  const [spoken, caption] = posted;
  const [sound] = spoken?.attachments ?? [];
  const type = await fileTypeFromBuffer(sound?.bytes ?? Buffer.alloc(0));
  expect(type?.mime).toMatch(/^audio\/ogg/u);
  expect(sound?.voice?.seconds).toBeGreaterThan(0);
  expect(caption?.content).toMatch(/^> Hello there\.\n-# For Ada · /u);
});

test.each([
  { model: 'fal-ai/bytedance/seedance/v1/lite/text-to-video', mime: /^video\/\w+$/u },
  { model: 'fal-ai/meshy/v6/text-to-3d', mime: /^model\/gltf-binary$/u },
])('$model makes a file that Discord takes as it is', async ({ model, mime }) => {
  const { status, posted } = await imagine({ options: { prompt: 'a fox runs', model } });
  expect(world.sandbox.journal.submits.at(-1)).toMatchObject({
    endpoint: model,
    input: { prompt: 'a fox runs' },
  });
  expect(status.content).toContain('Done');
  const files = posted.flatMap(({ attachments }) => attachments);
  expect(files.map(({ contentType }) => contentType)).toContainEqual(expect.stringMatching(mime));
});

test('a language model answers in words', async () => {
  const model = 'fal-ai/bytedance/seed/v2/mini';
  const { posted } = await imagine({ options: { prompt: 'Why are foxes red?', model } });
  expect(posted).toHaveLength(1);
  expect(posted[0]).toMatchObject({
    attachments: [],
    content: expect.stringMatching(
      /^> Why are foxes red\?\n\S[^]+\n-# For Ada · fal-ai/u,
    ) as string,
  });
});

test.each(['channelId', 'threadId', 'dmChannelId', 'groupChannelId'] as const)(
  'a picture is described in %s: the words are the result',
  async (place) => {
    const { chat, sandbox } = world;
    const bytes = await makePicture();
    const { status, posted } = await imagine({
      options: { model: 'fal-ai/moondream3-preview/caption' },
      attachments: [{ optionName: 'image', fileName: 'a.png', contentType: 'image/png', bytes }],
      channelId: chat.server[place],
    });
    expect(sandbox.journal.submits.at(-1)).toMatchObject({
      endpoint: 'fal-ai/moondream3-preview/caption',
      input: { image_url: sandbox.journal.uploads.at(-1)?.url },
    });
    const isMember = place !== 'groupChannelId';
    expect(posted).toHaveLength(isMember ? 1 : 0);
    const words = (isMember ? posted[0] : status)?.content ?? '';
    expect(words).toMatch(/^[^\n>-][^]+\n-# For Ada · fal-ai\/moondream3-preview\/caption/u);
    expect([...posted, status].flatMap(({ attachments }) => attachments)).toEqual([]);
  },
);

test('a sound is written down: it is given in the option for files', async () => {
  const { sandbox } = world;
  const spoken = await imagine({ options: { prompt: 'Hello there.', model: 'dia-tts' } });
  const sound = spoken.posted[0]?.attachments[0];
  if (!sound) throw new Error('Nothing was spoken.');
  const { posted } = await imagine({
    options: { model: 'whisper' },
    attachments: [{ optionName: 'file', fileName: sound.filename, ...sound }],
  });
  expect(sandbox.journal.submits.at(-1)).toMatchObject({
    input: { audio_url: sandbox.journal.uploads.at(-1)?.url },
  });
  expect(posted).toHaveLength(1);
  expect(posted[0]?.content).toMatch(/^\S[^]+\n-# For Ada · whisper/u);
});

test('a model with a command of its own has more styles than a list takes: they are suggested', async () => {
  const { chat, sandbox } = world;
  const styles = await chat.suggest('style', 'vector', {}, 'recraft-v3');
  const [{ value: style } = { value: '' }] = styles;
  expect(style).toBe('vector_illustration');
  expect(styles.length).toBeGreaterThan(5);
  const { posted } = await run({ name: 'recraft-v3', options: { prompt: 'a fox', style } });
  expect(sandbox.journal.submits.at(-1)).toMatchObject({
    endpoint: 'fal-ai/recraft/v3/text-to-image',
    input: { prompt: 'a fox', style },
  });
  expect(posted[0]?.attachments.length).toBeGreaterThan(0);
});

test('suggestions from all of fal’s endpoints come in time', async () => {
  const { server } = world.chat;
  const typing = await server.typeInto({ name: 'imagine', option: 'model', begun: 'video pro' });
  const { choices } = await server.waitFor(() => typing.response);
  expect(choices).toHaveLength(25);
  expect(typing.acknowledgedAfterMs).toBeLessThan(3000);
});

test('a button tells the exact command, to whoever presses it alone', async () => {
  const { server } = world.chat;
  const { posted } = await imagine({
    options: { prompt: 'a fox', model: 'qwen-image', aspect_ratio: '16:9', seed: '7' },
  });
  const press = await server.pressButton({ messageId: posted[0]?.id ?? '', label: 'Details' });
  const [told] = await server.waitFor(() => press.followups.length > 0 && press.followups);
  expect(told?.ephemeral).toBe(true);
  const [, command = ''] = /`\/imagine ([^`]+)`/u.exec(told?.content ?? '') ?? [];
  const before = world.sandbox.journal.submits.at(-1);
  await imagine({ options: { prompt: command } });
  expect(world.sandbox.journal.submits.at(-1)).toMatchObject({
    endpoint: before?.endpoint,
    input: before?.input,
  });
});

test('Discord had nothing to object to in all of this', () => {
  expect(world.chat.problems()).toEqual([]);
});
