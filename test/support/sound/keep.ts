/** Made sounds are kept in the temporary folder under a name that follows from how they are made. */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FOLDER = join(tmpdir(), 'easel-sounds');
const underWay = new Map<string, Promise<string>>();

interface Kept {
  /** All that decides what the file holds. */
  readonly recipe: unknown;
  readonly extension: string;
  readonly make: (path: string) => Promise<unknown>;
}

/** Several processes may ask at once: each writes a file of its own, and the last to be ready stays. */
export function keep({ recipe, extension, make }: Kept): Promise<string> {
  const key = createHash('sha256').update(JSON.stringify(recipe)).digest('hex').slice(0, 24);
  const path = join(FOLDER, `${key}.${extension}`);
  if (existsSync(path)) return Promise.resolve(path);
  const made = underWay.get(path) ?? makeThere(path, extension, make);
  underWay.set(path, made);
  return made;
}

async function makeThere(path: string, extension: string, make: Kept['make']): Promise<string> {
  const draft = join(FOLDER, `draft-${randomUUID()}.${extension}`);
  try {
    await mkdir(FOLDER, { recursive: true });
    await make(draft);
    await rename(draft, path);
    return path;
  } finally {
    underWay.delete(path);
    await rm(draft, { force: true });
  }
}

/** For programs that must jump back and forth in a file. */
export async function withFile<Result>(
  bytes: Buffer,
  use: (path: string) => Promise<Result>,
): Promise<Result> {
  const path = join(tmpdir(), `easel-sound-${randomUUID()}`);
  try {
    await writeFile(path, bytes);
    return await use(path);
  } finally {
    await rm(path, { force: true });
  }
}
