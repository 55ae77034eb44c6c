import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe } from 'vitest';
import { systemClock, type Clock } from '../../src/clock.ts';
import { openStore } from '../../src/store/open-store.ts';
import { pictureStoreContract } from './picture-store-contract.ts';
import { storeContract } from './store-contract.ts';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

async function openEmpty(clock: Clock) {
  const folder = await mkdtemp(join(tmpdir(), 'easel-store-'));
  folders.push(folder);
  return openStore({ folder, clock });
}

describe('the SQLite store', () => {
  storeContract(openEmpty);
  pictureStoreContract(() => openEmpty(systemClock));
});
