/** The results of a job's parts as one: files side by side, spoken pieces and heard stretches joined. */
import { cutText } from '../cut-text.ts';
import { hears, speaks } from '../models/speaks.ts';
import type { Job, JobIn, JobResult } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { joinHeard } from './join-heard.ts';
import { joinSpoken } from './join-spoken.ts';
import { findEndpoint } from './known-endpoint.ts';
import { wordTime } from '../transcripts/word-time.ts';

/** Of the words that are missing: enough to find their place. */
const BEGINNING_LENGTH = 60;

/** At least one of the parts has brought something. */
export async function combineResults(
  job: JobIn<'gathering'>,
  made: readonly Job[],
  parts: JobParts,
): Promise<JobResult> {
  const fetched = made.filter((part) => part.state === 'fetched');
  const combined = combine(
    fetched.map(({ result }) => result),
    wordLost(job, made),
  );
  const endpoint = findEndpoint(job, parts.models);
  if (endpoint && hears(endpoint)) return joinHeard({ job, fetched, combined }, parts);
  if (endpoint && speaks(endpoint)) return joinSpoken({ job, fetched, combined }, parts);
  return combined;
}

function combine(results: readonly JobResult[], lost: readonly string[]): JobResult {
  const [first] = results;
  if (!first) throw new TypeError('there is no result to combine');
  return {
    ...first,
    files: results.flatMap(({ files }) => files),
    notes: [...results.flatMap(({ notes = [] }) => notes), ...lost.map((text) => ({ text }))],
    text: joinTexts(results),
    made: sumKnown(results.map(({ made }) => made)),
    withheld: results.reduce((sum, { withheld }) => sum + withheld, 0),
    cost: sumCosts(results),
    seconds: Math.max(...results.map(({ seconds }) => seconds)),
  };
}

function joinTexts(results: readonly JobResult[]): string | undefined {
  const texts = results.flatMap(({ text }) => text ?? []);
  return texts.length === 0 ? undefined : texts.join('\n\n');
}

/** Undefined as soon as one is: half a sum would be a lie. */
function sumKnown(numbers: readonly (number | undefined)[]): number | undefined {
  return numbers.reduce<number | undefined>(
    (sum, number) => (sum === undefined || number === undefined ? undefined : sum + number),
    0,
  );
}

function sumCosts(results: readonly JobResult[]): JobResult['cost'] {
  const dollars = sumKnown(results.map(({ cost }) => cost?.dollars));
  const isEstimate = results.some(({ cost }) => cost?.isEstimate);
  return dollars === undefined ? undefined : { dollars, isEstimate };
}

function wordLost(whole: Job, parts: readonly Job[]): readonly string[] {
  const lost = parts.filter(({ state }) => state !== 'fetched');
  const [first] = lost;
  if (!first) return [];
  const reason = first.state === 'failed' ? ` ${first.failure.text}` : '';
  const missing = lost.flatMap((part) => wordMissing(whole, part));
  const where = missing.length === 0 ? '' : ` Missing: ${missing.join(', ')}.`;
  return [`${lost.length} of ${parts.length} requests brought nothing.${where}${reason}`];
}

/** A part that was to make what the others make is not missed anywhere in particular. */
function wordMissing(whole: Job, { request: { stretch, prompt } }: Job): readonly string[] {
  if (stretch) return [`${wordTime(stretch.from)} to ${wordTime(stretch.to)}`];
  if (prompt === whole.request.prompt) return [];
  return [`“${cutText(prompt.replaceAll(/\s+/gu, ' '), BEGINNING_LENGTH)}”`];
}
