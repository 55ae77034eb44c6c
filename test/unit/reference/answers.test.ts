/** Every documented field of an answer is read, and nothing of it is lost. */
import { describe, expect, test } from 'vitest';
import { loadModels } from '../../../src/models/load-models.ts';
import { REFERENCE } from './facts/all.ts';

const models = await loadModels();

describe.each(REFERENCE)('$id', ({ id, family, answers }) => {
  test.each(answers)('reads an answer with $name', ({ output, result }) => {
    expect(models.find(id).toResult(id, output)).toEqual(result);
    expect(models.find(family).toResult(id, output)).toEqual(result);
  });
});
