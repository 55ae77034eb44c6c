/** The whole comparison, always the same: no clock, no network, no chance. */
import { compareAll } from './compare.ts';
import { QUIRKS } from './quirks.ts';
import { readQuirks } from './read-quirks.ts';
import type { Findings } from './to-document.ts';
import { traceEasel, traceTheirs } from './trace-calls.ts';
import { RATIO_WISHES, WISHES } from './wishes.ts';

export async function findAll(): Promise<Findings> {
  return {
    wishes: await compareAll(WISHES),
    ratios: await compareAll(RATIO_WISHES),
    quirks: await readQuirks(QUIRKS),
    theirCalls: await traceTheirs(),
    easelCalls: await traceEasel(),
  };
}
