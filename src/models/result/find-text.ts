/** The words that an answer consists of, where words are the result. */
import type { OutputField } from '../endpoint.ts';
import type { AnswerRecord } from './record.ts';

export interface FoundText {
  /** May be empty: the model had nothing to say. */
  readonly text: string;
  readonly names: readonly string[];
}

/** Fields that hold words where a schema says nothing, most telling first. */
const USUAL = [
  'text',
  'output',
  'transcript',
  'transcription',
  'answer',
  'response',
  'caption',
  'generated_text',
  'content',
  'result',
  'results',
  'description',
];
/** What models send along with files, and which is not what they made. */
const ECHOES: ReadonlySet<string> = new Set([
  'prompt',
  'description',
  'seed',
  'request_id',
  'svg_content',
]);

/** What the endpoint declares as words; beside files less counts as such. */
export function findDeclaredText(
  outputs: readonly OutputField[],
  answer: AnswerRecord,
  isBesideFiles: boolean,
): FoundText | undefined {
  const names = outputs
    .filter(({ media, name }) => media === 'text' && !(isBesideFiles && ECHOES.has(name)))
    .map(({ name }) => name);
  return takeFirst(names, answer);
}

export function findUsualText(answer: AnswerRecord): FoundText | undefined {
  return takeFirst(USUAL, answer);
}

/** All of a piece of data, for people to read. */
export function wordData(data: unknown): string {
  return JSON.stringify(data, undefined, 2);
}

/** The first field that says something; else the first that is there, empty. */
function takeFirst(names: readonly string[], answer: AnswerRecord): FoundText | undefined {
  const found = names.flatMap((name) => {
    const text = toText(answer[name]);
    return text === undefined ? [] : { text, names: [name] };
  });
  return found.find(({ text }) => text.trim() !== '') ?? found[0];
}

function toText(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((entry) => typeof entry === 'string')) {
    return value.join('\n');
  }
  return wordData(value);
}
