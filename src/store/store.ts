/**
 * The contract of Easel's memory. SQLite by default; the queries are written with a builder that
 * speaks PostgreSQL too, so that a server database needs no second set.
 */
import type { Job, JobBase, JobState } from '../jobs/job.ts';
import type { MessageRef } from '../message.ts';
import type { Picture, PictureFilter } from '../pictures/picture.ts';
import type { Place } from '../place.ts';
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
  Pick<
    JobBase,
    'request' | 'notes' | 'status' | 'deliveryCheckpoint' | 'cancelRequestedAt' | 'closedAt'
  >
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
  /** How many jobs whose invocation's id begins like this were closed before a moment. */
  countClosed(invocation: string, before: Date): Promise<number>;
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

/** Which message carries a picture. */
export interface Post {
  readonly picture: string;
  readonly message: MessageRef;
  readonly fileName: string;
}

/** Whose pictures are looked through; both of a place where `person` is absent. */
export interface PictureScope {
  readonly platform: string;
  readonly tenant: string;
  /** Undefined for all channels of the tenant. */
  readonly channel: string | undefined;
  /** Undefined for everybody. */
  readonly person: string | undefined;
  /** Only what this person saved. */
  readonly savedBy: string | undefined;
}

export interface PictureStore {
  /** Those that are known already stay as they are. */
  add(pictures: readonly Picture[]): Promise<void>;
  read(id: string): Promise<Picture | undefined>;
  /** Those that a job made, by number; deleted ones too. */
  madeBy(job: string): Promise<readonly Picture[]>;
  /** The oldest `limit` of those that were made from one of these, oldest first. */
  childrenOf(ids: readonly string[], limit: number): Promise<readonly Picture[]>;
  /** The newest picture of one person in a channel or thread that is still there. */
  newest(person: string, place: Place): Promise<Picture | undefined>;
  /** A made picture with these very bytes. */
  findBytes(
    sha256: string,
    scope: Pick<PictureScope, 'platform' | 'tenant'>,
  ): Promise<Picture | undefined>;
  /** Those that are there but whose bytes nobody has looked at: earlier versions did not. */
  listUnhashed(): Promise<readonly Pick<Picture, 'id' | 'path'>[]>;
  /** Made pictures that are still there, newest first, and how many there are. */
  search(
    filter: Omit<PictureFilter, 'whose' | 'savedOnly'>,
    scope: PictureScope,
    page: { readonly from: number; readonly size: number },
  ): Promise<{ readonly pictures: readonly Picture[]; readonly total: number }>;
  change(
    id: string,
    change: { readonly altText?: string; readonly deletedAt?: Date; readonly sha256?: string },
  ): Promise<void>;
  /** Keeps a picture in a person's own collection. */
  save(id: string, person: string, at: Date): Promise<void>;
  isSavedBy(id: string, person: string): Promise<boolean>;
  /** Those that are known already stay as they are. */
  addPosts(posts: readonly Post[]): Promise<void>;
  /** Where a picture can be seen, oldest first. */
  postsOf(picture: string): Promise<readonly Post[]>;
  /** What a message carries. */
  inMessage(
    message: Pick<MessageRef, 'platform' | 'channel' | 'id'>,
  ): Promise<readonly { readonly picture: Picture; readonly fileName: string }[]>;
}

export interface Store {
  readonly jobs: JobStore;
  readonly pictures: PictureStore;
  /** A small table of one part's own; namespaces never see each other. */
  records(namespace: string): RecordStore;
  close(): Promise<void>;
}
