/** What Easel signs its own addresses with: made once, so that links survive a restart. */
import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import { makePrivateFile } from '../store/private-file.ts';

const BYTES = 32;

/** Throws `UserError` where something else has the file's name. */
export async function openAddressSecret(folder: string): Promise<Buffer> {
  const path = join(folder, 'address-secret');
  const known = await readFile(path).catch(ignoreAbsence);
  if (known === undefined) return make(path);
  if (known.length !== BYTES) {
    throw new UserError(
      `${path} is not a secret that Easel made. Remove it; links that were given out before then end.`,
    );
  }
  await makePrivateFile(path);
  return known;
}

/** Under another name first: a secret that was written by half must never be taken for whole. */
async function make(path: string): Promise<Buffer> {
  const arriving = `${path}.new`;
  await rm(arriving, { force: true });
  const secret = randomBytes(BYTES);
  await writeFile(arriving, secret, { mode: 0o600, flag: 'wx', flush: true });
  await rename(arriving, path);
  return secret;
}

function ignoreAbsence(error: unknown): undefined {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'ENOENT') throw error;
  return undefined;
}
