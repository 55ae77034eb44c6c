/** A model is a file of this folder: it is found by being there. */
import { readdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { UserError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import type { ModelAdapter } from './model.ts';

const NO_ADAPTERS = new Set(['model.ts', 'load-models.ts']);

/** Every adapter, by name. */
export async function loadModels(): Promise<readonly ModelAdapter[]> {
  const folder = new URL('./', import.meta.url);
  const files = (await readdir(folder)).filter(
    (file) => file.endsWith('.ts') && !NO_ADAPTERS.has(file),
  );
  return Promise.all(files.toSorted().map((file) => loadModel(new URL(file, folder), file)));
}

/** Throws `UserError` with the nearest known name. */
export function findModel(models: readonly ModelAdapter[], name: string): ModelAdapter {
  const found = models.find((model) => model.name === name);
  if (found) return found;
  const known = models.map((model) => model.name);
  const near = nearest(name, known);
  throw new UserError(
    near === undefined
      ? `No model is called “${name}”. Known: ${known.join(', ')}.`
      : `No model is called “${name}”. Did you mean “${near}”?`,
  );
}

async function loadModel(file: URL, fileName: string): Promise<ModelAdapter> {
  const loaded: unknown = await import(file.href);
  const hasDefault = typeof loaded === 'object' && loaded !== null && 'default' in loaded;
  const adapter = hasDefault ? loaded.default : undefined;
  const name = basename(fileName, '.ts');
  if (!isAdapter(adapter) || adapter.name !== name) {
    throw new TypeError(`src/models/${fileName} must describe a model called ${name}`);
  }
  return adapter;
}

function isAdapter(value: unknown): value is ModelAdapter {
  const names = ['name', 'description', 'endpoints', 'toInput', 'toResult'];
  return typeof value === 'object' && value !== null && names.every((name) => name in value);
}
