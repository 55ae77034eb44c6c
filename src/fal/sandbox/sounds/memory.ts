/** The sandbox knows its own sounds again, in whatever format they are: by their content. */
import { createHash } from 'node:crypto';

/** Words are small. */
const KEPT = 1000;

export interface Memory {
  remember(bytes: Buffer, words: string): void;
  recall(bytes: Buffer): string | undefined;
}

export function createMemory(): Memory {
  const words = new Map<string, string>();
  return {
    remember(bytes, said) {
      words.set(toKey(bytes), said);
      const [oldest] = words.keys();
      if (words.size > KEPT && oldest !== undefined) words.delete(oldest);
    },
    recall: (bytes) => words.get(toKey(bytes)),
  };
}

function toKey(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('base64');
}
