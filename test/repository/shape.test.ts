import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { loadCommands, loadPlatforms } from '../../src/load-folder.ts';
import { loadModels } from '../../src/models/load-models.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** What a reader finds in every platform's folder, in the order of reading. */
const CORE_FILES = [
  'index',
  'settings',
  'connect',
  'invocation',
  'status-message',
  'deliver',
  'render',
  'publish',
  'attachments',
].map((name) => `${name}.ts`);

/** Reading the settings needs these; they are pure and load in milliseconds. */
const SMALL_PACKAGES = new Set(['zod', 'ipaddr.js']);

const platforms = await loadPlatforms();

describe.each(platforms.map((platform) => platform.name))('the platform %s', (name) => {
  const folder = join(root, 'src/platforms', name);

  test('has the same files as the others', async () => {
    expect(await readdir(folder)).toEqual(expect.arrayContaining(CORE_FILES));
  });

  test('loads no library before it connects', async () => {
    const packages = await findPackages(join(folder, 'index.ts'));
    expect(packages.filter((found) => !SMALL_PACKAGES.has(found))).toStrictEqual([]);
    expect(await findPackages(join(folder, 'connect.ts'))).not.toStrictEqual(packages);
  });
});

test('the three platforms are there, each with a title and variables of its own', () => {
  expect(platforms.map((platform) => platform.name)).toStrictEqual(['discord', 'slack', 'web']);
  const variables = platforms.flatMap((platform) => platform.variables);
  expect(new Set(variables).size).toBe(variables.length);
  for (const { title } of platforms) expect(title).toMatch(/\S/u);
});

test('every command keeps the limits of the narrowest platform', async () => {
  const commands = await loadCommands({ models: await loadModels() });
  expect(commands.map((command) => command.name)).toContain('imagine');
  for (const { name, description, options } of commands) {
    expect(name).toMatch(/^[a-z0-9_-]{1,32}$/u);
    expect(description.length).toBeGreaterThan(0);
    expect(description.length).toBeLessThanOrEqual(100);
    expect(Object.keys(options).length).toBeLessThanOrEqual(25);
    const required = Object.values(options).map((option) => option.required === true);
    expect(required, `${name}: required options first`).toStrictEqual(
      required.toSorted((a, b) => Number(b) - Number(a)),
    );
    for (const [option, { description }] of Object.entries(options)) {
      expect(option).toMatch(/^[a-z0-9_]{1,32}$/u);
      expect(description.length, `${name} ${option}`).toBeLessThanOrEqual(100);
    }
  }
});

test('every model says what it is and where it goes', async () => {
  const models = await loadModels();
  const names = models.search('').map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['nano-banana-pro', 'qwen-image']));
  for (const { description, endpoints } of names.map((name) => models.find(name))) {
    expect(description).toMatch(/\S/u);
    expect(endpoints.length).toBeGreaterThan(0);
  }
});

test('no test is left out on purpose', async () => {
  const files = (await readdir(join(root, 'test'), { recursive: true })).filter((file) =>
    file.endsWith('.test.ts'),
  );
  const marked = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(root, 'test', file), 'utf8');
      return /\b(?:test|it|describe)\.(?:only|skip|todo|fails)\b/u.test(text) ? [file] : [];
    }),
  );
  expect(marked.flat()).toStrictEqual([]);
});

/** The packages that a file's static imports reach; type imports do not count: Node drops them. */
async function findPackages(entry: string): Promise<readonly string[]> {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const waiting = [entry];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const targets = findImports(await readFile(file, 'utf8'));
    const folder = dirname(file);
    waiting.push(
      ...targets.filter((target) => isFile(target)).map((target) => join(folder, target)),
    );
    for (const target of targets.filter((name) => !isFile(name))) packages.add(target);
  }
  expect(seen.size, `nothing read from ${relative(root, entry)}`).toBeGreaterThan(1);
  return [...packages].filter((name) => !name.startsWith('node:'));
}

function findImports(text: string): readonly string[] {
  const imports = text.matchAll(
    /^(?:import|export)(?! type\b)[^;]*?from '([^']+)'|^import '([^']+)'/gmu,
  );
  return [...imports].map(([, named, bare]) => named ?? bare ?? '');
}

function isFile(target: string): boolean {
  return target.startsWith('.');
}
