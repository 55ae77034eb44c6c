/**
 * The files that the page may show, by random id. The address of a file holds nothing but that id,
 * so no address can name a path.
 */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';
import type { DeliverableFile, RecordStore } from '../platform.ts';
import type { ShownFile } from './stored-message.ts';

const COLLECTION = 'files';

const shelvedSchema = z.object({
  /** Relative to the platform's folder: the data folder may move. */
  path: z.string(),
  fileName: z.string(),
  contentType: z.string(),
});

export interface ShelvedFile {
  /** Absolute. */
  readonly path: string;
  readonly fileName: string;
  readonly contentType: string;
}

export interface FileShelf {
  /** Makes a file on this machine's disk reachable for the page. */
  show(file: DeliverableFile): Promise<ShownFile>;
  find(id: string): Promise<ShelvedFile | undefined>;
}

export function createFileShelf(records: RecordStore, folder: string): FileShelf {
  return {
    async show({ path: absolute, fileName, contentType, bytes, altText }) {
      const id = randomUUID();
      const relative = path.relative(folder, absolute);
      await records.write(COLLECTION, id, { path: relative, fileName, contentType });
      return { id, fileName, contentType, bytes, altText, ...(await measure(absolute)) };
    },
    async find(id) {
      const { data } = shelvedSchema.safeParse(await records.read(COLLECTION, id));
      return data && { ...data, path: path.resolve(folder, data.path) };
    },
  };
}

/** Nothing where the file is no picture; the page then shows a link. */
async function measure(absolute: string): Promise<{ width?: number; height?: number }> {
  const { default: sharp } = await import('sharp');
  try {
    const { autoOrient } = await sharp(absolute).metadata();
    return { width: autoOrient.width, height: autoOrient.height };
  } catch {
    return {};
  }
}
