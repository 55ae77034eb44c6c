/** One table for all platforms: the same wish, said as one does there, is the same request to fal. */
import { createHash } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { waitFor, type TestChat, type Upload, type Where } from '../support/chats/chat.ts';
import { startDiscordChat } from '../support/chats/discord-chat.ts';
import { startSlackChat } from '../support/chats/slack-chat.ts';
import { startWebChat } from '../support/chats/web-chat.ts';
import { plainPng } from '../support/plain-picture.ts';
import { HURRIED_PACE, startWorld, type World } from '../support/world.ts';

async function picture(colour: string): Promise<Upload> {
  return { fileName: `${colour}.png`, contentType: 'image/png', bytes: await plainPng(colour) };
}

const [red, green, blue] = [await picture('red'), await picture('green'), await picture('blue')];
/** The toy pictures of one seed are the same on every platform. */
const DRAWN = '--model qwen-image --seed 7 --size 256x256';

interface Scenario {
  readonly name: string;
  /** Where a platform has such a place. */
  readonly where?: Where;
  readonly act: (chat: TestChat, where: Where) => Promise<void>;
  /** Which pictures fal is given, in order: those of the drawn result by number, or uploads. */
  readonly given: readonly (number | Upload)[];
  readonly prompt: string;
}

async function draw(chat: TestChat, words: string, where: Where): Promise<string> {
  const before = (await chat.deliveries()).length;
  await chat.ask(`${words} ${DRAWN}`, where);
  await waitFor('a drawing', async () => (await chat.deliveries()).length > before);
  await waitFor('the last word', () => /Done|For /u.test(chat.newestStatus()));
  return chat.newestResult();
}

const SCENARIOS: readonly Scenario[] = [
  {
    name: 'a reply to Easel’s picture',
    act: async (chat, where) =>
      void (await chat.reply(await draw(chat, 'a fox', where), 'make it night', [], where)),
    given: [1],
    prompt: 'make it night',
  },
  {
    name: 'a reply to a person’s picture',
    act: async (chat, where) =>
      void (await chat.reply(await chat.show([red], where), 'make it brick', [], where)),
    given: [red],
    prompt: 'make it brick',
  },
  {
    name: 'a number in a reply to three pictures',
    act: async (chat, where) =>
      void (await chat.reply(await chat.show([red, green, blue]), '2: make it night', [], where)),
    given: [green],
    prompt: 'make it night',
  },
  {
    name: 'a number in a reply to three of Easel’s pictures',
    act: async (chat, where) =>
      void (await chat.reply(await draw(chat, 'boats --count 3', where), '#3 sink it', [], where)),
    given: [3],
    prompt: 'sink it',
  },
  {
    name: 'two more pictures in the reply',
    act: async (chat, where) => {
      const result = await draw(chat, 'a cat', where);
      await chat.reply(result, 'put these on her', [green, blue], where);
    },
    given: [1, green, blue],
    prompt: 'put these on her',
  },
  {
    name: 'a flag in the reply',
    act: async (chat, where) =>
      void (await chat.reply(await chat.show([red]), 'wider --ar 16:9 --seed 5', [], where)),
    given: [red],
    prompt: 'wider',
  },
  {
    name: 'a reply in direct messages',
    where: 'direct',
    act: async (chat, where) =>
      void (await chat.reply(await draw(chat, 'a fox', where), 'make it night', [], where)),
    given: [1],
    prompt: 'make it night',
  },
  {
    name: 'a reply in a thread',
    where: 'thread',
    act: async (chat, where) =>
      void (await chat.reply(await draw(chat, 'a fox', where), 'make it night', [], where)),
    given: [1],
    prompt: 'make it night',
  },
];

const CHATS = {
  discord: () => startDiscordChat({ grantsMessageContent: true }),
  slack: () => startSlackChat('socket'),
  web: startWebChat,
} as const;

interface Payload {
  readonly endpoint: string;
  readonly input: unknown;
  /** Of the pictures that fal was given, in order. */
  readonly given: readonly string[];
}

/** For each scenario what each platform came to. */
const table = new Map<string, Map<string, Payload>>();
const worlds = new Map<string, World>();
afterAll(() => Promise.all([...worlds.values()].map((world) => world.close())));

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 12);
}

async function hashAt(address: string): Promise<string> {
  return hash(new Uint8Array(await (await fetch(address)).arrayBuffer()));
}

/** Seeds of Easel's own choice are left out: they differ on purpose. */
async function readPayload({ sandbox }: World): Promise<Payload> {
  const { endpoint, input } = sandbox.journal.submits.at(-1) ?? { endpoint: '', input: {} };
  const {
    image_urls: addresses,
    seed,
    ...rest
  } = input as {
    readonly image_urls?: readonly string[];
    readonly seed?: number;
  };
  const own = seed === 5 ? { seed } : {};
  return {
    endpoint,
    input: { ...rest, ...own },
    given: await Promise.all((addresses ?? []).map(hashAt)),
  };
}

describe.each(Object.keys(CHATS) as (keyof typeof CHATS)[])('on %s', (name) => {
  test.each(SCENARIOS)('$name', async ({ name: scenario, act, given, prompt, where }) => {
    const known = worlds.get(name);
    const world =
      known ??
      (await startWorld(await CHATS[name](), {
        pace: HURRIED_PACE,
        // What is delivered is the original then, byte for byte.
        env: {
          ...(name === 'discord' && { DISCORD_MESSAGE_CONTENT: 'on' }),
          PICTURE_METADATA: 'off',
        },
      }));
    worlds.set(name, world);
    const { chat, sandbox } = world;
    if (where && !chat.places.includes(where)) return;
    const place = where ?? 'channel';
    const delivered = (await chat.deliveries()).length;
    await act(chat, place);
    const isEdit = (): boolean => JSON.stringify(sandbox.journal.submits.at(-1)).includes('/edit');
    await waitFor('an edit', isEdit);
    const drawn = given.some((one) => typeof one === 'number') ? 1 : 0;
    const deliveries = await waitFor('its delivery', async () => {
      const found = await chat.deliveries();
      return found.length >= delivered + drawn + 1 && found;
    });
    await waitFor('the last word', () => /Done|For /u.test(chat.newestStatus()));
    expect(deliveries).toHaveLength(delivered + drawn + 1);
    expect(deliveries.at(-1)?.where).toBe(place);
    const payload = await readPayload(world);
    const source = deliveries.at(-2)?.files ?? [];
    expect(payload).toMatchObject({
      endpoint: 'fal-ai/nano-banana-pro/edit',
      input: { prompt },
      given: given.map((one) =>
        hash(typeof one === 'number' ? (source[one - 1]?.bytes ?? new Uint8Array()) : one.bytes),
      ),
    });
    const row = table.get(scenario) ?? new Map<string, Payload>();
    table.set(scenario, row.set(name, payload));
    expect(chat.problems()).toEqual([]);
  });
});

test('every row of the table is the same on all platforms', () => {
  expect([...table.keys()]).toEqual(SCENARIOS.map(({ name }) => name));
  for (const [scenario, row] of table) {
    const [[, first] = []] = row;
    for (const [platform, payload] of row) {
      expect(payload, `${scenario} on ${platform}`).toEqual(first);
    }
    const cells = [...row].map(([platform, { given }]) => `${platform} ${given.join('+')}`);
    console.info(`${scenario}: ${cells.join(' | ')}`);
  }
});
