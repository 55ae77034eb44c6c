/** What remains of an answer when what was found in it is taken away. */
import { isRecord, type AnswerRecord } from './record.ts';

/** `pieces` are objects or strings anywhere in the answer. */
export function leaveOut(
  answer: AnswerRecord,
  names: readonly string[],
  pieces: ReadonlySet<unknown>,
): AnswerRecord {
  const kept = Object.entries(answer).filter(([name]) => !names.includes(name));
  return Object.fromEntries(kept.flatMap(([name, value]) => keep(name, prune(value, pieces))));
}

/** Undefined for a piece itself, and for what held nothing but pieces. */
function prune(value: unknown, pieces: ReadonlySet<unknown>): unknown {
  if (pieces.size === 0) return value;
  if (pieces.has(value)) return undefined;
  if (Array.isArray(value)) {
    const entries: readonly unknown[] = value;
    const kept = entries
      .map((entry) => prune(entry, pieces))
      .filter((entry) => entry !== undefined);
    return kept.length === 0 && entries.length > 0 ? undefined : kept;
  }
  if (!isRecord(value)) return value;
  const fields = Object.entries(value);
  const kept = fields.flatMap(([name, entry]) => keep(name, prune(entry, pieces)));
  return kept.length === 0 && fields.length > 0 ? undefined : Object.fromEntries(kept);
}

function keep(name: string, value: unknown): [string, unknown][] {
  return value === undefined ? [] : [[name, value]];
}
