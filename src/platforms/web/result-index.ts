/** Which message of the conversation shows what a job made. */
import { z } from 'zod';
import type { RecordStore } from '../platform.ts';
import type { Conversation } from './conversation.ts';

const COLLECTION = 'results';
const entrySchema = z.object({ message: z.string() });

export interface ResultIndex {
  note(job: string, message: string): Promise<void>;
  /** The message's id; undefined where it is gone. */
  find(job: string): Promise<string | undefined>;
}

export function createResultIndex(records: RecordStore, conversation: Conversation): ResultIndex {
  /** Results of earlier versions are in no index, but the newest are at hand. */
  const findShown = (job: string): string | undefined =>
    conversation.list().find((one) => one.author === 'easel' && one.delivered === job)?.id;

  return {
    note: (job, message) => records.write(COLLECTION, job, { message }),
    async find(job) {
      const { data } = entrySchema.safeParse(await records.read(COLLECTION, job));
      const id = data?.message ?? findShown(job);
      const message = id === undefined ? undefined : await conversation.read(id);
      return message?.id;
    },
  };
}
