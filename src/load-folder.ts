/** Adding a command, a model or a platform means adding a file: folders are scanned at start. */
import { readdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEFAULT_COMMAND, REPLY_COMMAND } from './command-line.ts';
import type { Command, Vocabulary } from './command.ts';
import { createModelCommand } from './model-command.ts';
import type { PlatformDefinition } from './platforms/platform.ts';

/** Every command, by name; those of single models last. */
export async function loadCommands(
  vocabulary: Vocabulary,
  modelCommands: readonly string[] = [],
): Promise<readonly Command[]> {
  const folder = new URL('../commands/', import.meta.url);
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts')).toSorted();
  const commands = await Promise.all(
    files.map(async (file) => {
      const name = basename(file, '.ts');
      const create = await defaultExport(new URL(file, folder));
      const command = isFactory(create) ? create(vocabulary) : undefined;
      if (isCommand(command) && command.name === name) return command;
      throw new TypeError(`commands/${file} must export a command called ${name}`);
    }),
  );
  const own = modelCommands
    .map((model) => createModelCommand(model, vocabulary.models))
    .filter(({ name }) => !commands.some((command) => command.name === name));
  return [...commands.toSorted((a, b) => rankOf(a) - rankOf(b)), ...own];
}

/** What most people come for stands first in every list. */
function rankOf({ name }: Command): number {
  const rank = [DEFAULT_COMMAND, REPLY_COMMAND].indexOf(name);
  return rank === -1 ? 2 : rank;
}

/** Every platform's description; no platform's library is loaded yet. */
export async function loadPlatforms(): Promise<readonly PlatformDefinition[]> {
  const folder = new URL('./platforms/', import.meta.url);
  const entries = await readdir(fileURLToPath(folder), { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.toSorted().map(async (name) => {
      const definition = await defaultExport(new URL(`${name}/index.ts`, folder));
      if (!isPlatform(definition) || definition.name !== name) {
        throw new TypeError(
          `src/platforms/${name}/index.ts must describe a platform called ${name}`,
        );
      }
      return definition;
    }),
  );
}

async function defaultExport(file: URL): Promise<unknown> {
  const loaded: unknown = await import(file.href);
  return typeof loaded === 'object' && loaded !== null && 'default' in loaded
    ? loaded.default
    : undefined;
}

function isFactory(value: unknown): value is (vocabulary: Vocabulary) => unknown {
  return typeof value === 'function';
}

function isCommand(value: unknown): value is Command {
  return hasAll(value, ['name', 'description', 'options', 'plan']);
}

function isPlatform(value: unknown): value is PlatformDefinition {
  return hasAll(value, ['name', 'title', 'variables', 'read']);
}

function hasAll(value: unknown, names: readonly string[]): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && names.every((name) => name in value);
}
