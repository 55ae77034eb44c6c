/** What a toy model works with: paper and paint, the given pictures, and a shelf for the results. */
import { randomInt } from 'node:crypto';
import type { OutputFault } from './faults.ts';
import type { Size } from './size.ts';
import type { Parts } from './parts.ts';
import { renderPicture, readSize, type PictureFormat } from './pictures/picture.ts';
import { spoilFile } from './output-faults.ts';
import { ModelRefusal } from './refusal.ts';

interface Drawing {
  readonly prompt: string;
  readonly seed: number;
  readonly count: number;
  readonly size: Size;
  readonly format: PictureFormat;
  /** Answer with data URIs instead of addresses (`sync_mode`). */
  readonly inline: boolean;
  /** Pictures to be changed; with none, a new one is made. */
  readonly sources: readonly Buffer[];
}

interface DrawnImage extends Size {
  readonly url: string;
  readonly content_type: string;
  readonly file_name: string;
  readonly file_size: number;
}

export interface Studio {
  readonly isBlackedOut: boolean;
  randomSeed(): number;
  inferenceSeconds(): number;
  /** Throws `ModelRefusal` for what is not a picture on this server. */
  readPictures(
    urls: readonly string[],
    field: string,
  ): Promise<readonly (Size & { readonly bytes: Buffer })[]>;
  draw(drawing: Drawing): Promise<readonly DrawnImage[]>;
}

interface Job {
  readonly endpoint: string;
  readonly faults: readonly OutputFault[];
}

export function createStudio(parts: Parts, job: Job): Studio {
  const startedAt = parts.clock.now().getTime();
  return {
    isBlackedOut: isBlackedOut(job),
    randomSeed: () => randomInt(2 ** 32),
    inferenceSeconds: () => (parts.clock.now().getTime() - startedAt) / 1000,
    readPictures: (urls, field) =>
      Promise.all(urls.map((url, index) => readPicture(parts, url, [field, index]))),
    async draw(drawing) {
      const images: DrawnImage[] = [];
      for (let index = 0; index < drawing.count; index += 1) {
        images.push(await drawOne(parts, job, { ...drawing, seed: drawing.seed + index }));
      }
      return images;
    },
  };
}

function isBlackedOut({ faults }: Job): boolean {
  return faults.some(({ kind }) => kind === 'nsfw');
}

async function drawOne(parts: Parts, job: Job, drawing: Drawing): Promise<DrawnImage> {
  const { prompt, seed, size, format } = drawing;
  const bytes = await renderPicture({ ...drawing, isBlackedOut: isBlackedOut(job) });
  const file = await spoilFile(job.faults, {
    bytes,
    contentType: `image/${format}`,
    name: `sandbox-${seed}.${format}`,
  });
  const url = drawing.inline
    ? `data:${file.contentType};base64,${file.bytes.toString('base64')}`
    : `${parts.url}${parts.files.add({ ...file, endpoint: job.endpoint, prompt })}`;
  return {
    url,
    content_type: file.contentType,
    file_name: file.name,
    file_size: file.bytes.length,
    ...size,
  };
}

/** Only data URIs and this server's own files: a toy must not be a door into somebody's network. */
async function readPicture(parts: Parts, url: string, field: readonly (string | number)[]) {
  const loc = ['body', ...field];
  const bytes = findBytes(parts, url);
  if (bytes === undefined) {
    const msg = 'Failed to download the file. Please check if the URL is accessible.';
    throw new ModelRefusal(422, [{ loc, msg, type: 'file_download_error', input: url }]);
  }
  const size = await readSize(bytes);
  if (!size) {
    const msg = 'Failed to load the image. Please ensure the image file is not corrupted.';
    throw new ModelRefusal(422, [{ loc, msg, type: 'image_load_error', input: url }]);
  }
  return { bytes, ...size };
}

function findBytes(parts: Parts, url: string): Buffer | undefined {
  const inline = /^data:[\w/+.-]*;base64,(.*)$/su.exec(url)?.[1];
  if (inline !== undefined) return Buffer.from(inline, 'base64');
  return url.startsWith(`${parts.url}/`)
    ? parts.files.find(url.slice(parts.url.length))?.bytes
    : undefined;
}
