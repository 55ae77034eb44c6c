/** fal's Platform API, which knows models, prices and past requests. */
import { FAL_ADDRESSES } from './addresses.ts';
import type { Wire, WireAnswer } from './wire.ts';

export interface PlatformApiParts {
  readonly wire: Wire;
  readonly credentials: string;
}

export function askPlatform(
  { wire, credentials }: PlatformApiParts,
  path: string,
  query: URLSearchParams,
): Promise<WireAnswer> {
  return wire.ask(`${FAL_ADDRESSES.api}${path}?${query.toString()}`, {
    headers: { Authorization: `Key ${credentials}`, Accept: 'application/json' },
  });
}
