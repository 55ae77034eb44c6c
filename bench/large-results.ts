/**
 * What four 4K results of more than 20 MB each take on their way into a place with a limit of 10 MiB
 * for a file: what arrives there, how long it takes, and how much memory the whole bot, in a process
 * of its own, holds at its peak beyond what it holds when idle. Between the real discord.js and a
 * Discord on loopback, with the sandbox as fal. Prints; asserts nothing. The aim is 150 MB.
 * Linux only (`/proc`).
 *
 *   npm run bench:large-results
 */
import { setTimeout as wait } from 'node:timers/promises';
import { waitFor } from '../test/support/chats/chat.ts';
import { startDiscordChat, type DiscordChat } from '../test/support/chats/discord-chat.ts';
import { makeLargePictures, servePictures } from '../test/support/large-pictures.ts';
import { HURRIED_PACE, startWorld, type World } from '../test/support/world.ts';
import { forgetPeak, readMemory } from './memory/process-memory.ts';

const AIM_MB = 150;
const COUNT = 4;
const ROUNDS = 3;
const IDLE_MS = 5000;
const SAMPLE_MS = 10;
const WITHIN_MS = 120_000;

const pictures = await makeLargePictures(COUNT);
const host = await servePictures(pictures);
const env: Record<string, string> = { PUBLIC_URL: 'https://easel.example', LOG_LEVEL: 'info' };
const world = await startWorld(await startDiscordChat(), {
  pace: HURRIED_PACE,
  env,
  prepare(sandbox) {
    const to = `${host.url}/picture.png`;
    sandbox.faults.add({ kind: 'file-redirect', times: COUNT * ROUNDS, to });
    env['FAL_FILE_HOSTS'] = `${sandbox.fileHost},${host.host}`;
  },
});
await wait(IDLE_MS);
const idle = await readMemory(world.easel.pid);
print(`results  ${pictures.map(({ length }) => toMb(length)).join(', ')} MB`);
print(`idle     ${idle.now.toFixed(0)} MB resident`);
for (let round = 1; round <= ROUNDS; round += 1) await measure(round, world);
await world.close();
await host[Symbol.asyncDispose]();

async function measure(round: number, { chat, easel }: World<DiscordChat>): Promise<void> {
  const before = (await chat.deliveries()).length;
  await forgetPeak(easel.pid);
  const started = performance.now();
  const sampling = new AbortController();
  const samples = sample(easel.pid, sampling.signal);
  await chat.ask(`four foxes ${round} --model qwen-image --n ${COUNT}`);
  await waitFor('all files', async () => (await chat.deliveries()).length >= before + 2, WITHIN_MS);
  await waitFor('the last word', () => chat.newestStatus().includes('Done'), WITHIN_MS);
  const seconds = (performance.now() - started) / 1000;
  sampling.abort();
  const sampled = Math.max(...(await samples));
  const { peak } = await readMemory(easel.pid);
  const delivered = (await chat.deliveries()).slice(before);
  const sizes = delivered.map(({ files }) =>
    files.map(({ bytes }) => toMb(bytes.length)).join(' + '),
  );
  const extra = Math.max(peak, sampled) - idle.now;
  print(
    `round ${round}  ${delivered.length} messages (${sizes.join('; ')} MB) in ${seconds.toFixed(1)} s; ` +
      `peak ${peak.toFixed(0)} MB (sampled ${sampled.toFixed(0)}), ${extra.toFixed(0)} MB above idle, ` +
      `${extra < AIM_MB ? 'within' : 'ABOVE'} ${AIM_MB} MB`,
  );
  const problems = chat.problems();
  if (problems.length > 0) print(`problems: ${problems.join('; ')}`);
}

async function sample(pid: number, signal: AbortSignal): Promise<readonly number[]> {
  const samples: number[] = [];
  while (!signal.aborted) {
    samples.push((await readMemory(pid)).now);
    await wait(SAMPLE_MS);
  }
  return samples;
}

function toMb(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
