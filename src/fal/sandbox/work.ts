/** Carries one accepted request out: the same for the queue and for the direct call. */
import type { OutputFault } from './fault-rules.ts';
import type { Faults, Subject } from './faults.ts';
import { spoilOutput } from './output-faults.ts';
import type { Parts } from './parts.ts';
import { ModelRefusal, refuseAsModel, refuseAsQueue, type Refusal } from './refusal.ts';
import { createStudio } from './studio.ts';

/** How a request ended. */
export type Outcome =
  | {
      readonly kind: 'output';
      readonly text: string;
      readonly seconds: number;
      /** What fal bills, in the unit of the endpoint's price. */
      readonly units: number;
    }
  | { readonly kind: 'failure'; readonly refusal: Refusal };

/** Never rejects: a bug in a toy is fal's `internal_server_error`. */
export async function carryOut(
  parts: Parts,
  job: { endpoint: string; input: unknown; faults: readonly OutputFault[] },
): Promise<Outcome> {
  const startedAt = parts.clock.now().getTime();
  try {
    const model = await parts.models.find(job.endpoint);
    if (!model) throw new Error(`no model ${job.endpoint}`);
    const studio = createStudio(parts, job);
    const output = await model.run(job.input, studio);
    return {
      kind: 'output',
      text: spoilOutput(job.faults, output),
      seconds: (parts.clock.now().getTime() - startedAt) / 1000,
      units: studio.tally.toUnits(model.price.unit),
    };
  } catch (error) {
    if (error instanceof ModelRefusal) return { kind: 'failure', refusal: error.refusal };
    const reason = error instanceof Error ? error.stack : String(error);
    parts.log(`sandbox: ${job.endpoint} broke: ${reason}`);
    const msg = 'Internal server error';
    const refusal = refuseAsModel(500, [{ loc: ['body'], msg, type: 'internal_server_error' }]);
    return { kind: 'failure', refusal };
  }
}

/** Failures that a rule has ready, so that nothing need be drawn. */
export function takeFailure(faults: Faults, subject: Subject): Refusal | undefined {
  const refusal = faults.take(['model-refuses'], subject);
  if (refusal) {
    const { type, status, loc, message, details } = refusal;
    return refuseAsModel(status, [{ loc, msg: message, type, ctx: details }]);
  }
  const failure = faults.take(['job-fails'], subject);
  return failure && refuseAsQueue(failure.status, failure.errorType, 'The request failed');
}
