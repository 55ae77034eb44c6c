/** The whole comparison, always the same: no clock, no network, no chance. */
import { loadModels } from '../../src/models/load-models.ts';
import { compareAll } from './compare.ts';
import { QUIRKS } from './quirks.ts';
import { readQuirks } from './read-quirks.ts';
import type { Findings } from './to-document.ts';
import { traceEasel, traceTheirs } from './trace-calls.ts';
import { RATIO_WISHES, WISHES } from './wishes.ts';

export async function findAll(): Promise<Findings> {
  const models = await loadModels({ allowed: ['**'] });
  return {
    wishes: await compareAll(models, WISHES),
    ratios: await compareAll(models, RATIO_WISHES),
    quirks: await readQuirks(models, QUIRKS),
    theirCalls: await traceTheirs(),
    easelCalls: await traceEasel(),
  };
}
