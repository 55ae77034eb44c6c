/** A platform's table in memory, for tests that need no store. */
import type { RecordStore } from '../../src/platforms/platform.ts';

export function createMemoryRecords(): RecordStore {
  const collections = new Map<string, Map<string, string>>();
  const rows = (collection: string): Map<string, string> => {
    const known = collections.get(collection) ?? new Map<string, string>();
    collections.set(collection, known);
    return known;
  };
  return {
    read: async (collection, id) => parse(rows(collection).get(id)),
    write: async (collection, id, value) => void rows(collection).set(id, JSON.stringify(value)),
    async claim(collection, id, value) {
      if (rows(collection).has(id)) return false;
      rows(collection).set(id, JSON.stringify(value));
      return true;
    },
    remove: async (collection, id) => void rows(collection).delete(id),
    list: async (collection, limit) =>
      [...rows(collection)].slice(-limit).map(([id, json]) => ({ id, value: parse(json) })),
  };
}

function parse(json: string | undefined): unknown {
  return json === undefined ? undefined : (JSON.parse(json) as unknown);
}
