/** Why a file did not come, for code; its message is for a person. */
import { UpstreamError } from '../errors.ts';

export type DownloadTrouble =
  /** The address is not one that files may come from: wrong host, port, scheme or form. */
  | 'host-not-allowed'
  /** The name leads into a private network. */
  | 'private-address'
  /** Too many redirects, or one to nowhere. */
  | 'leads-nowhere'
  | 'too-large'
  | 'too-slow'
  | 'empty'
  /** Gone, expired or not for us. */
  | 'not-found'
  /** A web page, where a file should be. */
  | 'wrong-type'
  | 'unreachable';

const SENTENCES: Readonly<Record<DownloadTrouble, string>> = {
  'host-not-allowed': 'The file is at an address that files may not be fetched from.',
  'private-address': 'The file is at an address that leads into a private network.',
  'leads-nowhere': 'The file’s address leads on and on, and never to the file.',
  'too-large': 'The file is too large.',
  'too-slow': 'The file took too long to come. Please try again.',
  empty: 'The file is empty.',
  'not-found': 'The file is no longer there. Please try again.',
  'wrong-type': 'There was a web page where the file should be.',
  unreachable: 'The file could not be fetched. Please try again in a moment.',
};
/** What may be different in a moment, for the very same address. */
const PASSING: ReadonlySet<DownloadTrouble> = new Set(['too-slow', 'unreachable']);

export class DownloadError extends UpstreamError {
  readonly trouble: DownloadTrouble;

  constructor(trouble: DownloadTrouble, options: ErrorOptions = {}) {
    super('file server', SENTENCES[trouble], { retryable: PASSING.has(trouble), ...options });
    this.trouble = trouble;
  }
}
