/**
 * START HERE TO READ. One invocation from any platform, top to bottom: find the command, let it
 * plan, and carry the plan out. From an accepted job on, `jobs/drive.ts` takes over.
 */
import { randomUUID } from 'node:crypto';
import type { Command, Plan } from './command.ts';
import { explain, UserError } from './errors.ts';
import type { Job } from './jobs/job.ts';
import type { JobParts } from './jobs/job-parts.ts';
import { acceptedMessage } from './jobs/messages.ts';
import { cancelJob, retryJob } from './jobs/orders.ts';
import { prepareRequest } from './jobs/prepare-request.ts';
import { readRecipe } from './jobs/recipe.ts';
import type { Runner } from './jobs/runner.ts';
import { line, message } from './message.ts';
import { NotOursError, type Invocation } from './platforms/platform.ts';
import type { GenerationRequest } from './request.ts';

export interface CommandParts extends JobParts {
  readonly commands: readonly Command[];
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
  return plan.kind === 'generate' ? prepareRequest(plan.request, models).notes : [];
}

function planFor(invocation: Invocation, commands: readonly Command[]): Plan {
  const command = commands.find(({ name }) => name === invocation.commandName);
  if (!command) throw new UserError(`There is no command /${invocation.commandName}. Try /help.`);
  return command.plan(invocation.options, { commands, attachments: invocation.attachments });
}

async function carryOut(plan: Plan, invocation: Invocation, parts: CommandParts): Promise<void> {
  switch (plan.kind) {
    case 'answer':
      return invocation.answer(plan.message);
    case 'generate':
      return generate(plan.request, invocation, parts);
    case 'cancel':
      parts.runner.start(await cancelJob(plan.job, invocation, parts));
      return invocation.answer(message(line('Stopping it.')));
    case 'recipe':
      return invocation.answer(await readRecipe(plan.job, invocation, parts));
    case 'retry':
      parts.runner.start(await retryJob(plan.job, invocation, parts));
      return invocation.answer(message(line('Sending it again.')));
  }
}

/** Checked, stored, acknowledged, driven: in this order, so that nothing promised is ever lost. */
async function generate(
  wish: GenerationRequest,
  invocation: Invocation,
  parts: CommandParts,
): Promise<void> {
  const prepared = prepareRequest(wish, parts.models);
  const job = await parts.store.jobs.accept({
    id: randomUUID(),
    parent: undefined,
    status: undefined,
    invocationId: invocation.id,
    person: invocation.person,
    place: invocation.place,
    ...prepared,
    acceptedAt: parts.clock.now(),
  });
  if (job) await promise(job, invocation, parts);
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
