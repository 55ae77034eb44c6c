/**
 * Addresses of Easel's own that whoever was given one may open: each is signed for one picture, one
 * purpose and a time, so that none can be guessed, changed or used for ever.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { ownAddressSchema, type OwnAddress } from '../message.ts';
import { openAddressSecret } from './address-secret.ts';

/** What an address leads to. */
export interface SignedPath {
  readonly kind: 'original' | 'thumbnail' | 'tree';
  /** A picture's id, or that of another file of a result. */
  readonly picture: string;
}

/** As it stands in the address. */
export interface SignedQuery {
  /** In seconds since 1970. */
  readonly until: string;
  readonly sign: string;
}

export interface SignedAddresses {
  /** Under which others reach this server; undefined where they do not. */
  readonly hostName: string | undefined;
  /** Undefined where Easel has no address of its own, or nothing that such an address leads to. */
  toAddress(path: SignedPath): OwnAddress | undefined;
  /** From one page to what belongs to it: without the host, and good for as long as that page is. */
  toPath(path: SignedPath, until: string): string;
  verify(path: SignedPath, query: SignedQuery): 'good' | 'expired' | 'wrong';
}

export interface SigningParts {
  /** Such as `https://easel.example`. */
  readonly publicUrl: string;
  /** Whether there is a page that shows a family tree. */
  readonly hasTreePage: boolean;
  readonly secret: Buffer;
  readonly clock: Clock;
}

/** Where others do not reach this server. */
export const NO_ADDRESSES: SignedAddresses = {
  hostName: undefined,
  toAddress: () => undefined,
  toPath: () => '',
  verify: () => 'wrong',
};

const DAY_SECONDS = 24 * 60 * 60;
const DAYS = 7;
/** Changed when what is signed changes, so that no signature can be taken for another's. */
const VERSION = 'easel-address-1';

/** With the secret that is kept in the data folder; without a public address, none is made. */
export async function openSignedAddresses(
  { publicUrl, hasTreePage, dataFolder }: AddressSettings,
  clock: Clock,
): Promise<SignedAddresses> {
  if (publicUrl === undefined) return NO_ADDRESSES;
  const secret = await openAddressSecret(dataFolder);
  return createSignedAddresses({ publicUrl, hasTreePage, secret, clock });
}

interface AddressSettings extends Pick<SigningParts, 'hasTreePage'> {
  readonly publicUrl: string | undefined;
  readonly dataFolder: string;
}

export function createSignedAddresses(parts: SigningParts): SignedAddresses {
  const { publicUrl, hasTreePage, secret, clock } = parts;
  const seconds = (): number => clock.now().getTime() / 1000;
  const toPath = (path: SignedPath, until: string): string => {
    const query = new URLSearchParams({ until, sign: sign(path, until, secret) });
    return `/p/${encodeURIComponent(path.picture)}/${path.kind}?${query.toString()}`;
  };
  return {
    hostName: new URL(publicUrl).hostname,
    toAddress(path) {
      if (path.kind === 'tree' && !hasTreePage) return undefined;
      const address = new URL(toPath(path, String(toEnd(seconds()))), publicUrl);
      return ownAddressSchema.parse(address.href);
    },
    toPath,
    verify(path, query) {
      const expected = Buffer.from(sign(path, query.until, secret));
      const given = Buffer.from(query.sign);
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'wrong';
      return Number(query.until) > seconds() ? 'good' : 'expired';
    },
  };
}

/** At the end of a day: a delivery that is tried again a moment later says the same words. */
function toEnd(now: number): number {
  return (Math.ceil(now / DAY_SECONDS) + DAYS) * DAY_SECONDS;
}

function sign({ kind, picture }: SignedPath, until: string, secret: Buffer): string {
  // As JSON, no two lists of words look alike.
  const words = JSON.stringify([VERSION, kind, picture, until]);
  return createHmac('sha256', secret).update(words).digest('base64url');
}
