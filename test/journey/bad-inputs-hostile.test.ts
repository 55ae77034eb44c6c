/** Words that are odd but fine: drawn like any others; they ping nobody and break no page. */
import { afterEach, expect, test } from 'vitest';
import { HOSTILE_WORDS } from '../support/bad-words.ts';
import { waitFor, type TestChat } from '../support/chats/chat.ts';
import { expectUnharmed, remember } from '../support/unharmed.ts';
import { CHATS, HURRIED_PACE, startWorld, type World } from '../support/world.ts';

/** Blanks around a prompt go, and U+FEFF counts as one. */
const TRIMMED = HOSTILE_WORDS.map((words) => words.trim());

let world: World | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

async function startHostileWorld<Chat extends TestChat>(chat: Chat): Promise<World<Chat>> {
  const started = await startWorld(chat, { pace: HURRIED_PACE });
  world = started;
  return started;
}

async function askAll(
  { chat, sandbox }: World,
  ask: (words: string, at: number) => Promise<void>,
): Promise<readonly string[]> {
  for (const [at, words] of HOSTILE_WORDS.entries()) await ask(words, at);
  await waitFor(
    'all pictures',
    async () => (await chat.deliveries()).length >= HOSTILE_WORDS.length,
    40_000,
  );
  expect(await chat.deliveries()).toHaveLength(HOSTILE_WORDS.length);
  return sandbox.journal.submits.map(({ input }) => (input as { prompt: string }).prompt);
}

test('on the web they are text: no script, no foreign picture, no live link', async () => {
  const started = await startHostileWorld(await CHATS.web());
  const before = remember(started);
  const drawn = await askAll(started, (words) => started.chat.ask(words));
  expect(drawn.toSorted()).toEqual(TRIMMED.toSorted());
  const page = await (await fetch(started.easel.url)).text();
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(page).not.toMatch(/<script(?![^>]*(?:src="\/web\/|type="application\/json"))/u);
  expect(page).not.toMatch(/<svg\/onload|onerror=alert\(1\)>(?!&)|<b>/u);
  for (const [, address] of page.matchAll(/\b(?:src|href|action)="([^"]*)"/gu)) {
    expect(address).toMatch(/^(?:\/|#|data:,$)/u);
  }
  await expectUnharmed(started, before, { submits: HOSTILE_WORDS.length });
});

test('on Slack they are text: nobody is pinged, nothing is linked', async () => {
  const started = await startHostileWorld(await CHATS['slack-http']());
  const before = remember(started);
  const drawn = await askAll(started, (words) => started.chat.ask(words));
  // Links and mentions reach Easel as what they are called.
  const plain = TRIMMED.filter((words) => !/<(?:[@#]|https?:)/u.test(words));
  expect(drawn).toEqual(expect.arrayContaining(plain));
  const { server } = started.chat;
  for (const { pings, text, edits } of server.messages(server.channelId)) {
    expect(pings).toEqual([]);
    for (const version of [text, ...edits.map((edit) => edit.text)]) {
      expect(version).not.toMatch(/<(?:[@#]|!(?!date)|https?:\/\/evil)/u);
    }
  }
  await expectUnharmed(started, before, { submits: HOSTILE_WORDS.length });
  expect(server.violations).toEqual([]);
});

test('on Discord they are text: nobody is pinged, nothing is linked', async () => {
  const started = await startHostileWorld(await CHATS.discord());
  const before = remember(started);
  const { server } = started.chat;
  const places = [server.channelId, server.threadId, server.dmChannelId];
  const drawn = await askAll(started, async (prompt, at) => {
    const channelId = places[at % places.length] ?? '';
    await server.runCommand({ name: 'imagine', options: { prompt }, channelId });
  });
  expect(drawn.toSorted()).toEqual(TRIMMED.toSorted());
  for (const { versions } of places.flatMap((place) => server.messages(place))) {
    for (const { pings, content } of versions) {
      expect(pings).toEqual({ everyone: false, users: [], roles: [] });
      expect(content).not.toMatch(/(?<!\\)\]\(https?:\/\/evil|@(?:everyone|here)/u);
    }
  }
  await expectUnharmed(started, before, { submits: HOSTILE_WORDS.length });
  expect(started.chat.problems()).toEqual([]);
});
