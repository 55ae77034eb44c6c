/** The pieces of a long text, each spoken by itself, become one sound. */
import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { joinSounds } from '../sound/join-sounds.ts';
import { SoundError } from '../sound/sound-error.ts';
import { toResultName } from './fetch-media.ts';
import type { JobIn, JobResult, StoredFile } from './job.ts';
import type { JobParts } from './job-parts.ts';

interface Joining {
  readonly job: JobIn<'gathering'>;
  /** In the order of the text. */
  readonly fetched: readonly JobIn<'fetched'>[];
  readonly combined: JobResult;
}

const FALLBACK = { extension: 'mp3', contentType: 'audio/mpeg' } as const;
/** The joined sound stays what its pieces are, where that can be written. */
const FORMATS: Readonly<Record<string, Format | undefined>> = {
  'audio/mpeg': FALLBACK,
  'audio/wav': { extension: 'wav', contentType: 'audio/wav' },
  'audio/flac': { extension: 'flac', contentType: 'audio/flac' },
  'audio/ogg': { extension: 'ogg', contentType: 'audio/ogg' },
};

interface Format {
  readonly extension: 'mp3' | 'wav' | 'flac' | 'ogg';
  readonly contentType: string;
}

/** What cannot be joined is delivered piece by piece. */
export async function joinSpoken(
  { job, fetched, combined }: Joining,
  parts: JobParts,
): Promise<JobResult> {
  const pieces = fetched.flatMap(({ result }) => result.files.filter(isSound));
  const [first] = pieces;
  if (!first || pieces.length !== fetched.length) return combined;
  const format = FORMATS[first.contentType] ?? FALLBACK;
  const fileName = toResultName(job, 1, format.extension);
  const path = join('files', job.id, fileName);
  const to = join(parts.dataFolder, path);
  await mkdir(dirname(to), { recursive: true });
  const paths = pieces.map((piece) => join(parts.dataFolder, piece.path));
  if (!(await tryJoin(paths, to, format))) return combined;
  const { contentType } = format;
  const joined = { path, fileName, contentType, bytes: (await stat(to)).size };
  const others = combined.files.filter((file) => !pieces.includes(file));
  return { ...combined, files: [joined, ...others], made: 1 };
}

/** False where one of them cannot be heard. */
async function tryJoin(
  paths: readonly string[],
  to: string,
  { extension: format }: Format,
): Promise<boolean> {
  try {
    await joinSounds(paths, to, { format });
    return true;
  } catch (error) {
    if (error instanceof SoundError) return false;
    throw error;
  }
}

function isSound({ contentType }: StoredFile): boolean {
  return contentType.startsWith('audio/');
}
