/** Reads picture answers as they come, not as they are documented: fields may be null or missing. */
import { z } from 'zod';
import { UpstreamError } from '../../errors.ts';
import type { ModelResult, RemoteMedia } from '../model.ts';

const text = z.string().nullish().catch(null);
const pixels = z.number().int().positive().nullish().catch(null);
const fileSchema = z.object({
  url: z.string().min(1),
  content_type: text,
  file_name: text,
  width: pixels,
  height: pixels,
});
const files = z.array(z.unknown()).nullish().catch(null);
const flags = z.array(z.unknown()).nullish().catch(null);
const outputSchema = z.object({
  images: files,
  image: z.unknown().optional(),
  seed: z.union([z.number(), z.string()]).nullish().catch(null),
  description: text,
  has_nsfw_concepts: flags,
  /** The older name of the same. */
  nsfw_content_detected: flags,
  timings: z
    .object({ inference: z.number().nullish().catch(null) })
    .nullish()
    .catch(null),
});
type Output = z.infer<typeof outputSchema>;

/** Throws `UpstreamError` where no picture can be found at all. */
export function readOutput(output: unknown): ModelResult {
  const read = outputSchema.safeParse(output).data;
  const media = read ? readMedia(read) : [];
  if (!read || media.length === 0) {
    throw new UpstreamError('fal', 'The model answered without a picture. Please try again.', {
      retryable: false,
    });
  }
  const description = read.description?.trim();
  return {
    media,
    seed: read.seed === null || read.seed === undefined ? undefined : String(read.seed),
    description: description === '' ? undefined : description,
    inferenceSeconds: read.timings?.inference ?? undefined,
  };
}

function readMedia(output: Output): RemoteMedia[] {
  const entries = output.images ?? (Array.isArray(output.image) ? output.image : [output.image]);
  const flagged = output.has_nsfw_concepts ?? output.nsfw_content_detected ?? [];
  return entries.flatMap((entry: unknown, at) => {
    const file = fileSchema.safeParse(typeof entry === 'string' ? { url: entry } : entry).data;
    if (!file) return [];
    return {
      url: file.url,
      claimedType: file.content_type ?? undefined,
      fileName: file.file_name ?? undefined,
      width: file.width ?? undefined,
      height: file.height ?? undefined,
      flagged: flagged[at] === true,
    };
  });
}
