/** A job as a row of the `jobs` table, and back. */
import { z } from 'zod';
import { jobStateSchema, type Job, type JobState } from '../jobs/job.ts';
import { messageRefSchema } from '../message.ts';
import { generationRequestSchema } from '../request.ts';
import type { JobChange, NewJob } from './store.ts';
import { toValue } from './stored-json.ts';
import type { JobRow } from './tables.ts';

const moment = z.iso.datetime().transform((text) => new Date(text));
const optionalMoment = moment.nullable().transform((date) => date ?? undefined);

/** The columns that are not in the state; JSON is parsed already. */
const baseSchema = z.object({
  request: generationRequestSchema,
  notes: z.array(z.string()),
  status: messageRefSchema.optional(),
  deliveryCheckpoint: z.unknown(),
  acceptedAt: moment,
  cancelRequestedAt: optionalMoment,
  closedAt: optionalMoment,
});

/** Throws an error that names the job when the row cannot be understood. */
export function toJob(row: JobRow): Job {
  const name = `job ${row.id}`;
  const base = baseSchema.safeParse({
    request: toValue(row.request, name),
    notes: toValue(row.notes, name),
    status: toOptionalValue(row.status, name),
    deliveryCheckpoint: toOptionalValue(row.delivery_checkpoint, name),
    acceptedAt: row.accepted_at,
    cancelRequestedAt: row.cancel_requested_at,
    closedAt: row.closed_at,
  });
  const state = jobStateSchema.safeParse(toValue(row.state_details, name));
  if (!base.success) throw damaged(name, base.error);
  if (!state.success) throw damaged(name, state.error);
  const { status, deliveryCheckpoint, ...rest } = base.data;
  return {
    ...rest,
    status,
    deliveryCheckpoint,
    id: row.id,
    parent: row.parent ?? undefined,
    invocationId: row.invocation_id,
    endpoint: row.endpoint,
    person: { id: row.person_id, name: row.person_name },
    place: toPlace(row),
    ...state.data,
  };
}

/** Everything but the order of arrival, which the database gives. */
export function toNewRow(job: NewJob): Omit<JobRow, 'position'> {
  return {
    id: job.id,
    parent: job.parent ?? null,
    invocation_id: job.invocationId,
    person_id: job.person.id,
    person_name: job.person.name,
    platform: job.place.platform,
    tenant: job.place.tenant,
    channel: job.place.channel,
    thread: job.place.thread ?? null,
    request: JSON.stringify(job.request),
    endpoint: job.endpoint,
    notes: JSON.stringify(job.notes),
    ...toStateColumns({ state: 'accepted' }),
    status: toJson(job.status),
    delivery_checkpoint: null,
    accepted_at: job.acceptedAt.toISOString(),
    submitted_at: null,
    finished_at: null,
    cancel_requested_at: null,
    closed_at: null,
  };
}

export function toStateColumns(state: JobState): Pick<JobRow, 'state' | 'state_details'> {
  return { state: state.state, state_details: JSON.stringify(state) };
}

/** Only the columns whose keys are present. */
export function toChangedColumns(change: JobChange): Partial<JobRow> {
  return {
    ...toWishColumns(change),
    ...('status' in change && { status: toJson(change.status) }),
    ...('deliveryCheckpoint' in change && {
      delivery_checkpoint: toJson(change.deliveryCheckpoint),
    }),
    ...('cancelRequestedAt' in change && {
      cancel_requested_at: change.cancelRequestedAt?.toISOString() ?? null,
    }),
    ...('closedAt' in change && { closed_at: change.closedAt?.toISOString() ?? null }),
  };
}

function toWishColumns({ request, notes }: JobChange): Partial<JobRow> {
  return {
    ...(request && { request: JSON.stringify(request) }),
    ...(notes && { notes: JSON.stringify(notes) }),
  };
}

function toPlace({ platform, tenant, channel, thread }: JobRow): Job['place'] {
  return { platform, tenant, channel, ...(thread !== null && { thread }) };
}

function toJson(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

function toOptionalValue(text: string | null, name: string): unknown {
  return text === null ? undefined : toValue(text, name);
}

function damaged(name: string, cause: z.ZodError): Error {
  return new Error(`The stored ${name} is damaged:\n${z.prettifyError(cause)}`, { cause });
}
