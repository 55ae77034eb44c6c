/** An answer as names and values, whatever came. */
export type AnswerRecord = Readonly<Record<string, unknown>>;

/** What is no object is an answer of one field. */
export function toAnswerRecord(output: unknown): AnswerRecord {
  if (isRecord(output)) return output;
  return output === null || output === undefined ? {} : { output };
}

export function isRecord(value: unknown): value is AnswerRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
