/** Pictures on Slack through the whole bot: what was said, what fal was given, what came of it. */
import sharp from 'sharp';
import { expect } from 'vitest';
import { waitFor } from '../support/chats/chat.ts';
import { startSlackChat, type SlackChat } from '../support/chats/slack-chat.ts';
import type { SlackMessage, SlackServerOptions } from '../support/slack/slack-types.ts';
import { HURRIED_PACE, startWorld, type World } from '../support/world.ts';
import { allClosed, tally } from './chat-faults-rig.ts';

export type SlackWorld = World<SlackChat>;

export function startSlackWorld(
  mode: 'socket' | 'http' = 'socket',
  options: SlackServerOptions = {},
): Promise<SlackWorld> {
  return startSlackChat(mode, options).then((chat) => startWorld(chat, { pace: HURRIED_PACE }));
}

/** A picture of one colour, as somebody uploads it. */
export async function plain(name: string, background: string) {
  const bytes = await sharp({ create: { width: 24, height: 16, channels: 3, background } })
    .png()
    .toBuffer();
  return { name, mimetype: 'image/png', bytes };
}

/** What one sees, however it is encoded. */
async function look(bytes: Uint8Array): Promise<string> {
  const { data, info } = await sharp(bytes)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return `${info.width}×${info.height} ${data.toString('base64')}`;
}

export async function lookAt(pictures: readonly { readonly bytes: Uint8Array }[]) {
  return Promise.all(pictures.map(({ bytes }) => look(bytes)));
}

/** What fal was given to see, submission by submission since `from`, in order. */
export async function seenByFal({ sandbox }: SlackWorld, from = 0): Promise<readonly string[][]> {
  const seen: string[][] = [];
  for (const { input } of sandbox.journal.submits.slice(from)) {
    const addresses = (input as { image_urls?: string[]; image_url?: string }) ?? {};
    const urls = addresses.image_urls ?? [addresses.image_url ?? []].flat();
    const bodies = await Promise.all(
      urls.map(async (url) => new Uint8Array(await (await fetch(url)).arrayBuffer())),
    );
    seen.push(await Promise.all(bodies.map(look)));
  }
  return seen;
}

export function promptsAt({ sandbox }: SlackWorld, from = 0): readonly unknown[] {
  return sandbox.journal.submits
    .slice(from)
    .map(({ input }) => (input as { prompt?: unknown }).prompt);
}

/** All that Easel posted with files, oldest first. */
export function results({ chat: { server } }: SlackWorld, channelId = server.channelId) {
  return server.messages(channelId).filter(({ fromBot, files }) => fromBot && files.length > 0);
}

export function cards({ chat: { server } }: SlackWorld, channelId = server.channelId) {
  return server.messages(channelId).filter(({ fromBot, files }) => fromBot && files.length === 0);
}

/** Does something that makes one job, and waits until all is said. */
export async function makes(world: SlackWorld, act: () => Promise<unknown>): Promise<void> {
  const before = await tally(world);
  await act();
  await allClosed(before, world);
  await waitFor('the last words', () =>
    ['channelId', 'dmChannelId'].every((place) =>
      cards(world, world.chat.server[place as 'channelId']).every(
        ({ buttons }) => !buttons.some(({ actionId }) => actionId === 'v1:cancel'),
      ),
    ),
  );
}

/** Something Easel drew in this place: its card, and the message with its files. */
export async function draw(
  world: SlackWorld,
  text = 'a fox',
  channelId = world.chat.server.channelId,
): Promise<{ readonly card: SlackMessage; readonly result: SlackMessage }> {
  await makes(world, () => world.chat.server.runCommand({ command: '/imagine', text, channelId }));
  const card = cards(world, channelId).at(-1);
  const result = results(world, channelId).at(-1);
  if (!card || !result) throw new Error(`nothing was drawn: ${world.easel.output().stderr}`);
  expect(result.threadTs).toBe(card.ts);
  return { card, result };
}

export function expectNoProblems({ chat }: SlackWorld): void {
  expect(chat.problems()).toEqual([]);
}
