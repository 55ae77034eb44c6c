/** Ways to originals, each with a label that tells it from the others. */
import type { OwnAddress } from '../message.ts';

export interface OriginalLink {
  readonly label: string;
  readonly address: OwnAddress;
}

/** More links than this are no help. */
const MOST_LINKS = 10;

/** By place; empty where Easel has no address of its own. */
export function linkOriginals(addresses: readonly (OwnAddress | undefined)[]): OriginalLink[] {
  const isOne = addresses.length === 1;
  return addresses
    .flatMap((address, at) =>
      address === undefined ? [] : [{ label: isOne ? 'Original' : `Original ${at + 1}`, address }],
    )
    .slice(0, MOST_LINKS);
}
