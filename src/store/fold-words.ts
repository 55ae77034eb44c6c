/**
 * Words as they are looked for: without accents, in one case and one width. The databases' own means
 * differ, and SQLite's know no letter beyond ASCII. What it makes is stored: another folding needs a
 * migration that folds again.
 */
export function foldWords(text: string): string {
  const plain = text.normalize('NFKD').replaceAll(/[\u0300-\u036F]/gu, '');
  // There and back: only so “ẞ”, “ß” and “SS” become the same.
  const folded = plain.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ');
  return folded.replaceAll(/\s+/gu, ' ').trim();
}
