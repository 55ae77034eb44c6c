/**
 * START HERE TO READ. One invocation from any platform, top to bottom: find the command, let it
 * plan, and carry the plan out. From an accepted job on, `jobs/drive.ts` takes over.
 */
import type { Command, Plan } from './command.ts';
import { explain, UserError } from './errors.ts';
import { acceptWish } from './jobs/accept.ts';
import type { Job } from './jobs/job.ts';
import { acceptedMessage } from './jobs/messages.ts';
import { cancelJob, retryJob } from './jobs/orders.ts';
import { prepareRequest } from './jobs/prepare-request.ts';
import type { Runner } from './jobs/runner.ts';
import { line, message } from './message.ts';
import { carryOutFurther } from './carry-out.ts';
import type { Once } from './outcome.ts';
import type { PictureParts } from './pictures/picture-parts.ts';
import { NotOursError, type Invocation } from './platforms/platform.ts';
import { SOME_PICTURE, type GenerationRequest } from './request.ts';

/** Whoever presses again this soon after a result has come means the one press. */
const STILL_THE_SAME_PRESS_MS = 5000;

export interface CommandParts extends PictureParts {
  readonly runner: Runner;
}

export async function runCommand(invocation: Invocation, parts: CommandParts): Promise<void> {
  try {
    await carryOut(planFor(invocation, parts.commands), invocation, parts);
  } catch (error) {
    if (!(error instanceof UserError)) logTrouble(error, invocation, parts);
    await invocation.answer(message(line(explain(error)))).catch((silence: unknown) => {
      parts.log.warn({ error: silence, invocation: invocation.id }, 'a person got no answer');
    });
  }
}

/** What a plan would not honour. Throws `UserError` for what its model would refuse. */
export function previewPlan(plan: Plan, { models }: CommandParts): readonly string[] {
  if (plan.kind === 'generate') return prepareRequest(plan.request, models).notes;
  if (plan.kind !== 'edit') return [];
  const { request } = plan;
  const files = [SOME_PICTURE, ...request.files];
  return prepareRequest({ ...request, files }, models).notes;
}

function planFor(invocation: Invocation, commands: readonly Command[]): Plan {
  const command = commands.find(({ name }) => name === invocation.commandName);
  if (!command) throw new UserError(`There is no command /${invocation.commandName}. Try /help.`);
  return command.plan(invocation.options, { commands, attachments: invocation.attachments });
}

async function carryOut(plan: Plan, invocation: Invocation, parts: CommandParts): Promise<void> {
  if (plan.kind === 'answer') return invocation.answer(plan.message);
  if (plan.kind === 'generate') return generate({ request: plan.request }, invocation, parts);
  if (plan.kind === 'cancel') {
    parts.runner.start(await cancelJob(plan.job, invocation, parts));
    return invocation.answer(message(line('Stopping it.')));
  }
  if (plan.kind === 'retry') {
    parts.runner.start(await retryJob(plan.job, invocation, parts));
    return invocation.answer(message(line('Sending it again.')));
  }
  const outcome = await carryOutFurther(plan, invocation, parts);
  if (outcome.kind === 'make') return generate(outcome, invocation, parts);
  return invocation.answer(outcome.message, outcome.files);
}

/** Checked, stored, acknowledged, driven: in this order, so that nothing promised is ever lost. */
async function generate(
  { request, once }: { readonly request: GenerationRequest; readonly once?: Once },
  invocation: Invocation,
  parts: CommandParts,
): Promise<void> {
  const { person, place } = invocation;
  const invocationId = once === undefined ? invocation.id : await toOnceId(once, invocation, parts);
  if (invocationId === undefined) return;
  const job = await acceptWish({ invocationId, person, place, request }, parts);
  if (job) return promise(job, invocation, parts);
  if (once) await invocation.answer(message(line(WORDS_FOR_TWICE[once.until])));
}

const WORDS_FOR_TWICE = {
  over: 'That is on its way already.',
  ever: 'That has been answered already.',
} as const;

/**
 * The same id each time, for ever or until the job is over and a little longer, for fingers that
 * press twice; undefined for an event that was delivered twice.
 */
async function toOnceId(
  { key, until }: Once,
  { id }: Invocation,
  { store, clock }: CommandParts,
): Promise<string | undefined> {
  if (!(await store.records('presses').claim('seen', id, {}))) return undefined;
  const before = new Date(clock.now().getTime() - STILL_THE_SAME_PRESS_MS);
  if (until === 'ever') return key;
  return `${key}:${await store.jobs.countClosed(`${key}:`, before)}`;
}

/** Opens the status message; where that fails, the job's driver opens one before fal is asked. */
async function promise(job: Job, invocation: Invocation, parts: CommandParts): Promise<void> {
  const { jobs } = parts.store;
  try {
    const status = await invocation.acknowledge(acceptedMessage(job));
    await jobs.amend(job.id, { status: status.ref });
  } catch (error) {
    if (error instanceof NotOursError) {
      await jobs.advance(
        job.id,
        'accepted',
        { state: 'cancelled' },
        { closedAt: parts.clock.now() },
      );
      return;
    }
    parts.log.warn({ error, job: job.id }, 'an invocation could not be acknowledged');
  }
  const current = await jobs.read(job.id);
  if (current) parts.runner.start(current);
}

function logTrouble(error: unknown, invocation: Invocation, { log }: CommandParts): void {
  log.error(
    { error, invocation: invocation.id, command: invocation.commandName },
    'a command failed',
  );
}
