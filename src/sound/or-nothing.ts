import { rm } from 'node:fs/promises';

/** Where the work fails, nothing is left at `path`: a process that was ended could not clear it away itself. */
export async function orNothing<Result>(path: string, work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}
