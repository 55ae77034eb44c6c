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

interface PictureTable {
  id: string;
  /** Order of arrival. */
  position: number;
  job: string;
  number: number;
  origin: string;
  path: string;
  file_name: string;
  content_type: string;
  bytes: number;
  width: number | null;
  height: number | null;
  sha256: string;
  alt_text: string;
  person_id: string;
  person_name: string;
  platform: string;
  tenant: string;
  channel: string;
  thread: string | null;
  model: string;
  prompt: string;
  /** The prompt as it is searched. */
  folded_prompt: string;
  is_spoiler: number;
  made_at: string;
  deleted_at: string | null;
}
export type PictureRow = Selectable<PictureTable>;

interface ParentTable {
  child: string;
  parent: string;
  /** Which one of the child's parents it is. */
  position: number;
}

interface PostTable {
  platform: string;
  channel: string;
  message: string;
  file_name: string;
  picture: string;
  /** Order of arrival among the posts of its picture. */
  position: number;
  /** Where the message is, as JSON. */
  ref: string;
}

interface SaveTable {
  person: string;
  picture: string;
  saved_at: string;
}

export interface Tables {
  jobs: JobTable;
  pictures: PictureTable;
  picture_parents: ParentTable;
  posts: PostTable;
  saves: SaveTable;
  records: RecordTable;
  /** The query builder's own list of the migrations that ran. */
  kysely_migration: { name: string };
}
