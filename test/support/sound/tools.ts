/** The distribution's own programs for sound, apart from every library that Easel uses. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const PROGRAMS = ['espeak-ng', 'sox', 'ffmpeg', 'ffprobe'] as const;
export type SoundProgram = (typeof PROGRAMS)[number];

const HINT = `The voice tests are skipped; enable them with: apt-get update && apt-get install -y espeak-ng sox libsox-fmt-all ffmpeg`;

/** False where one of them is missing; on a CI machine that is an error instead. */
export function hasSoundTools(): boolean {
  const missing = PROGRAMS.filter((program) => !isOnPath(program));
  if (missing.length === 0) return true;
  const message = `${missing.join(', ')} cannot be found. ${HINT}`;
  if (process.env['CI']) throw new Error(message);
  console.warn(message);
  return false;
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .some((folder) => existsSync(join(folder, program)));
}

type Fed = Iterable<Buffer> | AsyncIterable<Buffer>;

/** What the program writes to its output. It is fed no faster than it takes. */
export async function run(
  program: SoundProgram,
  words: readonly string[],
  fed?: Fed,
): Promise<Buffer> {
  const child = spawn(program, words, { stdio: ['pipe', 'pipe', 'pipe'] });
  const [written, complaints]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (piece: Buffer) => written.push(piece));
  child.stderr.on('data', (piece: Buffer) => complaints.push(piece));
  const ended: Promise<unknown[]> = once(child, 'close');
  // A program that has heard enough closes its end: what matters is how it ends.
  await pipeline(Readable.from(fed ?? []), child.stdin).catch(() => undefined);
  const [status] = await ended;
  if (status === 0) return Buffer.concat(written);
  const complaint = Buffer.concat(complaints).toString().trim();
  throw new Error(`${program} ${words.join(' ')} ended with ${String(status)}: ${complaint}`);
}
