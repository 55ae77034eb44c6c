/** The address of a message: what people copy, and what Easel reads again. */
import { isKnownHost } from './security.ts';

const ANCHOR = /^#message-([\w-]{1,64})$/u;
const ADDRESS = /^\/web\/messages\/([\w-]{1,64})$/u;
/** Links may come without a host; any that is let in will do for reading those. */
const BASE = 'http://localhost/';

/** Finds any message, also one that the page no longer shows. */
export function toMessageAddress(id: string): string {
  return `/web/messages/${id}`;
}

/** The id of a message here; undefined for every other link. */
export function parseMessageLink(
  link: string,
  allowedHosts: readonly string[],
): string | undefined {
  const url = URL.parse(link.trim(), BASE);
  if (!url || !/^https?:$/u.test(url.protocol) || !isKnownHost(url.host, allowedHosts)) {
    return undefined;
  }
  const [, anchored] = url.pathname === '/' ? (ANCHOR.exec(url.hash) ?? []) : [];
  const [, addressed] = ADDRESS.exec(url.pathname) ?? [];
  return anchored ?? addressed;
}
