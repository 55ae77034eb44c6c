/** Addresses that Easel gives out for its own files. */
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openAddressSecret } from '../../src/pictures/address-secret.ts';
import {
  createSignedAddresses,
  NO_ADDRESSES,
  openSignedAddresses,
  type SignedPath,
  type SignedQuery,
} from '../../src/pictures/signed-address.ts';
import { createManualClock } from '../support/manual-clock.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const path: SignedPath = { kind: 'original', picture: 'b0b5c1de-0000-4000-8000-000000000001.2' };

function open(secret = randomBytes(32)) {
  const clock = createManualClock(new Date('2026-01-01T12:00:00.000Z'));
  const addresses = createSignedAddresses({
    publicUrl: 'https://easel.example',
    hasTreePage: true,
    secret,
    clock,
  });
  return { clock, addresses, secret };
}

function queryOf(address: string | undefined): SignedQuery {
  const { searchParams } = new URL(address ?? '');
  return { until: searchParams.get('until') ?? '', sign: searchParams.get('sign') ?? '' };
}

test('an address names what it leads to, and opens that', () => {
  const { addresses } = open();
  const address = addresses.toAddress(path);
  expect(address).toMatch(
    /^https:\/\/easel\.example\/p\/b0b5c1de-0000-4000-8000-000000000001\.2\/original\?until=\d+&sign=[\w-]{43}$/u,
  );
  expect(addresses.verify(path, queryOf(address))).toBe('good');
});

test.each<[string, Partial<SignedPath>, (query: SignedQuery) => Partial<SignedQuery>]>([
  ['another picture', { picture: 'b0b5c1de-0000-4000-8000-000000000001.1' }, () => ({})],
  ['another kind', { kind: 'tree' }, () => ({})],
  ['a later end', {}, ({ until }) => ({ until: String(Number(until) + 1) })],
  ['the same end in other digits', {}, ({ until }) => ({ until: `0${until}` })],
  ['no end', {}, () => ({ until: '' })],
  ['no signature', {}, () => ({ sign: '' })],
  ['a signature with something behind it', {}, ({ sign }) => ({ sign: `${sign}=` })],
  ['another signature of that length', {}, ({ sign }) => ({ sign: 'A'.repeat(sign.length) })],
  [
    'a signature with letters of several bytes',
    {},
    ({ sign }) => ({ sign: 'ä'.repeat(sign.length) }),
  ],
])('a signature is not good for %s', (_, otherPath, change) => {
  const { addresses } = open();
  const query = queryOf(addresses.toAddress(path));
  const asked = { ...query, ...change(query) };
  expect(addresses.verify({ ...path, ...otherPath }, asked)).toBe('wrong');
});

test('one that was signed with another secret is wrong', () => {
  const query = queryOf(open().addresses.toAddress(path));
  expect(open().addresses.verify(path, query)).toBe('wrong');
});

test('a page hands on its own end to what belongs to it', async () => {
  const { addresses, clock } = open();
  const { until } = queryOf(addresses.toAddress({ ...path, kind: 'tree' }));
  await clock.advance(3 * DAY_MS);
  const small = { ...path, kind: 'thumbnail' } as const;
  const address = addresses.toPath(small, until);
  expect(address).toMatch(/^\/p\/b0b5c1de-[\w-]+\.2\/thumbnail\?until=\d+&sign=[\w-]{43}$/u);
  const query = queryOf(`https://easel.example${address}`);
  expect(query.until).toBe(until);
  expect(addresses.verify(small, query)).toBe('good');
  expect(addresses.verify(path, query)).toBe('wrong');
});

test('no address leads to a tree where no page shows one', () => {
  const publicUrl = 'https://easel.example';
  const clock = createManualClock();
  const secret = randomBytes(32);
  const addresses = createSignedAddresses({ publicUrl, hasTreePage: false, secret, clock });
  expect(addresses.toAddress({ ...path, kind: 'tree' })).toBeUndefined();
  expect(addresses.toAddress(path)).toBeDefined();
});

test('an address ends after a week, and not before', async () => {
  const { addresses, clock } = open();
  const query = queryOf(addresses.toAddress(path));
  await clock.advance(7 * DAY_MS);
  expect(addresses.verify(path, query)).toBe('good');
  await clock.advance(DAY_MS);
  expect(addresses.verify(path, query)).toBe('expired');
});

test('a moment later the address is still the same, so that a repeated message is', async () => {
  const { addresses, clock } = open();
  const first = addresses.toAddress(path);
  await clock.advance(60_000);
  expect(addresses.toAddress(path)).toBe(first);
});

const makeFolder = () => mkdtemp(join(tmpdir(), 'easel-secret-'));

describe('the secret', () => {
  test('is made once, random, and only its owner can read it', async () => {
    const folder = await makeFolder();
    const secret = await openAddressSecret(folder);
    expect(secret).toHaveLength(32);
    expect(await openAddressSecret(folder)).toEqual(secret);
    expect(await openAddressSecret(await makeFolder())).not.toEqual(secret);
    expect((await stat(join(folder, 'address-secret'))).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['address-secret']);
  });

  test('is taken away from others who could read it', async () => {
    const folder = await makeFolder();
    await openAddressSecret(folder);
    await chmod(join(folder, 'address-secret'), 0o644);
    await openAddressSecret(folder);
    expect((await stat(join(folder, 'address-secret'))).mode & 0o777).toBe(0o600);
  });

  test('that a crash left half-made is made anew', async () => {
    const folder = await makeFolder();
    await writeFile(join(folder, 'address-secret.new'), 'half');
    const secret = await openAddressSecret(folder);
    expect(await readFile(join(folder, 'address-secret'))).toEqual(secret);
  });

  test('is never replaced in silence by a shorter one', async () => {
    const folder = await makeFolder();
    await writeFile(join(folder, 'address-secret'), 'short');
    await expect(openAddressSecret(folder)).rejects.toThrow('Remove it');
  });

  test('makes addresses outlive a restart', async () => {
    const settings = {
      publicUrl: 'https://easel.example',
      hasTreePage: true,
      dataFolder: await makeFolder(),
    };
    const clock = createManualClock();
    const before = await openSignedAddresses(settings, clock);
    const after = await openSignedAddresses(settings, clock);
    expect(after.verify(path, queryOf(before.toAddress(path)))).toBe('good');
  });

  test('is not even made where Easel has no public address', async () => {
    const dataFolder = await makeFolder();
    const addresses = await openSignedAddresses(
      { publicUrl: undefined, hasTreePage: true, dataFolder },
      createManualClock(),
    );
    expect(addresses).toBe(NO_ADDRESSES);
    expect(addresses.toAddress(path)).toBeUndefined();
    expect(addresses.verify(path, queryOf(open().addresses.toAddress(path)))).toBe('wrong');
    expect(await readdir(dataFolder)).toEqual([]);
  });
});
