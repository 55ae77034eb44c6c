/** Shapes that many endpoints answer with. */
import { z } from 'zod';
import type { KeptFile } from '../studio.ts';

const maybe = <Inner extends z.ZodType>(inner: Inner) => inner.nullish();
const fileFields = {
  url: z.string(),
  content_type: maybe(z.string()),
  file_name: maybe(z.string()),
  file_size: maybe(z.int()),
};

export const file = z.object(fileFields).meta({ id: 'File' });
/** Without what many answers do not tell. */
export function toFile({ url, content_type, file_name, file_size }: KeptFile): KeptFile {
  return { url, content_type, file_name, file_size };
}
/** A file that knows its size in pixels. */
export const imageFile = z
  .object({ ...fileFields, width: maybe(z.int()), height: maybe(z.int()) })
  .meta({ id: 'ImageFile' });
/** What diffusion models answer with: no name, no bytes. */
const image = z
  .object({ url: z.string(), width: z.int(), height: z.int(), content_type: maybe(z.string()) })
  .meta({ id: 'Image' });
export const audio = z
  .object({
    url: z.string(),
    content_type: z.string(),
    file_name: z.string(),
    file_size: z.int(),
    duration: z.number(),
    container: z.string(),
    codec: z.string(),
    sample_rate: z.int(),
    channels: z.int(),
    bitrate: z.int(),
    media_type: z.string(),
  })
  .meta({ id: 'Audio' });

/** Of FLUX and its like. */
export const diffusionOutput = z.object({
  images: z.array(image),
  timings: z.record(z.string(), z.number()),
  seed: z.int(),
  has_nsfw_concepts: z.array(z.boolean()),
  prompt: z.string(),
});

const timestamp = z.tuple([z.number().nullable(), z.number().nullable()]);
export const chunk = z
  .object({ timestamp, text: z.string(), speaker: maybe(z.string()) })
  .meta({ id: 'WhisperChunk' });
export const diarizationSegment = z
  .object({ timestamp, speaker: z.string() })
  .meta({ id: 'DiarizationSegment' });
