/** The three chats side by side: the same thing is done in each, and what came of it is compared. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileTypeFromBuffer } from 'file-type';
import { expect } from 'vitest';
import { z } from 'zod';
import type { HeardWords, Hears } from '../../src/fal/sandbox/sandbox.ts';
import {
  waitFor,
  type DeliveredFile,
  type PostedMessage,
  type TestChat,
  type Upload,
  type Where,
} from '../support/chats/chat.ts';
import { startDiscordChat, type DiscordChat } from '../support/chats/discord-chat.ts';
import { startSlackChat, type SlackChat } from '../support/chats/slack-chat.ts';
import { startWebChat, type WebTestChat } from '../support/chats/web-chat.ts';
import type { SoundFormat } from '../support/sound/formats.ts';
import { makeRecording } from '../support/sound/recording.ts';
import { HURRIED_PACE, startWorld, type World } from '../support/world.ts';
import { countJobs } from './chat-faults-rig.ts';

/** Rate limits are Discord's, in a hundredth of the time: long words take many messages. */
const LIMIT_WINDOW_MS = 50;

/** What is delivered is the original then, byte for byte. */
const PLAIN = { PICTURE_METADATA: 'off' };

export interface Worlds {
  readonly discord: World<DiscordChat>;
  readonly slack: World<SlackChat>;
  readonly web: World<WebTestChat>;
  /** On Slack, whose rates are counted by the minute. */
  letAMinutePass(): void;
}
const NAMES = ['discord', 'slack', 'web'] as const;

export async function startWorlds(): Promise<Worlds> {
  const pace = HURRIED_PACE;
  let skippedMs = 0;
  const slackOptions = { now: () => Date.now() + skippedMs };
  const [discord, slack, web] = await Promise.all([
    startDiscordChat({ grantsMessageContent: true, limitWindowMs: LIMIT_WINDOW_MS }).then((chat) =>
      startWorld(chat, { pace, env: { ...PLAIN, DISCORD_MESSAGE_CONTENT: 'on' } }),
    ),
    startSlackChat('socket', slackOptions).then((chat) => startWorld(chat, { pace, env: PLAIN })),
    startWebChat().then((chat) => startWorld(chat, { pace, env: PLAIN })),
  ]);
  const letAMinutePass = (): void => void (skippedMs += 60_000);
  return { discord, slack, web, letAMinutePass };
}

export async function closeWorlds(worlds: Worlds | undefined): Promise<void> {
  if (worlds) await Promise.all(NAMES.map((name) => worlds[name].close()));
}

/** Somebody says this, in a file of that kind. */
export async function record(words: string, format: SoundFormat): Promise<Upload> {
  const { bytes, contentType, fileName } = await makeRecording({ words, format });
  return { fileName, contentType, bytes };
}

/** One chat, and what people and Easel did in it during one scenario. */
interface Scene {
  readonly chat: TestChat;
  readonly world: World;
  /** The place that was asked for, or the only one that this platform has. */
  readonly place: (where: Where) => Where;
  /** What the model hears from now on, in every recording or in each. */
  readonly hear: (heard: HeardWords | Hears) => void;
  /** Does something that makes a job, and waits until nothing is left to do. */
  readonly makes: (act: () => Promise<unknown>) => Promise<void>;
  /** What was posted since the scene began. */
  readonly posted: () => Promise<readonly PostedMessage[]>;
}

/** What fal was asked for. */
export interface Asked {
  readonly endpoint: string;
  /** Without seeds, which differ on purpose; files as `describeFile` tells of them. */
  readonly input: unknown;
}

/** A new picture and the one that it was made from, each by its prompt. */
type Descent = readonly [child: string, parent: string];

/** What came of a scenario on one platform. */
export interface Outcome<Found> {
  readonly asked: readonly Asked[];
  /** Line by line, whatever message it stands in. */
  readonly words: readonly string[];
  /** Under the last of it, by name: platforms put them in another order. */
  readonly buttons: readonly string[];
  readonly descent: readonly Descent[];
  /** What the play resolved with. */
  readonly found: Found;
}

type Outcomes<Found> = Readonly<Record<(typeof NAMES)[number], Outcome<Found>>>;

export interface Play<Found> {
  readonly play: (scene: Scene) => Promise<Found>;
  /** What people type in it: the web shows that as theirs, and does not quote it again. */
  readonly typed?: readonly string[];
  /** Several requests go to fal side by side: which comes first is chance. */
  readonly isAtOnce?: boolean;
}

/** Plays the same on all platforms at once, a while after whatever was played before. */
export async function onEach<Found>(worlds: Worlds, play: Play<Found>): Promise<Outcomes<Found>> {
  worlds.letAMinutePass();
  const [discord, slack, web] = await Promise.all(
    NAMES.map(async (name) => {
      const world = worlds[name];
      try {
        return await playOne(world, play);
      } catch (error) {
        const log = world.easel.output().stderr.split('\n').slice(-5).join('\n');
        const told = [...world.chat.privateTexts().slice(-2), world.chat.newestStatus()].join('\n');
        throw new Error(`on ${name}: ${String(error)}\n${told}\n${log}`, { cause: error });
      } finally {
        world.sandbox.setHearing(undefined);
        world.sandbox.faults.clear();
      }
    }),
  );
  if (!discord || !slack || !web) throw new Error('a platform is missing');
  return { discord, slack, web };
}

export async function playOne<Found>(
  world: World,
  { play, typed = [], isAtOnce = false }: Play<Found>,
): Promise<Outcome<Found>> {
  const { chat, sandbox, easel } = world;
  const parents = readDescent(world).length;
  const submits = sandbox.journal.submits.length;
  const known = new Set((await chat.posted()).map(({ id }) => id));
  const scene: Scene = {
    chat,
    world,
    place: (where) => (chat.places.includes(where) ? where : 'channel'),
    hear: (heard) => sandbox.setHearing(typeof heard === 'function' ? heard : () => heard),
    async makes(act) {
      const before = countJobs(easel.dataFolder).all;
      await act();
      await waitFor('the end of every job', () => {
        const { all, open } = countJobs(easel.dataFolder);
        return all > before && open === 0;
      });
    },
    posted: async () => (await chat.posted()).filter(({ id }) => !known.has(id)),
  };
  const found = await play(scene);
  const inOrder = await Promise.all(sandbox.journal.submits.slice(submits).map(readAsked));
  const asked = isAtOnce ? sortAsked(inOrder) : inOrder;
  const posted = (await scene.posted()).flatMap((message) => message.words.map(withoutFigures));
  const words = posted.filter((line) => !typed.includes(line));
  expect(chat.problems()).toEqual([]);
  const buttons = (await chat.buttons()).toSorted();
  return { found, asked, words, buttons, descent: readDescent(world).slice(parents) };
}

export function sortAsked(asked: readonly Asked[]): readonly Asked[] {
  return asked.toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}

const descentSchema = z.array(z.object({ child: z.string(), parent: z.string() }));

/** From Easel's own memory. */
function readDescent({ easel }: World): readonly Descent[] {
  const database = new DatabaseSync(join(easel.dataFolder, 'easel.sqlite'), { readOnly: true });
  try {
    const links = database.prepare(
      `select one.prompt as child, other.prompt as parent from picture_parents as link
       join pictures as one on one.id = link.child join pictures as other on other.id = link.parent
       order by link.rowid`,
    );
    return descentSchema.parse(links.all()).map(({ child, parent }) => [child, parent]);
  } finally {
    database.close();
  }
}

async function readAsked({
  endpoint,
  input,
}: {
  readonly endpoint: string;
  readonly input: unknown;
}): Promise<Asked> {
  const { seed: _seed, ...rest } = input as Readonly<Record<string, unknown>>;
  return { endpoint, input: await withHashes(rest) };
}

/** In the place of an address, what lies there. */
async function withHashes(value: unknown): Promise<unknown> {
  if (typeof value === 'string' && /^https?:\/\//u.test(value)) {
    return describeFile(new Uint8Array(await (await fetch(value)).arrayBuffer()));
  }
  if (Array.isArray(value)) return Promise.all(value.map(withHashes));
  if (typeof value !== 'object' || value === null) return value;
  const entries = await Promise.all(
    Object.entries(value).map(async ([name, inner]) => [name, await withHashes(inner)] as const),
  );
  return Object.fromEntries(entries);
}

/** What it is by its content, and a hash, such as `ogg 21b1a3084367`. */
export async function describeFile(bytes: Uint8Array): Promise<string> {
  const kind = (await fileTypeFromBuffer(bytes))?.ext ?? 'unknown';
  return `${kind} ${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}`;
}

/** Who asked, Easel's own seeds, how long it took and what it cost differ from chat to chat. */
function withoutFigures(line: string): string {
  return line
    .replace(/^For .+? · /u, 'For … · ')
    .replace(/ · seed \d+ · /u, ' · seed … · ')
    .replaceAll(/\d+\.\d s\b/gu, '… s')
    .replace(/ · (?:about )?\$[\d.]+$/u, '');
}

/** The same on all platforms; resolves with what it is. */
export function expectAlike<Found>({ discord, slack, web }: Outcomes<Found>): Outcome<Found> {
  expect(slack, 'on Slack as on Discord').toEqual(discord);
  expect(web, 'on the web as on Discord').toEqual(discord);
  return discord;
}

/** The files behind “Files” under the newest transcript. */
export async function handOut(chat: TestChat): Promise<readonly DeliveredFile[]> {
  const before = (await chat.handedOut()).length;
  await chat.press('Files');
  return waitFor('the files', async () => {
    const found = (await chat.handedOut()).slice(before);
    return found.length > 0 && found;
  });
}
