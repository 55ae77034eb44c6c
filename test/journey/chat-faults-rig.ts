/** One Easel, many faults of its chat: what a case begins with, and when all of it is over. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'vitest';
import { z } from 'zod';
import { waitFor, type TestChat } from '../support/chats/chat.ts';
import { HURRIED_PACE, type World } from '../support/world.ts';

const countsSchema = z.object({ all: z.number(), open: z.number() });

export interface Tally {
  readonly jobs: number;
  readonly submits: number;
  readonly deliveries: number;
  readonly statuses: number;
  readonly privately: number;
  /** What the chat would have refused or silently spoiled. */
  readonly violations: number;
}

export async function tally({ chat, sandbox, easel }: World<FaultyChat>): Promise<Tally> {
  return {
    jobs: countJobs(easel.dataFolder).all,
    submits: sandbox.journal.submits.length,
    deliveries: (await chat.deliveries()).length,
    statuses: chat.statusCount(),
    privately: chat.privateTexts().length,
    violations: chat.server.violations.length,
  };
}

/** What came about since then. */
export async function since(before: Tally, world: World<FaultyChat>): Promise<Tally> {
  const now = await tally(world);
  return {
    jobs: now.jobs - before.jobs,
    submits: now.submits - before.submits,
    deliveries: now.deliveries - before.deliveries,
    statuses: now.statuses - before.statuses,
    privately: now.privately - before.privately,
    violations: now.violations - before.violations,
  };
}

/** Resolves when the request was taken and nothing of it is left to do, whatever became of it. */
export async function allClosed(before: Tally, { easel }: World): Promise<void> {
  await waitFor(
    'the end of every job',
    () => {
      const { all, open } = countJobs(easel.dataFolder);
      return all > before.jobs && open === 0;
    },
    40_000,
  );
}

/** All is over, and it went well: one submission, one picture, one message that tells, no rule broken. */
export async function expectOnePicture(before: Tally, world: World<FaultyChat>): Promise<void> {
  await allClosed(before, world);
  expect(await since(before, world)).toMatchObject({
    submits: 1,
    deliveries: 1,
    statuses: 1,
    violations: 0,
  });
}

/** Makes fal keep the next request for so long; resolves when it has it. */
export async function holdAtFal(
  { sandbox }: World,
  milliseconds: number,
  ask: () => Promise<unknown>,
): Promise<void> {
  const { length } = sandbox.journal.submits;
  sandbox.faults.add({ kind: 'slow-headers', on: ['result'], delayMs: milliseconds });
  await ask();
  await waitFor('a submission', () => sandbox.journal.submits.length > length);
}

/** Several Easels with a chat each, so that cases which mostly wait can wait side by side. */
export interface Pool<Chat extends FaultyChat> {
  /** Lends one world to one case, and takes its faults back afterwards. */
  use(act: (world: World<Chat>) => Promise<void>): Promise<void>;
  readonly worlds: readonly World<Chat>[];
  close(): Promise<void>;
}

type FaultyChat = TestChat & {
  readonly server: { readonly violations: readonly string[]; mend(): void };
};

/** Starts so many, all at once. */
export async function startPool<Chat extends FaultyChat>(
  size: number,
  start: () => Promise<World<Chat>>,
): Promise<Pool<Chat>> {
  const worlds = await Promise.all(Array.from({ length: size }, start));
  const free = [...worlds];
  const waiting: ((world: World<Chat>) => void)[] = [];

  function take(): World<Chat> | Promise<World<Chat>> {
    return free.pop() ?? new Promise((resolve) => waiting.push(resolve));
  }

  function giveBack(world: World<Chat>): void {
    const next = waiting.shift();
    if (next) next(world);
    else free.push(world);
  }

  return {
    worlds,
    async use(act) {
      const world = await take();
      try {
        await act(world);
      } finally {
        world.chat.server.mend();
        world.sandbox.faults.clear();
        world.sandbox.setPace(HURRIED_PACE);
        giveBack(world);
      }
    },
    async close() {
      await Promise.all(worlds.map((world) => world.close()));
    },
  };
}

/** Troubles in the log that nobody foresaw, and whatever is no log line at all. */
export function findBugs({ easel }: World): readonly string[] {
  const lines = easel.output().stderr.split('\n');
  return lines.filter((text) => text !== '' && !foreseen.safeParse(parseJson(text)).success);
}

const foreseen = z.union([
  z.object({ level: z.enum(['debug', 'info']) }),
  z.object({ error: z.object({ name: z.enum(['UpstreamError', 'UserError']) }).optional() }),
]);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** From Easel's own memory: chats cannot show that nothing more will come. */
export function countJobs(dataFolder: string): z.infer<typeof countsSchema> {
  const database = new DatabaseSync(join(dataFolder, 'easel.sqlite'), { readOnly: true });
  try {
    const row = database
      .prepare('select count(*) as "all", sum(closed_at is null) as "open" from jobs')
      .get();
    return countsSchema.parse({ ...row, open: row?.['open'] ?? 0 });
  } finally {
    database.close();
  }
}
