/** What fal says of files beyond what Easel reads: their size, their length, their sample rate. */
import { RAW_NAMES } from './find-files.ts';
import { isRecord, type AnswerRecord } from './record.ts';

const READ = new Set(['url', 'content_type', 'file_name', 'width', 'height', ...RAW_NAMES]);

/** By the names of the fields that hold the files, in their order. */
export function findLeftFacts(answer: AnswerRecord, names: readonly string[]): AnswerRecord {
  const kept = names.map((name) => [name, strip(answer[name])] as const);
  return Object.fromEntries(kept.filter(([, facts]) => facts !== undefined));
}

/** Undefined where nothing is left. */
function strip(value: unknown): unknown {
  if (Array.isArray(value)) {
    const entries = value.map(strip);
    return entries.every((entry) => entry === undefined)
      ? undefined
      : entries.map((entry) => entry ?? {});
  }
  if (!isRecord(value)) return undefined;
  const kept = Object.entries(value)
    .filter(([name, inner]) => !READ.has(name) && inner !== null)
    .map(([name, inner]) => [name, mayHoldFiles(inner) ? strip(inner) : inner] as const)
    .filter(([, inner]) => inner !== undefined);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

function mayHoldFiles(value: unknown): boolean {
  return Array.isArray(value) ? value.some(isRecord) : isRecord(value);
}
