import { chmod, open } from 'node:fs/promises';

/**
 * Makes a file that only its owner can read, or takes that right away from others. SQLite gives
 * the files that it puts beside a database the same permissions.
 */
export async function makePrivateFile(path: string): Promise<void> {
  const file = await open(path, 'a', 0o600);
  await file.close();
  await chmod(path, 0o600);
}
