import { expect, test } from 'vitest';
import { loadModels } from '../../src/models/load-models.ts';
import { modelContract } from './model-contract.ts';

const models = await loadModels();

test('models are found by being in the folder, in order of their names', () => {
  const names = models.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['nano-banana-pro', 'qwen-image']));
  expect(names).toEqual(names.toSorted());
});

for (const model of models) modelContract(model);
