import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { CORE_VARIABLES } from '../../src/config.ts';
import { loadPlatforms } from '../../src/load-folder.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const readText = (path: string) => readFile(join(root, path), 'utf8');

describe('.env.example', () => {
  test('explains every variable that is read, on the line above it', async () => {
    const variables = await readExplanations();
    for (const name of await listKnown()) {
      expect(variables.get(name), name).toMatch(/^# \S.{10,}/u);
    }
  });

  test('names no variable that nothing reads', async () => {
    const read = new Set<string>(await listKnown());
    expect([...(await readExplanations()).keys()].filter((name) => !read.has(name))).toStrictEqual(
      [],
    );
  });

  test('sets nothing, so that a copy of it changes nothing', async () => {
    expect(await readText('.env.example')).not.toMatch(/^[A-Z_]+=\S/mu);
  });
});

describe('the README', () => {
  test.each(['npm ci && npm start', 'npm ci && npm test'])(
    'shows `%s` on a line of its own',
    async (command) => {
      expect((await readText('README.md')).split('\n')).toContain(command);
    },
  );

  test('shows the test command that .ci/run runs', async () => {
    expect(await readText('.ci/run')).toContain('npm ci && npm test');
  });

  test('links to files that exist', async () => {
    const links = [...(await readText('README.md')).matchAll(/\]\((?!https?:|#)([^)#]+)/gu)];
    const names = await readdir(root, { recursive: false });
    expect(links.length).toBeGreaterThan(3);
    for (const [, path = ''] of links) expect(names).toContain(path.split('/')[0]);
  });
});

test('every dependency is justified, and nothing else is', async () => {
  const table = await readText('docs/decisions/0005-dependencies.md');
  const justified = [...table.matchAll(/^\| `([^`]+)` \| \S/gmu)].map(([, name = '']) => name);
  const present = Object.keys(await readDependencies());
  expect(new Set(justified)).toStrictEqual(new Set(present));
  expect(justified).toHaveLength(present.length);
});

test('every version is exact, and the lock file names no download addresses', async () => {
  for (const version of Object.values(await readDependencies())) {
    expect(version).toMatch(/^\d+\.\d+\.\d+$/u);
  }
  expect(await readText('package-lock.json')).not.toContain('"resolved"');
});

test('the container gets only what it runs, and no secrets', async () => {
  const dockerfile = await readText('Dockerfile');
  expect(dockerfile).toMatch(/^FROM node:24\.\d+\.\d+-slim$/mu);
  expect(dockerfile).toMatch(/^USER node$/mu);
  expect(dockerfile).toMatch(/^CMD \["node", .*"src\/main\.ts"\]$/mu);
  const kept = (await readText('.dockerignore')).split('\n').filter((line) => /^[^#]/u.test(line));
  expect(kept).toStrictEqual([
    '*',
    '!package.json',
    '!package-lock.json',
    '!.npmrc',
    '!commands',
    '!src',
  ]);
});

/** The line above each variable. */
async function readExplanations(): Promise<ReadonlyMap<string, string>> {
  const lines = (await readText('.env.example')).split('\n');
  return new Map(
    lines.flatMap((line, at) => {
      const name = /^([A-Z][A-Z0-9_]*)=/u.exec(line)?.[1];
      return name === undefined ? [] : [[name, lines[at - 1] ?? ''] as const];
    }),
  );
}

async function listKnown(): Promise<readonly string[]> {
  const platforms = await loadPlatforms();
  return [...CORE_VARIABLES, ...platforms.flatMap((platform) => platform.variables)];
}

async function readDependencies(): Promise<Readonly<Record<string, string>>> {
  const { dependencies, devDependencies } = JSON.parse(await readText('package.json')) as Record<
    string,
    Record<string, string>
  >;
  return { ...dependencies, ...devDependencies };
}
