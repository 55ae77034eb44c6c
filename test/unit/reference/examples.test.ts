/** What the documents show goes through as it is, however it is typed. */
import { describe, expect, test } from 'vitest';
import { loadModels } from '../../../src/models/load-models.ts';
import { REFERENCE } from './facts/all.ts';
import { askSandbox } from './sandbox-verdict.ts';
import { toRequest, WAYS } from './to-request.ts';

const models = await loadModels();

describe.each(REFERENCE)('$id', (facts) => {
  const { id, family, always = {} } = facts;

  test.each(
    WAYS.flatMap((way) => [
      { way, which: 'required' as const },
      { way, which: 'full' as const },
    ]),
  )('the $which example goes through unchanged, given as $way.name', async ({ way, which }) => {
    const example = facts[which];
    const { endpoint, input, notes } = models.find(id).toInput(toRequest(facts, example, { way }));
    expect(endpoint).toBe(id);
    expect(input).toEqual({ ...always, ...example });
    expect(notes).toEqual([]);
    expect((await askSandbox(id, input)) ?? []).toEqual([]);
  });

  test('people who type the family’s name and attach things get the same', () => {
    const request = toRequest(facts, facts.required, { arePlain: true });
    const { endpoint, input, notes } = models.find(family).toInput(request);
    expect(endpoint).toBe(id);
    expect(input).toEqual({ ...always, ...facts.required });
    expect(notes).toEqual([]);
  });

  test('nothing is sent that JSON would change', () => {
    const { input } = models.find(id).toInput(toRequest(facts, facts.full));
    expect(JSON.parse(JSON.stringify(input))).toEqual(input);
  });
});
