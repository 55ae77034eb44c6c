/** Hands a transcript out as files, to whoever asks. */
import { join } from 'node:path';
import { writeTranscriptFiles } from '../jobs/transcript-files.ts';
import { line, message } from '../message.ts';
import { say, type Outcome } from '../outcome.ts';
import type { Invocation } from '../platforms/platform.ts';
import type { PictureParts } from '../pictures/picture-parts.ts';
import { readTranscriptOf } from './meant-transcript.ts';

/** Throws `UserError` where the transcript is elsewhere or was deleted. */
export async function handOutFiles(
  id: string,
  invocation: Invocation,
  parts: PictureParts,
): Promise<Outcome> {
  const { job } = await readTranscriptOf(id, invocation, parts);
  const files = await writeTranscriptFiles(job, parts);
  return say(
    message(line('The transcript as text, as subtitles and as data.')),
    files.map(({ path, fileName, contentType, bytes }) => ({
      path: join(parts.dataFolder, path),
      fileName,
      contentType,
      bytes,
      altText: fileName,
      isSpoiler: false,
    })),
  );
}
