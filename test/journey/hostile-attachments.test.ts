/**
 * Attachments that mean harm, taken in by a process of its own, which does for them what the bot
 * does: a clear sentence for each, soon, with little memory, and nobody asked who must not be.
 */
import { fork } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HARMLESS, HOSTILE_FILES, STING } from '../support/hostile-attachments.ts';
import { hostileAnswers, PRIVATE_NAMES } from '../support/hostile-server.ts';
import type { IntakeAnswer, IntakeEnd, IntakeOrder } from '../support/intake-child.ts';
import { startScriptedServer } from '../support/scripted-server.ts';
import { startTrap } from '../support/trap.ts';
import { NO_PLAIN_WORDS } from '../support/unharmed.ts';

const LONGEST_MS = 10_000;
const MOST_MEGABYTES = 100;

const lures = { trap: await startTrap(HARMLESS), other: await startTrap(HARMLESS) };
const answers = hostileAnswers({ trap: lures.trap.host, other: lures.other.host });
// Made before anybody asks: that takes seconds, in which the server would answer nobody.
const bytes: Buffer[] = [];
for (const file of HOSTILE_FILES) bytes.push(await file.bytes());
const server = await startScriptedServer(({ path }, response) => {
  const [, kind, at = ''] = path.split('/');
  if (kind === 'file') response.end(bytes[Number(at)]);
  else if (kind !== 'answer') response.end(HARMLESS);
  else answer(Number(at), path, response);
});

function answer(
  at: number,
  path: string,
  response: Parameters<Parameters<typeof startScriptedServer>[0]>[1],
): void {
  const given = answers[at]?.answer;
  if (typeof given === 'function') return given(response);
  response.writeHead(302, { location: given === 'self' ? path : given }).end();
}

const folder = await mkdtemp(join(tmpdir(), 'easel-'));
const found = new Map<string, IntakeAnswer>();
let end: IntakeEnd | undefined;

beforeAll(async () => {
  const order: IntakeOrder = {
    folder,
    hosts: [server.host, lures.other.host, ...Object.keys(PRIVATE_NAMES)],
    names: PRIVATE_NAMES,
    warmUp: { id: 'warm', url: `${server.url}/warm`, fileName: 'warm.png', lane: 0 },
    cases: [
      // Two at a time, as two people might send them; slow servers keep nobody waiting.
      ...HOSTILE_FILES.map(({ fileName }, at) => ({
        id: `file-${at}`,
        url: `${server.url}/file/${at}`,
        fileName,
        lane: at % 2,
      })),
      ...answers.map((_, at) => ({
        id: `answer-${at}`,
        url: `${server.url}/answer/${at}`,
        fileName: 'fox.png',
        lane: 2 + at,
      })),
    ],
  };
  await new Promise<void>((resolve, reject) => {
    const path = new URL('../support/intake-child.ts', import.meta.url);
    const child = fork(path, {
      execArgv: ['--expose-gc', '--max-semi-space-size=1'],
      stdio: 'inherit',
    });
    child.on('message', (message: IntakeAnswer | IntakeEnd) => {
      if (message.kind === 'end') end = message;
      else found.set(message.id, message);
    });
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`ended with ${code}`))));
    child.send(order);
  });
}, 60_000);

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  for (const trap of Object.values(lures)) await trap.close();
  await rm(folder, { recursive: true, force: true });
});

test('there are many of them', () => {
  expect(HOSTILE_FILES.length + answers.length).toBeGreaterThanOrEqual(60);
});

test.each(HOSTILE_FILES.map((file, at) => [file.when, file, at] as const))(
  '%s comes to what it should',
  async (_, { fileName, refused, note }, at) => {
    const one = found.get(`file-${at}`);
    expect(one?.ms).toBeLessThan(LONGEST_MS);
    expectOutcome(one, fileName, refused);
    if (refused) return;
    expect(one?.notes.join(' ')).toMatch(note ?? /^$/u);
    const sent = await readFile(one?.sent ?? '');
    expect(sent.includes(STING)).toBe(false);
    expect((await sharp(sent).metadata()).pages ?? 1).toBe(1);
  },
);

test.each(answers.map((one, at) => [one.when, one, at] as const))(
  'a server with %s is seen through',
  (_, { refused }, at) => {
    const one = found.get(`answer-${at}`);
    expect(one?.ms).toBeLessThan(LONGEST_MS);
    expectOutcome(one, 'fox.png', refused);
  },
);

test('nobody was asked in a private place, and no key went to another host', () => {
  expect(lures.trap.requests).toEqual([]);
  expect(lures.other.requests).toEqual([{ path: '/x.png', authorization: '' }]);
  expect(server.seen.every(({ headers }) => headers.authorization === 'Bearer secret')).toBe(true);
});

test('all of them together took less than 100 MB of memory', () => {
  const { before = 0, peak = Infinity } = end ?? {};
  process.stdout.write(
    `${found.size} hostile attachments: ${peak.toFixed(0)} MB at the peak, ${before.toFixed(0)} MB before\n`,
  );
  expect(peak - before).toBeLessThan(MOST_MEGABYTES);
});

/** Nothing for what is used; else a sentence that names the file, or two: what is wrong, what to do. */
function expectOutcome(
  one: IntakeAnswer | undefined,
  fileName: string,
  refused: RegExp = /^$/u,
): void {
  const refusal = one?.refusal ?? 'nobody answered';
  const [, sentence = refusal] = /^UserError: (.+)$/u.exec(refusal) ?? [];
  expect(sentence, refusal).toMatch(refused);
  expect(sentence === '' || sentence.startsWith(`“${fileName}” `)).toBe(true);
  expect(sentence).toMatch(/^$|\.$/u);
  expect(sentence.length).toBeLessThan(250);
  expect(sentence).not.toMatch(NO_PLAIN_WORDS);
}
