/**
 * Several pictures as one, for chats that show a page of earlier ones. Sheets are kept for a while:
 * the same page is drawn once, and the web chat goes on showing it.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { cutText } from '../cut-text.ts';
import type { DeliverableFile } from '../platforms/platform.ts';
import { LONGEST_ALT_TEXT } from '../media.ts';
import { drawSheet } from './draw-sheet.ts';
import type { Picture } from './picture.ts';
import type { Thumbnails } from './thumbnails.ts';

export interface ContactSheets {
  /** At least one picture, at most 9; each has the number of its place on it. */
  draw(pictures: readonly Picture[]): Promise<DeliverableFile>;
  /** Takes away every sheet that shows one of these. */
  removeWith(ids: readonly string[]): Promise<void>;
}

interface SheetParts {
  readonly dataFolder: string;
  readonly thumbnails: Thumbnails;
  readonly clock: Clock;
}

/** Discord waits 3 seconds for an answer; what is not ready by then is drawn the next time. */
const PATIENCE_MS = 1500;
/** Some 150 kB each. */
const MOST_KEPT = 200;
const LONGEST_WORDS = 90;
/** Changes with the way in which sheets are drawn. */
const SHAPE = 'v1';
const NOT_DRAWN = '0';

export function createContactSheets(parts: SheetParts): ContactSheets {
  const folder = join(parts.dataFolder, 'sheets');
  const underWay = new Set<Promise<unknown>>();
  return {
    async draw(pictures) {
      const drawing = draw(pictures, folder, parts);
      underWay.add(drawing);
      return drawing.finally(() => underWay.delete(drawing));
    },
    async removeWith(ids) {
      // What is being drawn just now may show one of them, too.
      await Promise.allSettled(underWay);
      const marks = new Set(ids.map(toMark));
      for (const name of await list(folder)) {
        const isShown = name.split(/[-.]/u).some((part) => marks.has(part));
        if (isShown) await rm(join(folder, name), { force: true });
      }
    },
  };
}

async function draw(
  pictures: readonly Picture[],
  folder: string,
  parts: SheetParts,
): Promise<DeliverableFile> {
  const paths = await gather(pictures, parts);
  const path = join(folder, nameSheet(pictures, paths));
  if (await touch(path, parts.clock)) return toFile(path, pictures);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const unfinished = `${path}.${randomUUID()}.part`;
  const tiles = pictures.map(({ isSpoiler }, at) => {
    return { path: paths[at], words: isSpoiler ? 'hidden' : '' };
  });
  await drawSheet(tiles, unfinished);
  await rename(unfinished, path);
  await sweep(folder);
  return toFile(path, pictures);
}

/** Small copies, as far as they are there in time. What a safety check marked is not shown. */
async function gather(
  pictures: readonly Picture[],
  { dataFolder, thumbnails, clock }: SheetParts,
): Promise<readonly (string | undefined)[]> {
  const paths: (string | undefined)[] = pictures.map(() => undefined);
  const making = pictures.map(async ({ isSpoiler, path }, at) => {
    if (!isSpoiler) paths[at] = await thumbnails.make(join(dataFolder, path));
  });
  const over = new AbortController();
  const patience = clock.sleep(PATIENCE_MS, over.signal).catch(() => undefined);
  await Promise.race([Promise.all(making), patience]);
  over.abort();
  return [...paths];
}

/** The name tells what is drawn, so that whatever becomes of a picture, its sheets are found. */
function nameSheet(pictures: readonly Picture[], paths: readonly (string | undefined)[]): string {
  const marks = pictures.map(({ id, isSpoiler }, at) =>
    paths[at] === undefined && !isSpoiler ? NOT_DRAWN : toMark(id),
  );
  return `${[SHAPE, ...marks].join('-')}.jpg`;
}

function toMark(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 16);
}

/** True where there is such a sheet; it counts as new from now on. */
async function touch(path: string, clock: Clock): Promise<boolean> {
  try {
    await utimes(path, clock.now(), clock.now());
    return true;
  } catch {
    return false;
  }
}

/** Those that were not asked for the longest go first, and what a crash left unfinished. */
async function sweep(folder: string): Promise<void> {
  const names = await list(folder);
  if (names.length <= MOST_KEPT) return;
  const sheets = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      return { path, at: (await stat(path).catch(() => undefined))?.mtimeMs ?? 0 };
    }),
  );
  const oldest = sheets.toSorted((a, b) => a.at - b.at).slice(0, names.length - MOST_KEPT);
  for (const { path } of oldest) await rm(path, { force: true });
}

async function list(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}

async function toFile(path: string, pictures: readonly Picture[]): Promise<DeliverableFile> {
  return {
    path,
    fileName: 'pictures.jpg',
    contentType: 'image/jpeg',
    bytes: (await stat(path)).size,
    altText: wordSheet(pictures),
    isSpoiler: false,
  };
}

function wordSheet(pictures: readonly Picture[]): string {
  const count = pictures.length === 1 ? 'One picture' : `${pictures.length} pictures`;
  const each = pictures.map(({ altText, isSpoiler }, at) => {
    const words = isSpoiler ? 'hidden' : altText.replaceAll(/\s+/gu, ' ');
    return ` ${at + 1}: ${cutText(words, LONGEST_WORDS)}`;
  });
  return cutText(`${count}.${each.join('')}`, LONGEST_ALT_TEXT);
}
