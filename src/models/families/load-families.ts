/** A family is a file of this folder: it is found by being there. */
import { readdir } from 'node:fs/promises';
import type { ModelFamily } from './family.ts';

const NO_FAMILIES = new Set(['family.ts', 'load-families.ts']);

/** Every family, in order of their names. */
export async function loadFamilies(): Promise<readonly ModelFamily[]> {
  const folder = new URL('./', import.meta.url);
  const files = (await readdir(folder)).filter(
    (file) => file.endsWith('.ts') && !NO_FAMILIES.has(file),
  );
  const loaded = await Promise.all(files.map((file) => loadFile(new URL(file, folder), file)));
  return loaded.flat().toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

async function loadFile(file: URL, fileName: string): Promise<readonly ModelFamily[]> {
  const loaded: unknown = await import(file.href);
  const hasDefault = typeof loaded === 'object' && loaded !== null && 'default' in loaded;
  const found: unknown = hasDefault ? loaded.default : undefined;
  const families: readonly unknown[] = Array.isArray(found) ? found : [found];
  if (families.length > 0 && families.every(isFamily)) return families;
  throw new TypeError(`src/models/families/${fileName} must describe one model family or several`);
}

function isFamily(value: unknown): value is ModelFamily {
  const names = ['name', 'description', 'endpoints'];
  return typeof value === 'object' && value !== null && names.every((name) => name in value);
}
