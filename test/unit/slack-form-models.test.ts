/** The form of every endpoint in the catalogue is one that Slack takes. */
import { expect, test } from 'vitest';
import { loadCommands } from '../../src/load-folder.ts';
import { loadModels } from '../../src/models/load-models.ts';
import { toForm } from '../../src/platforms/slack/form.ts';
import { modal } from '../support/slack/block-limits.ts';

const place = { channel: 'C1', isDirect: false };
/** On average, on a busy machine; a trigger lives for 3 seconds. */
const MOST_MS = 100;

test('every model has a form that Slack takes, with all of its options', async () => {
  const models = await loadModels({ allowed: ['**'] });
  const commands = await loadCommands({ models });
  const imagine = commands.find(({ name }) => name === 'imagine');
  if (!imagine) throw new Error('no /imagine');
  const all = models.search('');
  expect(all.length).toBeGreaterThan(1000);
  const refused: string[] = [];
  let mostBlocks = 0;
  let totalMs = 0;
  for (const { name } of all) {
    const filledIn = { model: name, prompt: 'a fox', aspect_ratio: '16:9', seed: '42' };
    const started = performance.now();
    const form = toForm(imagine, place, filledIn);
    totalMs += performance.now() - started;
    mostBlocks = Math.max(mostBlocks, form.blocks.length);
    const { error } = modal.safeParse(form);
    if (error) refused.push(`${name}: ${error.message}`);
    const fields = new Set(form.blocks.map(({ block_id: id }) => id));
    const missing = Object.entries(imagine.form(filledIn)).filter(
      ([option, { kind }]) => kind !== 'file' && !fields.has(option),
    );
    if (missing.length > 0) refused.push(`${name} lacks ${missing.map(([one]) => one).join(', ')}`);
  }
  expect(refused).toEqual([]);
  expect(mostBlocks).toBeLessThanOrEqual(100);
  expect(totalMs / all.length).toBeLessThan(MOST_MS);
}, 60_000);
