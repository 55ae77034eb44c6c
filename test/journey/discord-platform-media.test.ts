/** Models that make no pictures, on the whole bot: what they make arrives as a file or in words. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import sharp from 'sharp';
import { fileTypeFromBuffer } from 'file-type';
import { waitFor } from '../support/chats/chat.ts';
import { startDiscordChat, type DiscordChat } from '../support/chats/discord-chat.ts';
import type { CommandCall, ServerMessage } from '../support/discord/types.ts';
import { HURRIED_PACE, startWorld, type World } from '../support/world.ts';

let world: World<DiscordChat>;
beforeAll(async () => {
  world = await startWorld(await startDiscordChat(), { pace: HURRIED_PACE });
});
afterAll(() => world.close());

interface Outcome {
  /** The message that moved. */
  readonly status: ServerMessage;
  /** What was posted beside it. */
  readonly posted: readonly ServerMessage[];
}

/** Runs /imagine in a channel and waits until its status message says that it is done. */
async function imagine(call: Omit<CommandCall, 'name'>): Promise<Outcome> {
  const { server } = world.chat;
  const channelId = call.channelId ?? server.channelId;
  const before = server.messages(channelId).length;
  await server.runCommand({ name: 'imagine', ...call, channelId });
  return waitFor('the end of a job', () => {
    const [status, ...posted] = server.messages(channelId).slice(before);
    const isDone = status?.components.some((row) => JSON.stringify(row).includes('recipe'));
    return status && isDone ? { status, posted } : undefined;
  });
}

async function makePicture(): Promise<Buffer> {
  const create = { width: 64, height: 64, channels: 3, background: '#3377aa' } as const;
  return sharp({ create }).png().toBuffer();
}

test.each([
  { model: 'minimax-speech-02-hd', more: '--emotion happy', input: { text: 'Hello there.' } },
  { model: 'dia-tts', more: '--count 1', input: { text: 'Hello there.' } },
])('$model speaks: a sound that plays comes into the channel', async ({ model, more, input }) => {
  const { status, posted } = await imagine({ options: { prompt: 'Hello there.', model, more } });
  expect(world.sandbox.journal.submits.at(-1)).toMatchObject({ input });
  expect(status.content).toContain('Done');
  expect(posted).toHaveLength(1);
  const [sound] = posted[0]?.attachments ?? [];
  const type = await fileTypeFromBuffer(sound?.bytes ?? Buffer.alloc(0));
  expect(type?.mime).toMatch(/^audio\//u);
  expect(sound?.contentType).toBe(type?.mime);
  expect(sound?.filename).toMatch(new RegExp(`\\.${type?.ext}$`, 'u'));
  expect(posted[0]?.content).toMatch(/^> Hello there\.\n-# For Ada · /u);
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

test('a button tells the exact command, to whoever presses it alone', async () => {
  const { server } = world.chat;
  const { status } = await imagine({
    options: { prompt: 'a fox', model: 'qwen-image', aspect_ratio: '16:9', seed: '7' },
  });
  const press = await server.pressButton({ messageId: status.id, label: 'Command' });
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
