/** A transcript is kept as a file of its job: with its times it may be long. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { textOf, transcriptSchema, type Transcript } from '../transcripts/transcript.ts';
import type { Job, JobResult } from './job.ts';
import type { JobParts } from './job-parts.ts';

const FILE_NAME = 'transcript.json';

/** Resolves with what a result says of it. Repeating it comes to the same. */
export async function keepTranscript(
  { id }: Pick<Job, 'id'>,
  transcript: Transcript,
  { dataFolder }: Pick<JobParts, 'dataFolder'>,
): Promise<Required<Pick<JobResult, 'text' | 'transcript'>>> {
  const folder = join('files', id);
  await mkdir(join(dataFolder, folder), { recursive: true });
  const path = join(folder, FILE_NAME);
  await writeFile(join(dataFolder, path), JSON.stringify(transcript));
  return { text: textOf(transcript), transcript: path };
}

/** Undefined for a result that is no transcript, or whose file was deleted. */
export async function readKept(
  { transcript }: Pick<JobResult, 'transcript'>,
  { dataFolder }: Pick<JobParts, 'dataFolder'>,
): Promise<Transcript | undefined> {
  if (transcript === undefined) return undefined;
  const text = await readFile(join(dataFolder, transcript), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : transcriptSchema.parse(JSON.parse(text));
}
