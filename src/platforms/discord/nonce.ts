import { createHash } from 'node:crypto';

/** Discord's limit. */
const NONCE_LENGTH = 25;

/** The same words give the same nonce, and so the same message, however often they are sent. */
export function toNonce(...words: readonly string[]): string {
  const hash = createHash('sha256').update(words.join('\n'));
  return hash.digest('base64url').slice(0, NONCE_LENGTH);
}
