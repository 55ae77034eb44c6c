/** Speech as a message that is a voice, where a platform has such messages and nobody wants a file. */
import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SoundError } from '../sound/sound-error.ts';
import { toVoiceMessage } from '../sound/to-voice-message.ts';
import { findWish } from './find-wish.ts';
import type { JobIn, JobResult, StoredFile } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { platformOf } from './status.ts';

export async function toVoiceResult(job: JobIn<'fetched'>, parts: JobParts): Promise<JobResult> {
  const { result } = job;
  const { hasVoiceMessages } = platformOf(job, parts).limits;
  // Whoever asks for a format wants that file.
  const wantsFile = findWish(job.request.options, 'format') !== undefined;
  if (!hasVoiceMessages || wantsFile) return result;
  const files: StoredFile[] = [];
  for (const file of result.files) files.push(await toVoice(file, parts));
  return { ...result, files };
}

/** Beside the original, which may have the same name. */
const FOLDER = 'voice';

/** The file itself where it cannot be turned into a voice message. */
async function toVoice(file: StoredFile, { dataFolder }: JobParts): Promise<StoredFile> {
  if (!file.contentType.startsWith('audio/') || file.voice) return file;
  const fileName = file.fileName.replace(/\.[a-z\d]+$/u, '.ogg');
  const path = join(dirname(file.path), FOLDER, fileName);
  const to = join(dataFolder, path);
  await mkdir(dirname(to), { recursive: true });
  try {
    const voice = await toVoiceMessage(join(dataFolder, file.path), to);
    if (!voice) return file;
    return { path, fileName, contentType: 'audio/ogg', bytes: (await stat(to)).size, voice };
  } catch (error) {
    if (error instanceof SoundError) return file;
    throw error;
  }
}
