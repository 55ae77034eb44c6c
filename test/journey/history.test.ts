/** Earlier pictures, asked for in each chat by the means that people have there. */
import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { afterEach, expect, test } from 'vitest';
import { waitFor } from '../support/chats/chat.ts';
import type { DiscordChat } from '../support/chats/discord-chat.ts';
import type { SlackChat } from '../support/chats/slack-chat.ts';
import { CHATS, HURRIED_PACE, startWorld, type World } from '../support/world.ts';

let world: World | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

async function makePicture({ chat }: World, words: string): Promise<void> {
  const before = (await chat.deliveries()).length;
  await chat.ask(words);
  await waitFor('a picture', async () => (await chat.deliveries()).length > before);
}

function answerWith({ chat }: World, words: string): Promise<string> {
  return waitFor(`an answer with “${words}”`, () =>
    chat.privateTexts().find((text) => text.includes(words)),
  );
}

test('on Discord /history answers the person alone, in time', async () => {
  const chat: DiscordChat = await CHATS.discord();
  const started = await startWorld(chat, { pace: HURRIED_PACE });
  world = started;
  await makePicture(started, 'a lighthouse in fog');
  await makePicture(started, 'a red barn');
  const interaction = await chat.server.runCommand({ name: 'history', options: {} });
  const text = await answerWith(started, 'Your pictures');
  expect(text).toMatch(/\*\*1\*\* a red barn[\s\S]*\*\*2\*\* a lighthouse in fog/u);
  expect(text).toContain('https://discord.com/channels/');
  expect(interaction.acknowledgedAfterMs).toBeLessThan(3000);
  const options = { whose: 'channel', search: 'LIGHTHOUSE' };
  await chat.server.runCommand({ name: 'history', options });
  const found = await answerWith(started, 'Pictures of this channel');
  expect(found).toContain('a lighthouse in fog');
  expect(found).not.toContain('a red barn');
  expect(chat.problems()).toEqual([]);
});

test('on Slack /history answers the person alone, also after a restart', async () => {
  const chat: SlackChat = await CHATS['slack-socket']();
  const started = await startWorld(chat, { pace: HURRIED_PACE });
  world = started;
  await makePicture(started, 'a lighthouse in fog');
  await started.easel.kill();
  await started.restart();
  await chat.server.runCommand({ command: '/history', text: 'lighthouse' });
  const text = await answerWith(started, 'Your pictures');
  expect(text).toContain('a lighthouse in fog');
  await chat.server.runCommand({ command: '/history', text: '--since tomorrow' });
  await answerWith(started, '“tomorrow” is no day. Write it like 2026-11-30.');
  expect(chat.problems()).toEqual([]);
});

test('in the web chat /history answers, and draws its sheet once', async () => {
  const started = await startWorld(await CHATS.web(), { pace: HURRIED_PACE });
  world = started;
  await makePicture(started, 'a lighthouse in fog');
  for (const text of ['/history --whose channel', '/history --whose channel --page 2']) {
    await sendToPage(started.easel.url, text);
  }
  const answers = await waitFor('two answers', () => {
    const texts = started.chat.privateTexts();
    return texts.filter((text) => text.includes('Pictures of this channel')).length >= 2 && texts;
  });
  expect(answers.join('\n')).toContain('a lighthouse in fog');
  expect(await readdir(`${started.easel.dataFolder}/sheets`)).toHaveLength(1);
});

/** As the page's form does. */
async function sendToPage(origin: string, text: string): Promise<void> {
  const page = await fetch(origin);
  const cookie = page.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
  const form = new FormData();
  form.set('text', text);
  form.set('submission', randomUUID());
  const response = await fetch(`${origin}/web/messages`, {
    method: 'POST',
    body: form,
    redirect: 'manual',
    headers: { origin, cookie },
  });
  expect(response.status).toBeLessThan(400);
}
