/**
 * Connections whose address is checked at the moment of connecting: a name that led somewhere
 * harmless when it was looked at may lead into the own network a second later.
 */
import ipaddr from 'ipaddr.js';
import type { LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector, request } from 'undici';
import { DownloadError } from './download-error.ts';

const CONNECT_TIME_MS = 10_000;

export type GuardedRequest = (
  url: URL,
  options: { headers: Record<string, string>; signal: AbortSignal },
) => ReturnType<typeof request>;

/** `range` is the only range of addresses that it connects to. Follows no redirects. */
export function createGuardedRequest(
  range: 'unicast' | 'loopback',
  lookup: LookupFunction,
): GuardedRequest {
  const dispatcher = createGuardedAgent(range, lookup);
  return (url, options) => request(url, { ...options, dispatcher });
}

function createGuardedAgent(range: string, lookup: LookupFunction): Agent {
  const isAllowed = (address: string): boolean => rangeOf(address) === range;
  const connect = buildConnector({
    timeout: CONNECT_TIME_MS,
    lookup: guardLookup(lookup, isAllowed),
  });
  return new Agent({
    connect(options, callback) {
      const host = options.hostname.replaceAll(/[[\]]/gu, '');
      // An address needs no lookup, so that the guard of the lookup would never see it.
      if (isIP(host) !== 0 && !isAllowed(host)) {
        callback(new DownloadError('private-address'), null);
        return;
      }
      connect(options, callback);
    },
  });
}

/** `unicast` are the public addresses; IPv4 in an IPv6 dress is judged as IPv4. */
function rangeOf(address: string): string {
  return ipaddr.isValid(address) ? ipaddr.process(address).range() : 'unknown';
}

/** One address out of bounds condemns the name: an honest file server has no private addresses. */
function guardLookup(
  lookup: LookupFunction,
  isAllowed: (address: string) => boolean,
): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found, family) => {
      if (error) {
        callback(error, '', 0);
        return;
      }
      const addresses: LookupAddress[] =
        typeof found === 'string' ? [{ address: found, family: family ?? isIP(found) }] : found;
      const [first] = addresses;
      if (!first || !addresses.every(({ address }) => isAllowed(address))) {
        callback(new DownloadError('private-address'), '', 0);
        return;
      }
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
