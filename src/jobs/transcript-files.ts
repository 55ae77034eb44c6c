/** A transcript as files: for reading, for players, for programs. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toJson } from '../transcripts/to-json.ts';
import { toSrt } from '../transcripts/to-srt.ts';
import { toTextFile } from '../transcripts/to-text-file.ts';
import { toVtt } from '../transcripts/to-vtt.ts';
import type { JobIn, StoredFile } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { readKept } from './keep-transcript.ts';

const FORMATS = [
  { extension: 'txt', contentType: 'text/plain', write: toTextFile },
  { extension: 'srt', contentType: 'application/x-subrip', write: toSrt },
  { extension: 'vtt', contentType: 'text/vtt', write: toVtt },
  { extension: 'json', contentType: 'application/json', write: toJson },
] as const;

/** Subtitles only where times are known; nothing where the transcript was deleted. */
export async function writeTranscriptFiles(
  job: JobIn<'fetched' | 'delivered'>,
  parts: Pick<JobParts, 'dataFolder'>,
): Promise<readonly StoredFile[]> {
  const transcript = await readKept(job.result, parts);
  if (!transcript) return [];
  const files: StoredFile[] = [];
  for (const { extension, contentType, write } of FORMATS) {
    const text = write(transcript);
    if (text === undefined) continue;
    const fileName = `transcript-${job.id.slice(0, 8)}.${extension}`;
    const path = join('files', job.id, fileName);
    await writeFile(join(parts.dataFolder, path), text);
    files.push({ path, fileName, contentType, bytes: Buffer.byteLength(text) });
  }
  return files;
}
