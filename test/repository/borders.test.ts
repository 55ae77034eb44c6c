/** Shows that the linter's borders really hold: each bad line is linted as if it were in place. */
import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const RULE = 'no-restricted-imports';

const CROSSINGS = [
  ['src/jobs/a.ts', `import 'discord.js';`, RULE],
  ['src/b.ts', `import '@slack/bolt';`, RULE],
  ['src/c.ts', `import '@slack/web-api';`, RULE],
  ['src/jobs/d.ts', `import '@fal-ai/client';`, RULE],
  ['src/jobs/e.ts', `import 'kysely';`, RULE],
  ['src/jobs/e2.ts', `import 'kysely/migration';`, RULE],
  ['src/jobs/f.ts', `import 'node:sqlite';`, RULE],
  ['src/jobs/f2.ts', `import 'node-av/lib';`, RULE],
  ['src/jobs/f3.ts', `import 'mediabunny';`, RULE],
  ['src/fal/f4.ts', `import '@mediabunny/server';`, RULE],
  ['src/fal/sandbox/f5.ts', `import 'node-av';`, RULE],
  ['src/store/f6.ts', `import 'node-av/constants';`, RULE],
  ['src/sound/f7.ts', `import 'kysely';`, RULE],
  ['src/platforms/discord/g.ts', `import '@slack/bolt';`, RULE],
  ['src/platforms/discord/h.ts', `import '../slack/render.ts';`, RULE],
  ['src/platforms/slack/i.ts', `import '../web/render.ts';`, RULE],
  ['src/platforms/slack/j.ts', `import 'discord.js';`, RULE],
  ['src/platforms/web/k.ts', `import '../discord/render.ts';`, RULE],
  ['src/fal/l.ts', `import 'kysely';`, RULE],
  ['src/store/m.ts', `import '@fal-ai/client';`, RULE],
  ['commands/n.ts', `import '../src/platforms/platform.ts';`, RULE],
  ['commands/o.ts', `import '../src/fal/fal-queue.ts';`, RULE],
  ['commands/p.ts', `import '../src/store/store.ts';`, RULE],
  ['commands/q.ts', `import 'discord.js';`, RULE],
  ['src/r.ts', `export const key = process.env['FAL_KEY'];`, 'no-process-env'],
  ['src/s.ts', `export default 1;`, 'no-default-export'],
  ['src/t.ts', `export const text = JSON.parse('1') as string;`, 'consistent-type-assertions'],
  ['src/u.ts', `export const any: any = 1;`, 'no-explicit-any'],
  ['src/v.ts', `export const f = (list: string[]) => list[0]!;`, 'no-non-null-assertion'],
  ['src/w.ts', `try { f(); } catch {}\nfunction f() {}`, 'no-empty'],
  ['test/unit/x.test.ts', `import { vi } from 'vitest';\nvi.mock('node:fs');`, 'no-restricted'],
] as const;
const ALLOWED = [
  ['src/platforms/discord/ok.ts', `import 'discord.js';`],
  ['src/platforms/slack/ok.ts', `import '@slack/bolt';`],
  ['src/fal/ok.ts', `import '@fal-ai/client';`],
  ['src/store/ok.ts', `import 'kysely';\nimport 'node:sqlite';`],
  ['src/sound/ok.ts', `import 'node-av/lib';`],
  ['src/fal/sandbox/ok.ts', `import 'mediabunny';`],
  ['src/config.ts', `export const port = process.env['PORT'];`],
] as const;

let folder: string;
let findings: readonly { code: string; filename: string }[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-borders-'));
  await cp(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
  for (const [path, text] of [...CROSSINGS, ...ALLOWED]) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), `${text}\n`);
  }
  const { stdout } = spawnSync(join(root, 'node_modules/.bin/oxlint'), ['--format=json', '.'], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 20_000,
  });
  findings = (JSON.parse(stdout) as { diagnostics: typeof findings }).diagnostics;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const findingsIn = (path: string) =>
  findings.filter(({ filename }) => filename.endsWith(path)).map(({ code }) => code);

test.each(CROSSINGS)('in %s the linter refuses %s', (path, _text, rule) => {
  expect(findingsIn(path)).toContainEqual(expect.stringContaining(rule));
});

test.each(ALLOWED)('in %s the linter allows %s', (path) => {
  expect(findingsIn(path)).toStrictEqual([]);
});
