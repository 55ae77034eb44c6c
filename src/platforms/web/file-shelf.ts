/**
 * The files that the page may show, by random id. The address of a file holds nothing but that id,
 * so no address can name a path.
 */
import { randomUUID } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { openPicture } from '../../media.ts';
import type { DeliverableFile, RecordStore } from '../platform.ts';
import type { ShownFile } from './stored-message.ts';

const COLLECTION = 'files';
/** What people can read as it stands, such as a transcript or its subtitles. */
const READABLE = /^(?:text\/(?:plain|vtt|srt|csv|markdown)|application\/(?:json|x-subrip))\b/u;
/** In bytes: it is kept with the message, and every page that shows the message carries it. */
const LONGEST_SHOWN_TEXT = 20_000;
/** Of a longer one. */
const BEGINNING = 2000;

const GONE = 'gone';
const shelvedSchema = z.union([
  z.literal(GONE),
  z.object({
    /** Relative to the platform's folder: the data folder may move. */
    path: z.string(),
    fileName: z.string(),
    contentType: z.string(),
  }),
]);

export interface ShelvedFile {
  /** Absolute. */
  readonly path: string;
  readonly fileName: string;
  readonly contentType: string;
}

export interface FileShelf {
  /** Makes a file on this machine's disk reachable for the page. */
  show(file: DeliverableFile): Promise<ShownFile>;
  find(id: string): Promise<ShelvedFile | 'gone' | undefined>;
  /** From then on it is gone; the file itself stays where it is. */
  remove(id: string): Promise<void>;
}

export function createFileShelf(records: RecordStore, folder: string): FileShelf {
  return {
    async show({ path: absolute, ...facts }) {
      const id = randomUUID();
      const { fileName, contentType } = facts;
      const relative = path.relative(folder, absolute);
      await records.write(COLLECTION, id, { path: relative, fileName, contentType });
      return { id, ...facts, ...(await lookInside(absolute, facts)) };
    },
    async find(id) {
      const { data } = shelvedSchema.safeParse(await records.read(COLLECTION, id));
      if (data === undefined || data === GONE) return data;
      return { ...data, path: path.resolve(folder, data.path) };
    },
    async remove(id) {
      const isKnown = (await records.read(COLLECTION, id)) !== undefined;
      if (isKnown) await records.write(COLLECTION, id, GONE);
    },
  };
}

/** What the page shows of a file beyond its name. */
async function lookInside(
  absolute: string,
  { contentType, bytes }: Pick<DeliverableFile, 'contentType' | 'bytes'>,
): Promise<Partial<ShownFile>> {
  if (contentType.startsWith('image/')) return measure(absolute);
  if (!READABLE.test(contentType)) return {};
  if (bytes <= LONGEST_SHOWN_TEXT) return { text: await readFile(absolute, 'utf8') };
  return { text: await readBeginning(absolute), isBeginning: true };
}

async function readBeginning(absolute: string): Promise<string> {
  await using file = await open(absolute);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(BEGINNING), 0, BEGINNING, 0);
  // A letter that is cut in two is left out.
  return new TextDecoder().decode(buffer.subarray(0, bytesRead), { stream: true });
}

/** Nothing where the picture cannot be read; the page then finds its size by itself. */
async function measure(absolute: string): Promise<{ width?: number; height?: number }> {
  try {
    const picture = await openPicture(absolute);
    const { autoOrient } = await picture.metadata();
    return { width: autoOrient.width, height: autoOrient.height };
  } catch {
    return {};
  }
}
