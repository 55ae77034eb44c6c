/** What somebody answered, kept in the store by id with the time of the answer. */
import { z } from 'zod';
import type { RecordStore } from '../../platforms/platform.ts';

export interface KeptAnswers<Value> {
  /** Reads what the store has; what is damaged counts as never asked. */
  load(): Promise<void>;
  find(id: string): Value | undefined;
  ids(): readonly string[];
  /** Which of these are worth asking for again. */
  findStale(ids: readonly string[], now: Date): readonly string[];
  /** Undefined is an answer too: there is nothing to know. */
  keep(id: string, value: Value | undefined, now: Date): Promise<void>;
}

interface KeptParts<Value> {
  readonly records: RecordStore;
  readonly collection: string;
  readonly schema: z.ZodType<Value>;
}

const FRESH_MS = 24 * 60 * 60 * 1000;
const MOST_RECORDS = 5000;

export function createKeptAnswers<Value>(parts: KeptParts<Value>): KeptAnswers<Value> {
  const { records, collection, schema } = parts;
  const recordSchema = z.object({ at: z.iso.datetime(), value: schema.nullable() });
  const known = new Map<string, { readonly at: number; readonly value: Value | undefined }>();
  return {
    async load() {
      for (const { id, value } of await records.list(collection, MOST_RECORDS)) {
        const record = recordSchema.safeParse(value).data;
        if (record) known.set(id, { at: Date.parse(record.at), value: record.value ?? undefined });
      }
    },
    find: (id) => known.get(id)?.value,
    ids: () => [...known].flatMap(([id, { value }]) => (value === undefined ? [] : id)),
    findStale: (ids, now) =>
      ids.filter((id) => {
        const age = now.getTime() - (known.get(id)?.at ?? -Infinity);
        // A clock that was set back must not keep an answer for ever.
        return age >= FRESH_MS || age < 0;
      }),
    async keep(id, value, now) {
      known.set(id, { at: now.getTime(), value });
      await records.write(collection, id, { at: now.toISOString(), value: value ?? null });
    },
  };
}
