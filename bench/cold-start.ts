/**
 * How long Easel takes from process start until `/healthz` answers 200, and how much memory it holds
 * when idle, with the web chat and the sandbox on. Prints; asserts nothing. Linux only (`/proc`).
 *
 *   npm run bench:cold-start
 */
import { readFile, rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { startEasel } from '../test/support/easel-process.ts';

const RUNS = 7;
const IDLE_MS = 5000;

interface Measurement {
  readonly readyMs: number;
  readonly idleMiB: number;
}

const measurements: Measurement[] = [];
for (let run = 0; run < RUNS; run += 1) measurements.push(await measure());
print(
  'ready after (ms)',
  measurements.map(({ readyMs }) => readyMs),
);
print(
  `resident after ${IDLE_MS / 1000} s idle (MiB)`,
  measurements.map(({ idleMiB }) => idleMiB),
);

async function measure(): Promise<Measurement> {
  const started = performance.now();
  const easel = await startEasel({ env: { LOG_LEVEL: 'info' } });
  const response = await fetch(`${easel.url}/healthz`);
  const readyMs = performance.now() - started;
  if (response.status !== 200) throw new Error(`/healthz answered ${response.status}`);
  await wait(IDLE_MS);
  const idleMiB = await readResidentMiB(easel.pid);
  await easel.stop();
  await rm(easel.dataFolder, { recursive: true });
  return { readyMs, idleMiB };
}

async function readResidentMiB(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kibibytes = /^VmRSS:\s+(\d+) kB$/mu.exec(status)?.[1];
  if (kibibytes === undefined) throw new Error('no VmRSS in /proc: this bench runs on Linux only');
  return Number(kibibytes) / 1024;
}

function print(what: string, values: readonly number[]): void {
  const sorted = values.toSorted((a, b) => a - b);
  const [min, median, max] = [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
  const numbers = [min, median, max].map((value) => (value ?? NaN).toFixed(0).padStart(6));
  process.stdout.write(`${what.padEnd(36)} min/median/max ${numbers.join(' ')}\n`);
}
