import { describe, expect, test } from 'vitest';
import { readAllowed, USUAL_MODELS } from '../../src/models/allowed.ts';
import { readCatalogue } from '../../src/models/catalogue/catalogue.ts';
import { loadFamilies } from '../../src/models/families/load-families.ts';
import { loadModels } from '../../src/models/load-models.ts';

const families = await loadFamilies();
const catalogue = await readCatalogue();

describe('patterns', () => {
  test.each([
    ['fal-ai/flux/schnell', 'fal-ai/flux/schnell', true],
    ['fal-ai/flux/schnell', 'fal-ai/flux/schnell/redux', false],
    ['fal-ai/flux/*', 'fal-ai/flux/schnell', true],
    ['fal-ai/flux/*', 'fal-ai/flux/schnell/redux', false],
    ['fal-ai/flux/**', 'fal-ai/flux/schnell/redux', true],
    ['fal-ai/flux/**', 'fal-ai/flux-2', false],
    ['**', 'openai/gpt-image-2', true],
    ['families', 'fal-ai/recraft/v3/text-to-image', true],
    ['families', 'fal-ai/flux/schnell', false],
    ['recraft-v3', 'fal-ai/recraft/v3/text-to-image', true],
    ['recraft', 'fal-ai/recraft/v3/text-to-image', false],
  ])('%s for %s: %s', (pattern, id, isAllowed) => {
    expect(readAllowed([pattern], families).endpoint(id)).toBe(isAllowed);
  });

  test('what is taken out again is out, whatever let it in', () => {
    const allowed = readAllowed(['**', '!fal-ai/veo3/**', '!recraft-v3'], families);
    expect(allowed.endpoint('fal-ai/flux/dev')).toBe(true);
    expect(allowed.endpoint('fal-ai/veo3/fast')).toBe(false);
    expect(allowed.endpoint('fal-ai/recraft/v3/text-to-image')).toBe(false);
  });
});

test('the usual models exist, and none of them makes video', () => {
  const allowed = readAllowed(USUAL_MODELS, families);
  for (const id of USUAL_MODELS.slice(1)) expect(catalogue.find(id)?.id).toBe(id);
  const kinds = catalogue.ids
    .filter((id) => allowed.endpoint(id))
    .map((id) => catalogue.summary(id)?.kind ?? '');
  expect(kinds.filter((kind) => /video|3d|training/u.test(kind))).toEqual([]);
});

test('a model that is not allowed cannot be used under any name', async () => {
  const models = await loadModels({ allowed: ['families', '!flux-dev'] });
  for (const name of ['flux-dev', 'fal-ai/flux/dev', 'FLUX-DEV', 'fal-ai/veo3']) {
    expect(() => models.find(name)).toThrow(`No model is called “${name}”.`);
  }
  expect(models.search('flux-dev').map(({ name }) => name)).not.toContain('flux-dev');
});
