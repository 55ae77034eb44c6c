/**
 * Jobs in tables. Each verb is one statement, so each is atomic by itself: a crash leaves a job
 * before or after it, never in between.
 */
import type { Kysely } from 'kysely';
import type { Clock } from '../clock.ts';
import type { JobState } from '../jobs/job.ts';
import { toChangedColumns, toJob, toNewRow, toStateColumns } from './job-rows.ts';
import { nextPosition } from './next-position.ts';
import type { JobStore } from './store.ts';
import type { JobRow, Tables } from './tables.ts';

/** Sorts behind everything that an id holds. */
const LAST_CHARACTER = '\u{10FFFF}';

export function createJobStore(database: Kysely<Tables>, clock: Clock): JobStore {
  return {
    ...createJobReads(database),
    async accept(job) {
      const row = await database
        .insertInto('jobs')
        .values({ ...toNewRow(job), position: nextPosition(database.selectFrom('jobs')) })
        .onConflict((conflict) => conflict.column('invocation_id').doNothing())
        .returningAll()
        .executeTakeFirst();
      return row && toJob(row);
    },
    async advance(id, from, to, change = {}) {
      const row = await database
        .updateTable('jobs')
        .set({
          ...toChangedColumns(change),
          ...toStateColumns(to),
          ...toDurationColumns(to, clock),
        })
        .where('id', '=', id)
        .where('state', '=', from)
        .returningAll()
        .executeTakeFirst();
      return row && toJob(row);
    },
    async amend(id, change) {
      const columns = toChangedColumns(change);
      if (Object.keys(columns).length === 0) return;
      await database.updateTable('jobs').set(columns).where('id', '=', id).execute();
    },
  };
}

function createJobReads(
  database: Kysely<Tables>,
): Pick<JobStore, Exclude<keyof JobStore, 'accept' | 'advance' | 'amend'>> {
  const jobs = database.selectFrom('jobs').selectAll();
  const open = jobs.where('closed_at', 'is', null).where('parent', 'is', null);
  return {
    async read(id) {
      const row = await jobs.where('id', '=', id).executeTakeFirst();
      return row && toJob(row);
    },
    async listOpenIds() {
      const rows = await open
        .clearSelect()
        .select('id')
        .orderBy('position')
        .orderBy('id')
        .execute();
      return rows.map(({ id }) => id);
    },
    countClosed: (invocation, before) => countClosed(database, invocation, before),
    claimed: (requestIds) => readClaimed(database, requestIds),
    async newestOpen({ person, platform, channel }) {
      const row = await open
        .where('person_id', '=', person)
        .where('platform', '=', platform)
        .where('channel', '=', channel)
        .orderBy('position', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row && toJob(row);
    },
    recentDurations: (limit) => readRecent(database, limit),
    pastDurations: (endpoint, limit) => readDurations(database, endpoint, limit),
  };
}

async function countClosed(
  database: Kysely<Tables>,
  invocation: string,
  before: Date,
): Promise<number> {
  const { count } = await database
    .selectFrom('jobs')
    .select((builder) => builder.fn.countAll<number>().as('count'))
    .where('invocation_id', '>=', invocation)
    .where('invocation_id', '<', `${invocation}${LAST_CHARACTER}`)
    .where('closed_at', '<', before.toISOString())
    .executeTakeFirstOrThrow();
  return count;
}

/** Few are asked about, and seldom: only after a submission whose answer was lost. */
async function readClaimed(
  database: Kysely<Tables>,
  requestIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const claimed = new Set<string>();
  for (const id of requestIds) {
    const row = await database
      .selectFrom('jobs')
      .select('id')
      .where('state_details', 'like', `%"requestId":${JSON.stringify(id)}%`)
      .limit(1)
      .executeTakeFirst();
    if (row) claimed.add(id);
  }
  return claimed;
}

async function readDurations(
  database: Kysely<Tables>,
  endpoint: string,
  limit: number,
): Promise<readonly number[]> {
  const newest = selectFinished(database).where('endpoint', '=', endpoint);
  const rows = await newest.limit(limit).execute();
  return rows.map(toMilliseconds);
}

async function readRecent(
  database: Kysely<Tables>,
  limit: number,
): Promise<readonly { endpoint: string; seconds: number }[]> {
  const rows = await selectFinished(database).limit(limit).execute();
  return rows.map((row) => ({ endpoint: row.endpoint, seconds: toMilliseconds(row) / 1000 }));
}

/** What took a request to its result, newest first. */
function selectFinished(database: Kysely<Tables>) {
  return database
    .selectFrom('jobs')
    .select(['endpoint', 'submitted_at', 'finished_at'])
    .where('submitted_at', 'is not', null)
    .where('finished_at', 'is not', null)
    .orderBy('finished_at', 'desc');
}

function toMilliseconds(row: Pick<JobRow, 'submitted_at' | 'finished_at'>): number {
  return Date.parse(row.finished_at ?? '') - Date.parse(row.submitted_at ?? '');
}

/** Kept outside the state, which forgets them: later waits are estimated from them. */
function toDurationColumns(
  to: JobState,
  clock: Clock,
): Partial<Pick<JobRow, 'submitted_at' | 'finished_at'>> {
  if (to.state === 'submitted') {
    return { submitted_at: to.submittedAt.toISOString(), finished_at: null };
  }
  return to.state === 'finished' ? { finished_at: clock.now().toISOString() } : {};
}
