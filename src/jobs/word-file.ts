/** What a file of a result is called for people who do not see it. */
import { isRaster, toAltText } from '../media.ts';
import type { JobIn, StoredFile } from './job.ts';

const NOUNS: Readonly<Record<string, string>> = {
  image: 'Picture',
  video: 'Video',
  audio: 'Sound',
  model: '3D model',
};

export function wordFile(job: JobIn<'fetched'>, file: StoredFile): string {
  const { files, description } = job.result;
  if (file.altText !== undefined) return file.altText;
  if (isRaster(file)) {
    const pictures = files.filter(isRaster);
    const number = pictures.indexOf(file) + 1;
    return toAltText(job.request.prompt, description, number, pictures.length);
  }
  const noun = NOUNS[file.contentType.split('/')[0] ?? ''] ?? 'File';
  return toAltText(`${noun}: ${job.request.prompt || file.fileName}`, undefined, 1, 1);
}
