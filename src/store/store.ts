/**
 * The contract of Easel's memory. SQLite by default; the queries are written with a builder that
 * speaks PostgreSQL too, so that a server database needs no second set.
 */
import type { Job, JobBase, JobState } from '../jobs/job.ts';
import type { RecordStore } from '../platforms/platform.ts';

/** A job before it is stored: always accepted. */
export type NewJob = Pick<
  JobBase,
  | 'id'
  | 'parent'
  | 'status'
  | 'invocationId'
  | 'person'
  | 'place'
  | 'request'
  | 'endpoint'
  | 'notes'
  | 'acceptedAt'
>;

/** What may change besides the state; an absent key stays as it is. */
export type JobChange = Partial<
  Pick<JobBase, 'status' | 'deliveryCheckpoint' | 'cancelRequestedAt' | 'closedAt'>
>;

export interface JobStore {
  /** Stores a new job; undefined when its invocation is known already (a redelivered event). */
  accept(job: NewJob): Promise<Job | undefined>;
  read(id: string): Promise<Job | undefined>;
  /**
   * Moves a job on, in one durable write. Undefined when its state is no longer `from`: somebody
   * else moved it, and the caller must read again.
   */
  advance(
    id: string,
    from: Job['state'],
    to: JobState,
    change?: JobChange,
  ): Promise<Job | undefined>;
  /** Changes what is not the state. */
  amend(id: string, change: JobChange): Promise<void>;
  /**
   * Ids of jobs with something left to do, oldest first: one that is damaged hides no other. Parts of
   * a job are its own to go on with.
   */
  listOpenIds(): Promise<readonly string[]>;
  /** Those of `requestIds` that belong to a job already. */
  claimed(requestIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** The newest open job of this person in this place. */
  newestOpen(where: {
    person: string;
    platform: string;
    channel: string;
  }): Promise<Job | undefined>;
  /** From submission to result of the newest finished jobs of all endpoints, newest first. */
  recentDurations(limit: number): Promise<readonly { endpoint: string; seconds: number }[]>;
  /** Milliseconds from submission to result of the newest finished jobs of an endpoint. */
  pastDurations(endpoint: string, limit: number): Promise<readonly number[]>;
}

export interface Store {
  readonly jobs: JobStore;
  /** A platform's own small table; namespaces never see each other. */
  records(namespace: string): RecordStore;
  close(): Promise<void>;
}
