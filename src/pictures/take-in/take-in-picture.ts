/**
 * A picture that somebody gave, made ready for fal: told by its bytes, read whole, upright, in
 * sRGB, within limits, and with nothing in it but the picture. What is all that already goes
 * through byte for byte. The given file stays as it is.
 */
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sniffFile, type SniffedType } from '../../sniff-file.ts';
import { unpackWhole } from './convert-picture.ts';
import { fitToLimits } from './fit-to-limits.ts';
import { createMemoryGate, type MemoryGate } from './memory-gate.ts';
import { readHeader, toMemoryBytes, type HeaderFacts, type Size } from './picture-facts.ts';
import { MEMORY_BYTES, MOST_PIXELS, type PictureLimits } from './picture-limits.ts';
import type { PartUse, PictureParts } from './picture-parts.ts';
import { isSame, planSize, type Matched } from './plan-size.ts';
import { readParts } from './read-parts.ts';
import { blameFile, refuseFormat, refusePicture } from './refusals.ts';
import { wordChanges } from './word-changes.ts';
import { writePieces } from './write-pieces.ts';

interface GivenPicture {
  readonly path: string;
  /** What the person calls it. */
  readonly fileName: string;
  /** For what is made of it; it is the caller's to remove. */
  readonly folder: string;
  readonly limits: PictureLimits;
  /** The picture that this one is the mask of, once that is taken in. */
  readonly maskOf: TakenPicture | undefined;
}

export interface TakenPicture extends Matched {
  /** The given file itself where nothing had to be done. */
  readonly path: string;
  readonly contentType: string;
  /** Without the dot. */
  readonly extension: string;
  readonly bytes: number;
  /** What the person should know, each a sentence. */
  readonly notes: readonly string[];
}

/** Throws `UserError`: one sentence on what is wrong with the file, and what to do. */
export type TakeInPicture = (given: GivenPicture) => Promise<TakenPicture>;

/** A picture whose header has been read. */
interface OpenedPicture {
  readonly given: GivenPicture;
  readonly sniffed: SniffedType;
  readonly bytes: number;
  readonly parts: PictureParts | undefined;
  /** A file without what was only made to burst in the image library. */
  readonly readable: string;
  readonly facts: HeaderFacts;
}

const FORMATS: ReadonlySet<string> = new Set(
  ['png', 'apng', 'jpeg', 'webp', 'gif', 'avif', 'tiff'].map((name) => `image/${name}`),
);
const BARE: ReadonlySet<PartUse> = new Set<PartUse>(['pixels']);
const READABLE: ReadonlySet<PartUse> = new Set<PartUse>(['pixels', 'colour', 'orientation']);

/** One for the whole process: it bounds the memory of all pictures together. */
export function createTakeIn(gate: MemoryGate = createMemoryGate(MEMORY_BYTES)): TakeInPicture {
  return async (given) => {
    const opened = await openGiven(given);
    const { facts, parts } = opened;
    const plan = planSize(facts, given.limits, given.maskOf);
    const bare = await writeBare(opened, plan.size);
    if (bare) {
      const memory = toMemoryBytes(facts, parts, undefined);
      if (memory > MEMORY_BYTES) throw refusePicture(given.fileName, 'no-memory');
      await blameFile(given.fileName, () => gate.run(memory, () => unpackWhole(bare.path)));
      return toTaken(opened, bare);
    }
    const fitted = await blameFile(given.fileName, () =>
      fitToLimits({
        from: opened.readable,
        to: join(given.folder, 'sent'),
        facts,
        parts,
        plan,
        isMask: given.maskOf !== undefined,
        maxBytes: given.limits.bytes,
        gate,
      }),
    );
    if (typeof fitted === 'string') throw refusePicture(given.fileName, fitted);
    return toTaken(opened, fitted);
  };
}

async function openGiven(given: GivenPicture): Promise<OpenedPicture> {
  const { path, fileName, folder } = given;
  const { size: bytes } = await stat(path);
  if (bytes === 0) throw refusePicture(fileName, 'empty');
  const sniffed = await sniffFile(path);
  if (!sniffed || !FORMATS.has(sniffed.contentType)) {
    throw refuseFormat(fileName, sniffed?.contentType);
  }
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const parts = await blameFile(fileName, () => readParts(path, sniffed.contentType));
  const readable = await writeParts(given, parts, { uses: READABLE, name: 'readable' });
  const facts = await blameFile(fileName, () => readHeader(readable, sniffed.contentType));
  const { width, height } = facts.stored;
  if (width * height > MOST_PIXELS) throw refusePicture(fileName, 'too-many-pixels');
  return { given, sniffed, bytes, parts, readable, facts };
}

/** The given file itself where it has no other parts. */
async function writeParts(
  { path, folder }: GivenPicture,
  parts: PictureParts | undefined,
  { uses, name }: { uses: ReadonlySet<PartUse>; name: string },
): Promise<string> {
  if (!parts || parts.parts.every(({ use }) => uses.has(use))) return path;
  const to = join(folder, name);
  await writePieces(path, parts.compose(uses), to);
  return to;
}

interface Made extends Size {
  readonly path: string;
  readonly contentType: string;
  readonly extension: string;
  readonly bytes: number;
}

/** Undefined for a picture of which more than its wrapping has to change. */
async function writeBare(opened: OpenedPicture, target: Size): Promise<Made | undefined> {
  const { given, parts, facts, sniffed } = opened;
  const { orientation, isPlainColour, frames, stored } = facts;
  const isAsWanted = orientation === 1 && isPlainColour && frames === 1 && isSame(stored, target);
  if (!parts || !isAsWanted) return undefined;
  const path = await writeParts(given, parts, { uses: BARE, name: `sent.${sniffed.extension}` });
  const { size: bytes } = await stat(path);
  if (bytes > given.limits.bytes) return undefined;
  // Without its further frames it is a PNG like any other.
  const isPng = sniffed.contentType === 'image/apng';
  const type = isPng ? { contentType: 'image/png', extension: 'png' } : sniffed;
  return { ...stored, ...type, path, bytes };
}

function toTaken({ given, parts, facts, bytes }: OpenedPicture, made: Made): TakenPicture {
  const { fileName, maskOf, limits } = given;
  const notes = wordChanges(fileName, {
    isAnimated: (parts?.isAnimated ?? false) || facts.frames > 1,
    isFollowed: parts?.isFollowed ?? false,
    // A mask goes along with its picture, of which the same is said.
    from: { ...(maskOf ? made : facts.upright), bytes },
    to: made,
    maxBytes: limits.bytes,
  });
  return { ...made, notes, came: facts };
}
