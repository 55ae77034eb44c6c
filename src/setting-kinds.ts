/** Kinds of values that settings are made of. */
import ipaddr from 'ipaddr.js';
import { z } from 'zod';

/** An address with a default; without its trailing slashes. */
export function webAddress(standard: string) {
  return z
    .url({ protocol: /^https?$/u, error: `must be an address such as ${standard}, or left out` })
    .transform((address) => address.replace(/\/+$/u, ''))
    .default(standard);
}

/**
 * Where others reach this server. What such an address leads to is a secret that is part of the
 * address, so it must not travel in the open; on this machine alone nobody listens.
 */
export const ownOrigin = z
  .string()
  .transform((text) => URL.parse(text))
  .refine((url) => url !== null && isOrigin(url) && isSafe(url), {
    error: 'must be an address such as https://easel.example: https, and nothing behind the host',
  })
  .transform((url) => url?.origin ?? '');

function isOrigin(url: URL): boolean {
  return url.href === `${url.origin}/`;
}

function isSafe({ protocol, hostname }: URL): boolean {
  if (protocol !== 'http:') return protocol === 'https:';
  const host = hostname.replaceAll(/^\[|\]$/gu, '');
  return (
    host === 'localhost' || (ipaddr.isValid(host) && ipaddr.parse(host).range() === 'loopback')
  );
}

/** Words separated by commas or blanks. */
export const wordList = z
  .string()
  .transform((text) => text.split(/[\s,]+/u).filter((word) => word !== ''));

/** Host names, separated by commas or blanks. */
export const hostList = wordList.transform((hosts) => hosts.map((host) => host.toLowerCase()));

export function wholeNumber(min: number, max: number) {
  const error = `must be a whole number from ${min} to ${max}`;
  return z.coerce.number({ error }).int(error).min(min, error).max(max, error);
}

/** One sentence for each mistake, with the variable's name in front. */
export function wordIssues({ issues }: z.core.$ZodError): readonly string[] {
  return issues.map(({ path, message }) => `${path.join('.')} ${message}.`);
}
