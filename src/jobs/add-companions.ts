/** What goes along with words and sounds: a transcript's files, a voice message, a long text. */
import { hears, speaks } from '../models/speaks.ts';
import type { JobIn, JobResult } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { findEndpoint } from './known-endpoint.ts';
import { toVoiceResult } from './to-voice-result.ts';
import { writeTranscriptFiles } from './transcript-files.ts';
import { toSpoken, writeText } from './result-text.ts';

/** The result as it is going to be posted. Repeating it comes to the same. */
export async function addCompanions(job: JobIn<'fetched'>, parts: JobParts): Promise<JobResult> {
  const { result } = job;
  const endpoint = findEndpoint(job, parts.models);
  if (endpoint && hears(endpoint)) {
    const isLong = !toSpoken(result.text ?? '').isWhole;
    const files = isLong ? await writeTranscriptFiles(job, parts) : [];
    return { ...result, files: [...result.files, ...files] };
  }
  if (!endpoint || !speaks(endpoint)) return result;
  const spoken = await toVoiceResult(job, parts);
  const place = { job, folder: `files/${job.id}`, number: result.files.length + 1 };
  const text = await writeText(job.request.prompt, place, parts);
  return text ? { ...spoken, files: [...spoken.files, text] } : spoken;
}
