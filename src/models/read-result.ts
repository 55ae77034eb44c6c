/**
 * Reads any answer as it comes, not as it is documented: fields may be null, missing, renamed or of
 * another shape, and what was paid for must not be lost over that.
 */
import { z } from 'zod';
import { cutText } from '../cut-text.ts';
import { UpstreamError } from '../errors.ts';
import type { Endpoint } from './endpoint.ts';
import type { ModelResult } from './model.ts';
import { productOf, wordProduct } from './product.ts';
import { findMedia, searchMedia, type FoundMedia } from './result/find-media.ts';
import { findDeclaredText, findUsualText, wordData, type FoundText } from './result/find-text.ts';
import { leaveOut } from './result/leave-out.ts';
import { findLeftFacts } from './result/left-facts.ts';
import { toAnswerRecord, type AnswerRecord } from './result/record.ts';

const SEED_NAMES = ['seed', 'used_seed', 'seeds'];
/** Facts of their own, which are no data. */
const FACT_NAMES = [...SEED_NAMES, 'timings'];
/** Kinds whose answer is data, whatever picture comes with it. */
const DATA_KINDS: ReadonlySet<string> = new Set(['json', 'vision']);
/** The model's excuse, in characters. */
const EXCUSE_LENGTH = 300;

const seedSchema = z.union([z.number().int().transform(String), z.string().trim().min(1)]);
const timingsSchema = z.object({ inference: z.number().nonnegative() });

/** Throws `UpstreamError` only where nothing made can be found at all. */
export function readResult(endpoint: Endpoint, output: unknown): ModelResult {
  const answer = toAnswerRecord(output);
  const { files, words } = findContents(endpoint, answer);
  const description = toOwnWords(answer['description']);
  if (files.media.length === 0 && !words) throw nothingMade(endpoint, description);
  const isWords = words?.names.includes('description') === true;
  const names = [
    ...files.names,
    ...(words?.names ?? []),
    ...FACT_NAMES,
    ...(description === undefined ? [] : ['description']),
  ];
  return {
    media: files.media,
    text: words?.text,
    seed: readSeed(answer),
    description: isWords ? undefined : description,
    inferenceSeconds: timingsSchema.safeParse(answer['timings']).data?.inference,
    rest: { ...leaveOut(answer, names, files.sources), ...findLeftFacts(answer, files.names) },
  };
}

interface Contents {
  readonly files: FoundMedia;
  readonly words: FoundText | undefined;
}

/** The declared fields first, then the usual ones, then whatever looks like something made. */
function findContents(endpoint: Endpoint, answer: AnswerRecord): Contents {
  const files = findMedia(endpoint.outputs, answer);
  const hasFiles = files.media.length > 0;
  const declared = findDeclaredText(endpoint.outputs, answer, hasFiles);
  if (declared) return { files, words: declared };
  if (hasFiles) {
    return { files, words: DATA_KINDS.has(endpoint.kind) ? findData(answer, files) : undefined };
  }
  if (promisesFiles(endpoint)) return { files: searchMedia(answer), words: undefined };
  const usual = findUsualText(answer);
  if (usual) return { files, words: usual };
  const searched = searchMedia(answer);
  const isOnlyData = searched.media.length === 0;
  return { files: searched, words: isOnlyData ? findData(answer, searched) : undefined };
}

function promisesFiles({ kind, outputs }: Endpoint): boolean {
  if (DATA_KINDS.has(kind)) return false;
  const product = productOf(kind);
  const isOpen = product === 'words' || product === 'transcript' || product === 'result';
  return isOpen ? outputs.some(({ media }) => media !== 'text') : true;
}

/** Data is a result of its own, where there is any. */
function findData(answer: AnswerRecord, { names, sources }: FoundMedia): FoundText | undefined {
  const data = leaveOut(answer, [...names, ...FACT_NAMES], sources);
  const found = Object.keys(data);
  const isEmpty = Object.values(data).every((value) => value === null);
  return isEmpty ? undefined : { text: wordData(data), names: found };
}

function readSeed(answer: AnswerRecord): string | undefined {
  const values = SEED_NAMES.flatMap((name) => answer[name] ?? []);
  return values.flatMap((value) => seedSchema.safeParse(value).data ?? [])[0];
}

function toOwnWords(value: unknown): string | undefined {
  const words = typeof value === 'string' ? value.trim() : '';
  return words === '' ? undefined : words;
}

function nothingMade({ kind, outputs }: Endpoint, excuse: string | undefined): UpstreamError {
  const product = productOf(kind);
  const isWords = product === 'result' && outputs.length > 0 && outputs.every(isText);
  const missing = wordProduct(isWords ? 'words' : product);
  const said = excuse === undefined ? '' : ` It said: “${cutText(excuse, EXCUSE_LENGTH)}”`;
  return new UpstreamError(
    'fal',
    `The model answered without ${missing}.${said} Please try again.`,
    { retryable: false },
  );
}

function isText({ media }: Endpoint['outputs'][number]): boolean {
  return media === 'text';
}
