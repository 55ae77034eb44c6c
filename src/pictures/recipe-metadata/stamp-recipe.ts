import { toTravelling, type RecipeMetadata } from './recipe-metadata.ts';
import { openSource, writeSpliced, type Source, type Splice } from './splice.ts';
import { spliceJpeg } from './splice-jpeg.ts';
import { splicePng } from './splice-png.ts';
import { spliceWebp } from './splice-webp.ts';
import { toPacket } from './to-packet.ts';

/** Undefined for a file that is not whole and of this format. */
type Format = (source: Source, packet: Uint8Array) => Promise<readonly Splice[] | undefined>;

/** The most that a format needs around a packet; and a WebP for a header that it did not have. */
const FRAME = 64;

const FORMATS: readonly Format[] = [splicePng, spliceJpeg, spliceWebp];

/**
 * Writes a copy that carries the recipe; nothing else in it changes. False, and no copy, for what is
 * no whole PNG, JPEG or WebP.
 *
 * XMP that was there is replaced, not merged: what a model leaves in its file may come from the photo
 * that it was given, with its owner's name. A C2PA manifest stays, though its seal covers all bytes
 * and counts as broken from then on; the original keeps it whole.
 */
export async function stampRecipe(call: {
  readonly from: string;
  /** Another path than `from`; what is there is replaced. */
  readonly to: string;
  readonly recipe: RecipeMetadata;
}): Promise<boolean> {
  const packet = toPacket(toTravelling(call.recipe));
  await using source = await openSource(call.from);
  for (const format of FORMATS) {
    const splices = await format(source, packet);
    if (!splices) continue;
    await writeSpliced(source, splices, call.to);
    return true;
  }
  return false;
}

/** How many bytes a file may grow by. */
export function spaceFor(recipe: RecipeMetadata): number {
  return toPacket(toTravelling(recipe)).length + FRAME;
}
