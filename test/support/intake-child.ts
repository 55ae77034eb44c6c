/**
 * A process that takes attachments in as the bot does, for tests that measure its memory. Is sent
 * one `IntakeOrder`, sends one `IntakeAnswer` for each of its cases, then one `IntakeEnd`.
 */
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import type { LookupFunction } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import { systemClock } from '../../src/clock.ts';
import { createDownload } from '../../src/download.ts';
import { createEditBudget } from '../../src/jobs/edit-budget.ts';
import type { JobParts } from '../../src/jobs/job-parts.ts';
import { readFiles } from '../../src/jobs/read-files.ts';
import { createTakeIn } from '../../src/pictures/take-in/take-in-picture.ts';
import { newJob } from './new-job.ts';
import { createOneMessagePlatform } from './one-message-platform.ts';

export interface IntakeCase {
  readonly id: string;
  readonly url: string;
  readonly fileName: string;
  /** Each lane goes through its cases one after the other. */
  readonly lane: number;
}

export interface IntakeOrder {
  readonly folder: string;
  readonly hosts: readonly string[];
  readonly names: Readonly<Record<string, string>>;
  /** Taken in first, so that what is loaded once does not count. */
  readonly warmUp: IntakeCase;
  readonly cases: readonly IntakeCase[];
}

export interface IntakeAnswer {
  readonly kind: 'answer';
  readonly id: string;
  readonly ms: number;
  /** `UserError: …`, or nothing where it was taken. */
  readonly refusal: string;
  readonly notes: readonly string[];
  /** What went to fal. */
  readonly sent: string;
}

export interface IntakeEnd {
  readonly kind: 'end';
  /** Megabytes: before the first case, and the most at any moment since. */
  readonly before: number;
  readonly peak: number;
}

process.once('message', (order: IntakeOrder) => void carryOut(order));

async function carryOut(order: IntakeOrder): Promise<void> {
  await mkdir(order.folder, { recursive: true });
  await takeOne(order.warmUp, order);
  await forgetPeak();
  const before = await readStatus('VmRSS');
  const lanes = Map.groupBy(order.cases, ({ lane }) => lane);
  await Promise.all(
    [...lanes.values()].map(async (cases) => {
      for (const one of cases) process.send?.(await takeOne(one, order));
    }),
  );
  const end: IntakeEnd = { kind: 'end', before, peak: await readStatus('VmHWM') };
  process.send?.(end, () => process.disconnect());
}

async function takeOne(one: IntakeCase, order: IntakeOrder): Promise<IntakeAnswer> {
  let sent = '';
  const parts = makeParts(order, one, (path) => (sent = path));
  const start = performance.now();
  const file = {
    platform: 'web',
    id: one.id,
    fileName: one.fileName,
    claimedType: 'image/png',
    bytes: 1,
    url: one.url,
  };
  const request = { model: 'm', prompt: 'p', files: [file], options: {} };
  const job = { ...newJob(one.id, { request }), ...REST } as const;
  const answer = await readFiles(job, one.id, parts, new AbortController().signal).then(
    ({ notes }) => ({ refusal: '', notes }),
    (error: unknown) => ({ refusal: String(error), notes: [] }),
  );
  const ms = performance.now() - start;
  return { kind: 'answer', id: one.id, ms, sent, ...answer };
}

const REST = {
  state: 'accepted',
  deliveryCheckpoint: undefined,
  cancelRequestedAt: undefined,
  closedAt: undefined,
} as const;

function makeParts(order: IntakeOrder, one: IntakeCase, onSent: (path: string) => void): JobParts {
  const platform = createOneMessagePlatform(undefined as never);
  const log = pino({ level: 'silent' });
  const headers = { authorization: 'Bearer secret' };
  const parts = {
    ...shared(order),
    dataFolder: order.folder,
    models: { find: () => ({ endpoints: [] }) },
    clock: systemClock,
    log,
    budget: createEditBudget({ clock: systemClock, log }),
    platforms: new Map([
      [
        'web',
        {
          ...platform,
          locateAttachment: async () => ({
            kind: 'remote',
            url: one.url,
            headers,
            hosts: order.hosts,
          }),
        },
      ],
    ]),
    queue: {
      upload: async ({ path }: { path: string }) => {
        const to = join(order.folder, `sent-${one.id}`);
        await copyFile(path, to);
        onSent(to);
        return 'https://fal.invalid/x';
      },
    },
  };
  return parts as unknown as JobParts;
}

let known: Pick<JobParts, 'download' | 'takeIn'> | undefined;

/** One for all cases, as in the bot. */
function shared({ names }: IntakeOrder): Pick<JobParts, 'download' | 'takeIn'> {
  const lookup: LookupFunction = (name, _options, callback) => {
    const address = names[name];
    if (address === undefined) callback(new Error(`nobody knows ${name}`), '', 0);
    else callback(null, [{ address, family: address.includes(':') ? 6 : 4 }]);
  };
  return (known ??= { download: createDownload({ lookup }), takeIn: createTakeIn() });
}

/** Linux counts the highest water anew. */
async function forgetPeak(): Promise<void> {
  globalThis.gc?.();
  await wait(100);
  await writeFile('/proc/self/clear_refs', '5');
}

async function readStatus(name: 'VmRSS' | 'VmHWM'): Promise<number> {
  const status = await readFile('/proc/self/status', 'utf8');
  return Number(new RegExp(`${name}:\\s+(\\d+)`, 'u').exec(status)?.[1]) / 1024;
}
