import { expect, test } from 'vitest';
import { loadFamilies } from '../../src/models/families/load-families.ts';
import { loadModels } from '../../src/models/load-models.ts';
import { modelContract } from './model-contract.ts';

const families = await loadFamilies();
const models = await loadModels();

test('families are found by being in the folder, in order of their names', () => {
  const names = families.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['nano-banana-pro', 'qwen-image', 'whisper']));
  expect(names).toEqual(names.toSorted());
  expect(new Set(names).size).toBe(names.length);
});

test('no endpoint belongs to two families', () => {
  const ids = families.flatMap(({ endpoints }) => endpoints.map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
});

for (const { name } of families) modelContract(models.find(name));
