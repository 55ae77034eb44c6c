/** OpenAPI files of endpoints that the operator has put into a folder: usable without code. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../errors.ts';
import type { Endpoint } from '../endpoint.ts';
import { readOpenApi } from './read-openapi.ts';

export interface DroppedFiles {
  readonly endpoints: readonly Endpoint[];
  /** A sentence for each file that cannot be used. */
  readonly mistakes: readonly string[];
}

const LARGEST_BYTES = 2 * 1024 * 1024;

/** A folder that is not there has no files. */
export async function readDroppedFiles(folder: string): Promise<DroppedFiles> {
  const names = await listFiles(folder);
  if (typeof names === 'string') return { endpoints: [], mistakes: [names] };
  const found = new Map<string, { readonly file: string; readonly endpoint: Endpoint }>();
  const mistakes: string[] = [];
  for (const file of names) {
    const read = await readDroppedFile(join(folder, file));
    const known = typeof read === 'string' ? undefined : found.get(read.id);
    if (typeof read === 'string') mistakes.push(`${file} cannot be used: ${read}`);
    else if (known)
      mistakes.push(`${file} is left out: ${known.file} describes ${read.id} already.`);
    else found.set(read.id, { file, endpoint: read });
  }
  return { endpoints: [...found.values()].map(({ endpoint }) => endpoint), mistakes };
}

/** The names, or what is wrong. */
async function listFiles(folder: string): Promise<readonly string[] | string> {
  try {
    const names = await readdir(folder);
    return names.filter((name) => name.toLowerCase().endsWith('.json')).toSorted();
  } catch (error) {
    const code = codeOf(error);
    return code === 'ENOENT' ? [] : `The folder ${folder} cannot be read (${code ?? 'unknown'}).`;
  }
}

/** The endpoint, or what is wrong. */
async function readDroppedFile(path: string): Promise<Endpoint | string> {
  try {
    const found = await stat(path);
    if (!found.isFile()) return 'it is no file.';
    if (found.size > LARGEST_BYTES) return 'it is larger than 2 MB.';
    const text = await readFile(path, 'utf8');
    return readOpenApi(JSON.parse(text.replace(/^\uFEFF/u, '')));
  } catch (error) {
    if (error instanceof UserError) return error.message;
    if (error instanceof SyntaxError) return 'it is no JSON.';
    return `it cannot be read (${codeOf(error) ?? 'for an unknown reason'}).`;
  }
}

function codeOf(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error && error.code;
  return typeof code === 'string' ? code : undefined;
}
