import { cutText } from '../cut-text.ts';

/** Longest saying of fal's that is passed on. */
const LONGEST_SAYING = 200;

/**
 * Somebody else's sentence, fit to be shown: one line, short, without control characters, keys, and
 * the addresses or inlined files that error messages like to echo.
 */
export function tidy(text: string): string {
  const plain = text
    .slice(0, 5000)
    .replaceAll(/\b(?:data|https?):\S+/giu, '…')
    .replaceAll(/\bKey\s+\S+/gu, 'Key …')
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim();
  return cutText(plain, LONGEST_SAYING);
}
