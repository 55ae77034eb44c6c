/** Who may see an earlier picture, and from where. */
import { isSameChannel, isSameTenant } from '../place.ts';
import type { Asker } from '../platforms/platform.ts';
import type { Store } from '../store/store.ts';
import type { Picture } from './picture.ts';

/** What was made where one is, or by oneself, or what one has saved: never another tenant's. */
export async function maySee(
  { id, place, person }: Picture,
  asker: Asker,
  { pictures }: Pick<Store, 'pictures'>,
): Promise<boolean> {
  if (!isSameTenant(place, asker.place)) return false;
  const isNear = isSameChannel(place, asker.place) || person.id === asker.person.id;
  return isNear || pictures.isSavedBy(id, asker.person.id);
}
