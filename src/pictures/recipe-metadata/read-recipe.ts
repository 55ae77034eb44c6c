import { openPicture } from '../../media.ts';
import { parsePacket } from './parse-packet.ts';
import { recipeMetadataSchema, type RecipeMetadata } from './recipe-metadata.ts';

/** Ours is far smaller; a tool that wrote it anew may have added its own and some room to grow. */
const LARGEST_PACKET = 512 * 1024;

/**
 * The recipe in a picture that comes from anywhere: what it claims, not what is true. Undefined
 * where there is none that can be read; never throws.
 */
export async function readRecipe(path: string): Promise<RecipeMetadata | undefined> {
  try {
    const picture = await openPicture(path);
    const { xmp } = await picture.metadata();
    return xmp && xmp.length <= LARGEST_PACKET ? parseRecipe(xmp) : undefined;
  } catch {
    return undefined;
  }
}

function parseRecipe(packet: Uint8Array): RecipeMetadata | undefined {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(packet).replace(/\0+$/u, '');
  const json = parsePacket(text);
  return json === undefined ? undefined : recipeMetadataSchema.safeParse(JSON.parse(json)).data;
}
