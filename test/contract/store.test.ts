import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { storeContract } from './store-contract.ts';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

describe('the SQLite store', () => {
  storeContract(async (clock) => {
    const folder = await mkdtemp(join(tmpdir(), 'easel-store-'));
    folders.push(folder);
    return openStore({ folder, clock });
  });
});
