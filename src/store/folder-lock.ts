/**
 * One process for each data folder. The lock is SQLite's own file lock on an empty database: the
 * operating system drops it with the process, so a `kill -9` leaves nothing behind to clean up.
 */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { UserError } from '../errors.ts';
import { makePrivateFile } from './private-file.ts';

/** SQLite's result code for "somebody else holds the lock". */
const SQLITE_BUSY = 5;
const busySchema = z.object({ errcode: z.literal(SQLITE_BUSY) });

export interface FolderLock {
  release(): void;
}

/** Throws `UserError` while another process holds the folder. */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const path = join(folder, 'easel.lock');
  await makePrivateFile(path);
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('begin exclusive');
  } catch (error) {
    database.close();
    if (!busySchema.safeParse(error).success) throw error;
    throw new UserError(
      `Another Easel is using the data folder ${folder}. Stop it first, or give this one a folder of its own with DATA_DIR.`,
      { cause: error },
    );
  }
  return { release: () => database.close() };
}
