/** Whether an endpoint can do what is wished, by its own facts. */
import type { Endpoint } from '../../src/models/endpoint.ts';
import { toText } from './exact-json.ts';
import { isLegal } from './is-legal.ts';
import { canMake } from './judge-shape.ts';
import { findPlace, toSnake } from './meanings.ts';
import { listReadings } from './same-value.ts';

/** How the answer travels is no wish about what is made: saying that it is not offered is enough. */
const NO_WISHES = new Set(['sync_mode']);

export function canDo(endpoint: Endpoint, name: string, value: unknown): boolean {
  const plain = toSnake(name);
  if (plain === 'aspect_ratio' || plain === 'size') return canMake(endpoint, toText(value));
  if (plain === 'count') return true;
  const place = findPlace(endpoint, name);
  if (!place || NO_WISHES.has(place.path[0] ?? '')) return false;
  return listReadings(value, place.nullable).some(
    (reading) => (reading === null && place.nullable) || isLegal(place.type, reading),
  );
}
