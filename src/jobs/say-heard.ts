/** What was heard, as it is said in the chat: whole, however long it is. */
import { line, note, type Block } from '../message.ts';
import { sayTranscript } from '../transcripts/say-transcript.ts';
import { findSplitSpeakers } from '../transcripts/speakers.ts';
import { hasWords, NO_SPEECH, type Transcript } from '../transcripts/transcript.ts';
import { findDrift, wordLanguages } from '../transcripts/word-language.ts';
import type { JobIn, JobResult } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { readKept } from './keep-transcript.ts';

type Told = JobIn<'fetched' | 'delivered'>;

/** Undefined for a result that is no transcript. */
export async function sayHeard(
  job: Told,
  parts: Pick<JobParts, 'dataFolder'>,
): Promise<readonly Block[] | undefined> {
  const { request, result } = job;
  const transcript = await readKept(result, parts);
  if (!transcript) return undefined;
  if (!hasWords(transcript)) return [line(NO_SPEECH)];
  if (request.spoken) return sayUnderstood(result);
  return [...sayTranscript(transcript), ...wordCorrections(job), ...wordFacts(transcript)];
}

function sayUnderstood({ text = '' }: JobResult): readonly Block[] {
  return [line({ kind: 'strong', text: 'I understood' }), { kind: 'quote', text: text.trim() }];
}

function wordCorrections({ request: { retells } }: Told): readonly Block[] {
  const pairs = (retells?.corrections ?? []).map(({ wrong, right }) => `“${wrong}” is “${right}”`);
  const named = (retells?.names ?? []).map(({ name }) => name);
  return [
    ...(pairs.length === 0 ? [] : [note(`Corrected: ${pairs.join(', ')}.`)]),
    ...(named.length === 0 ? [] : [note(`Speakers named: ${named.join(', ')}.`)]),
  ];
}

function wordFacts(transcript: Transcript): readonly Block[] {
  const languages = wordLanguages(transcript);
  const drift = findDrift(transcript);
  const split = findSplitSpeakers(transcript);
  return [
    ...(languages === undefined ? [] : [note(languages)]),
    ...(drift === undefined ? [] : [note(drift)]),
    ...(split === undefined ? [] : [note(split)]),
  ];
}
