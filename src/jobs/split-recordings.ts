/** Long recordings are heard in stretches, cut where nobody speaks; several, one after the other. */
import { mkdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { UserError } from '../errors.ts';
import { KEPT_FILES, type AttachmentRef, type GenerationRequest } from '../request.ts';
import { cutAtSilences } from '../sound/cut-at-silences.ts';
import { inspectSound } from '../sound/inspect-sound.ts';
import { bringFile } from './bring-file.ts';
import type { JobIn } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { wordUnreadable } from './read-files.ts';

/** Half of a long recording should not be lost with the other, and a model works on several at once. */
const LENGTHS = { longestSeconds: 20 * 60, shortestSeconds: 10 * 60 } as const;
/** No codec for speech takes less for as long as that. */
const SURELY_SHORT_BYTES = 512 * 1024;

interface Stretch {
  readonly file: AttachmentRef;
  /** Within all recordings of the wish, in seconds. */
  readonly from: number;
  readonly to: number;
}

/** Throws `UserError` for what holds no sound that can be heard. */
export async function splitRecordings(
  job: JobIn<'accepted'>,
  parts: JobParts,
  signal: AbortSignal,
): Promise<readonly GenerationRequest[]> {
  const { request } = job;
  const [only, ...others] = request.files;
  if (!only || (others.length === 0 && isSurelyShort(only))) return [request];
  const stretches: Stretch[] = [];
  for (const [at, file] of request.files.entries()) {
    const from = stretches.at(-1)?.to ?? 0;
    stretches.push(...(await splitRecording({ job, file, number: at + 1, from }, parts, signal)));
  }
  if (stretches.length < 2) return [request];
  return stretches.map(({ file, from, to }) => ({
    ...request,
    files: [file],
    stretch: { from, to },
  }));
}

function isSurelyShort({ bytes }: AttachmentRef): boolean {
  return bytes > 0 && bytes < SURELY_SHORT_BYTES;
}

interface Splitting {
  readonly job: JobIn<'accepted'>;
  readonly file: AttachmentRef;
  /** Its place among the request's files, from 1. */
  readonly number: number;
  readonly from: number;
}

async function splitRecording(
  { job, file, number, from }: Splitting,
  parts: JobParts,
  signal: AbortSignal,
): Promise<readonly Stretch[]> {
  const folder = join('files', job.id);
  await mkdir(join(parts.dataFolder, folder), { recursive: true });
  const given = await bringFile({ job, file, to: join(folder, `given-${number}`) }, parts, signal);
  const path = join(parts.dataFolder, given);
  const facts = await inspectSound(path);
  if (!facts) throw new UserError(wordUnreadable(file, 'audio'));
  if (facts.seconds <= LENGTHS.longestSeconds) return [{ file, from, to: from + facts.seconds }];
  const cutFolder = join(parts.dataFolder, folder, `cuts-${number}`);
  await mkdir(cutFolder, { recursive: true });
  const cuts = await cutAtSilences(path, cutFolder, LENGTHS);
  return Promise.all(
    cuts.map(async (cut) => ({
      file: await toKeptFile(cut.path, parts),
      from: from + cut.from,
      to: from + cut.to,
    })),
  );
}

async function toKeptFile(path: string, { dataFolder }: JobParts): Promise<AttachmentRef> {
  const id = relative(dataFolder, path);
  return {
    platform: KEPT_FILES,
    id,
    fileName: 'stretch.wav',
    claimedType: 'audio/wav',
    bytes: (await stat(path)).size,
    url: '',
  };
}
