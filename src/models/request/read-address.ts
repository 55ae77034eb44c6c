/** An address of a file that a person typed: fal will fetch it, so it must be anybody's to fetch. */
import ipaddr from 'ipaddr.js';

/** Names that only mean something inside somebody's own network. */
const INNER_NAME = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp)$/u;

/** The address as it was typed; undefined for what is not public, not https, or holds a password. */
export function readAddress(text: string): string | undefined {
  if (/\s/u.test(text)) return undefined;
  if (text.startsWith('data:')) return text;
  const url = URL.parse(text);
  const isPlain = url?.protocol === 'https:' && url.username === '' && url.password === '';
  return url && isPlain && isPublicHost(url.hostname) ? text : undefined;
}

function isPublicHost(host: string): boolean {
  const bare = host.replace(/^\[|\]$/gu, '');
  if (ipaddr.isValid(bare)) return ipaddr.process(bare).range() === 'unicast';
  return host.includes('.') && !INNER_NAME.test(host);
}
