/** The whole bot as its users start it: `src/main.ts` in a process of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const root = fileURLToPath(new URL('../../', import.meta.url));
const compileCache = join(root, 'test/support/.cache/compiled');
const READY_WITHIN_MS = 20_000;
const { scripts } = z
  .object({ scripts: z.object({ start: z.string() }) })
  .parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')));
/** Node's flags and the entry, as `npm start` has them, without the file of the developer's own settings. */
const START = scripts.start
  .split(' ')
  .slice(1)
  .filter((word) => !word.startsWith('--env-file'));

export interface EaselOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Kept over restarts by handing the same folder in again. */
  readonly dataFolder?: string;
  /** A module that is loaded before `src/main.ts`. */
  readonly preload?: string;
}

export interface EaselProcess {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  readonly dataFolder: string;
  readonly pid: number;
  /** Everything printed so far. */
  output(): { stdout: string; stderr: string };
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** Resolves when the process has ended, for whatever reason. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

export async function makeDataFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'easel-test-'));
}

/** Resolves once Easel says that it is ready; rejects with its output when it ends before. */
export async function startEasel(options: EaselOptions = {}): Promise<EaselProcess> {
  const dataFolder = options.dataFolder ?? (await makeDataFolder());
  const { child, output, ended } = launchEasel({ ...options, dataFolder });
  const url = await readAddress(output, ended);
  return {
    url,
    dataFolder,
    pid: child.pid ?? 0,
    output,
    ended,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      child.kill('SIGTERM');
      return (await ended).code;
    },
  };
}

/** Starts Easel without waiting for it: for starts that are meant to fail. */
export function launchEasel({
  env = {},
  dataFolder,
  preload,
}: EaselOptions & { dataFolder: string }): {
  child: ChildProcess;
  output: EaselProcess['output'];
  ended: EaselProcess['ended'];
} {
  const preloads = preload === undefined ? [] : ['--import', preload];
  const child = spawn(process.execPath, [...preloads, ...START], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      // Many processes are started: what Node compiles once serves them all.
      NODE_COMPILE_CACHE: compileCache,
      PORT: '0',
      DATA_DIR: dataFolder,
      LOG_LEVEL: 'debug',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const seen = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => (seen.stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (seen.stderr += chunk.toString()));
  const ended = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
  }));
  return { child, output: () => ({ ...seen }), ended };
}

async function readAddress(
  output: EaselProcess['output'],
  ended: EaselProcess['ended'],
): Promise<string> {
  const deadline = Date.now() + READY_WITHIN_MS;
  const end = { hasCome: false };
  void ended.then(() => (end.hasCome = true));
  while (Date.now() < deadline && !end.hasCome) {
    const address = /https?:\/\/127\.0\.0\.1:\d+/u.exec(output().stdout)?.[0];
    if (address !== undefined) return address;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const { stdout, stderr } = output();
  throw new Error(`Easel did not become ready:\n${stdout}\n${stderr}`);
}
