/**
 * The tables as the query builder sees them. Only types that SQLite and PostgreSQL share: text and
 * integer; moments are ISO text (it sorts by time), lists and nested values are JSON text.
 */
import type { Selectable } from 'kysely';

interface JobTable {
  id: string;
  /** Order of arrival. */
  position: number;
  /** The job that gathers this one's result. */
  parent: string | null;
  invocation_id: string;
  person_id: string;
  person_name: string;
  platform: string;
  tenant: string;
  channel: string;
  thread: string | null;
  request: string;
  endpoint: string;
  notes: string;
  state: string;
  /** What belongs to the state, as JSON. */
  state_details: string;
  status: string | null;
  delivery_checkpoint: string | null;
  accepted_at: string;
  submitted_at: string | null;
  finished_at: string | null;
  cancel_requested_at: string | null;
  closed_at: string | null;
}
export type JobRow = Selectable<JobTable>;

interface RecordTable {
  namespace: string;
  collection: string;
  id: string;
  value: string;
  /** Order of the first write within a collection. */
  position: number;
}

export interface Tables {
  jobs: JobTable;
  records: RecordTable;
  /** The query builder's own list of the migrations that ran. */
  kysely_migration: { name: string };
}
