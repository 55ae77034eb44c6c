/** Whether a file is a picture of Easel's own that came back: by its bytes, or by what it says itself. */
import { hashFile } from '../jobs/record-pictures.ts';
import type { JobParts } from '../jobs/job-parts.ts';
import { isSameTenant, type Place } from '../place.ts';
import type { Picture } from './picture.ts';
import { readRecipe } from './recipe-metadata/read-recipe.ts';
import type { RecipeMetadata } from './recipe-metadata/recipe-metadata.ts';

export interface Recognised {
  /** As it is remembered; only where the file's own place remembers it. */
  readonly picture: Picture | undefined;
  /** As the file says: anybody can write that. */
  readonly claim: RecipeMetadata | undefined;
}

export async function recognise(
  path: string,
  place: Place,
  { store }: Pick<JobParts, 'store'>,
): Promise<Recognised> {
  const same = await store.pictures.findBytes(await hashFile(path), place);
  const claim = await readRecipe(path);
  if (same ?? !claim) return { picture: same, claim };
  const claimed = await store.pictures.read(claim.picture);
  const isHere = claimed !== undefined && isSameTenant(claimed.place, place);
  return { picture: isHere ? claimed : undefined, claim };
}
