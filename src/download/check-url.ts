/** Which addresses files may be fetched from at all; where names lead is checked on connecting. */
import { DownloadError } from './download-error.ts';

export interface CheckedUrl {
  readonly url: URL;
  /** True for an emulator on this machine, listed with its very port. */
  readonly isLoopback: boolean;
}

const LOOPBACK_ENTRY = /^(?:127\.0\.0\.1|localhost|\[::1\]):\d{1,5}$/u;

/**
 * A plain entry such as `fal.media` covers the host and its sub-domains, `.fal.media` the latter only,
 * by https on the usual port.
 * An entry such as `127.0.0.1:8081` allows that very port of this machine, http included.
 */
export function checkUrl(address: string, hosts: readonly string[], base?: string): CheckedUrl {
  const url = URL.parse(address, base);
  if (!url || url.username !== '' || url.password !== '') throw refusal();
  if (
    /^https?:$/u.test(url.protocol) &&
    LOOPBACK_ENTRY.test(url.host) &&
    hosts.includes(url.host)
  ) {
    return { url, isLoopback: true };
  }
  // `port` is empty for the scheme's own port only.
  const isUsual = url.protocol === 'https:' && url.port === '';
  if (!isUsual || !isListed(url.hostname, hosts)) throw refusal();
  return { url, isLoopback: false };
}

function isListed(host: string, hosts: readonly string[]): boolean {
  return hosts.some((name) => host === name || host.endsWith(`.${name.replace(/^\./u, '')}`));
}

function refusal(): DownloadError {
  return new DownloadError('host-not-allowed');
}
