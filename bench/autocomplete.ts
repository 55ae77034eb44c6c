/**
 * How long an answer to somebody who types takes with every endpoint allowed: the function alone, for
 * the first time in a fresh thread (cold) and many times over (warm), and the whole way from
 * the gateway's event to the callback, with the real discord.js against a Discord on loopback.
 * Prints; asserts nothing. The aim is 50 ms.
 *
 *   npm run bench:autocomplete
 */
import { tmpdir } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { Hono } from 'hono';
import { pino } from 'pino';
import { systemClock } from '../src/clock.ts';
import type { Command } from '../src/command.ts';
import { loadCommands } from '../src/load-folder.ts';
import { loadModels } from '../src/models/load-models.ts';
import type { Suggest } from '../src/option.ts';
import discord from '../src/platforms/discord/index.ts';
import { startDiscordServer } from '../test/support/discord/discord-server.ts';
import { createMemoryRecords } from '../test/support/memory-records.ts';
import { noPictures } from '../test/support/no-pictures.ts';

const AIM_MS = 50;
const WARM_RUNS = 300;
const DISCORD_RUNS = 40;

interface Typing {
  readonly option: string;
  readonly begun: string;
  /** The other options so far. */
  readonly options: Readonly<Record<string, string>>;
}

const LARGEST = 'fal-ai/flux-general';
const CASES: readonly Typing[] = [
  { option: 'model', begun: '', options: {} },
  { option: 'model', begun: 'f', options: {} },
  { option: 'model', begun: 'flux text to image', options: {} },
  { option: 'model', begun: 'nano bannana', options: {} },
  { option: 'style', begun: '', options: { model: 'recraft-v3' } },
  { option: 'style', begun: 'ink', options: { model: 'recraft-v3' } },
  { option: 'format', begun: '', options: {} },
  { option: 'format', begun: '', options: { model: LARGEST } },
  { option: 'aspect_ratio', begun: '16', options: { model: 'flux-kontext' } },
  { option: 'more', begun: '', options: { model: 'omnigen-v2' } },
  { option: 'more', begun: '--', options: { model: LARGEST } },
  { option: 'more', begun: '--scheduler ', options: { model: 'omnigen-v2' } },
  { option: 'more', begun: '--steps 30 --s', options: { model: 'no-such-model' } },
];

interface Measurement {
  readonly coldMs: number;
  readonly warmMs: readonly number[];
  readonly answers: number;
}

if (isMainThread) await measureAll();
else parentPort?.postMessage(await measureFunction(CASES[workerData as number]!));

async function measureAll(): Promise<void> {
  const started = performance.now();
  const models = await loadModels({ allowed: ['**'] });
  const commands = await loadCommands({ models });
  const loadMs = performance.now() - started;
  print(`${models.search('').length} models, loaded in ${loadMs.toFixed(0)} ms`);
  print(`\n${'the function alone (ms)'.padEnd(64)}   cold median  worst  answers`);
  const functions: Measurement[] = [];
  for (const [at, typing] of CASES.entries()) {
    const measured = await measureInThread(at);
    functions.push(measured);
    printRow(typing, measured);
  }
  print(`\n${'from Discord’s event to our answer (ms)'.padEnd(64)}   cold median  worst  answers`);
  const wholes = await measureDiscord(commands);
  for (const [at, measured] of wholes.entries()) printRow(CASES[at]!, measured);
  const all = [...functions, ...wholes];
  const late = all.filter(({ coldMs, warmMs }) => Math.max(coldMs, ...warmMs) > AIM_MS);
  const slow = all.filter(({ warmMs }) => median(warmMs) > AIM_MS);
  print(
    `\nof ${all.length} rows, ${slow.length} have a median above ${AIM_MS} ms, ${late.length} have anything above it`,
  );
}

/** A fresh thread has compiled nothing and remembers nothing. */
function measureInThread(at: number): Promise<Measurement> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL(import.meta.url), { workerData: at });
    thread.once('message', resolve);
    thread.once('error', reject);
  });
}

async function measureFunction({ option, begun, options }: Typing): Promise<Measurement> {
  const models = await loadModels({ allowed: ['**'] });
  const suggest = findSuggest(await loadCommands({ models }), option);
  const [coldMs = Number.NaN] = time(1, () => suggest(begun, options));
  const warmMs = time(WARM_RUNS, () => suggest(begun, options));
  return { coldMs, warmMs, answers: suggest(begun, options).length };
}

function time(runs: number, act: () => unknown): readonly number[] {
  return Array.from({ length: runs }, () => {
    const started = performance.now();
    act();
    return performance.now() - started;
  });
}

function findSuggest(commands: readonly Command[], name: string): Suggest {
  const option = commands.find((command) => command.name === 'imagine')?.options[name];
  if (option?.kind !== 'suggested') throw new TypeError(`/imagine suggests nothing for ${name}`);
  return option.suggest;
}

async function measureDiscord(commands: readonly Command[]): Promise<readonly Measurement[]> {
  const server = await startDiscordServer();
  const setting = discord.read({
    DISCORD_TOKEN: server.token,
    DISCORD_API_URL: server.apiUrl,
    DISCORD_FILE_HOSTS: server.fileHost,
  });
  if (setting.state !== 'on') throw new TypeError('Discord is off');
  const platform = await setting.connect({
    log: pino({ level: 'silent' }),
    clock: systemClock,
    records: createMemoryRecords(),
    http: { app: new Hono(), raw: () => {} },
    commands,
    preview: () => [],
    ...noPictures,
    folder: tmpdir(),
  });
  await platform.start(async () => {});
  await platform.publishCommands(commands);
  const type = async ({ option, begun, options }: Typing): Promise<[number, number]> => {
    const typing = await server.typeInto({ name: 'imagine', option, begun, options });
    const { choices = [] } = await server.waitFor(() => typing.response);
    return [typing.acknowledgedAfterMs ?? Number.NaN, choices.length];
  };
  // The first answer of all waits for the loopback Discord to read its own schema.
  await type({ option: 'aspect_ratio', begun: '', options: {} });
  const measured: Measurement[] = [];
  for (const typing of CASES) {
    const [coldMs, answers] = await type(typing);
    const warmMs: number[] = [];
    for (let run = 0; run < DISCORD_RUNS; run += 1) warmMs.push((await type(typing))[0]);
    measured.push({ coldMs, warmMs, answers });
  }
  await platform.stop();
  await server.close();
  return measured;
}

function printRow({ option, begun, options }: Typing, measured: Measurement): void {
  const filledIn = options['model'] === undefined ? '' : ` of ${options['model']}`;
  const { coldMs, warmMs, answers } = measured;
  const numbers = [coldMs, median(warmMs), Math.max(...warmMs)].map((ms) =>
    ms.toFixed(1).padStart(6),
  );
  const what = `${option}${filledIn}: “${begun}”`;
  print(`${what.padEnd(64)} ${numbers.join(' ')} ${String(answers).padStart(8)}`);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
