/** Finds what somebody probably meant. */

/** The known word that shares most letter pairs with `word`; undefined when none is close. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const scored = known.map((candidate) => ({ candidate, score: likeness(word, candidate) }));
  const best = scored.toSorted((a, b) => b.score - a.score)[0];
  return best !== undefined && best.score >= 0.4 ? best.candidate : undefined;
}

/** Dice's coefficient over letter pairs: 0 (nothing shared) to 1 (the same). */
function likeness(a: string, b: string): number {
  const left = letterPairs(a);
  const right = letterPairs(b);
  const shared = left.filter((pair) => right.includes(pair)).length;
  return left.length + right.length === 0 ? 0 : (2 * shared) / (left.length + right.length);
}

function letterPairs(word: string): string[] {
  return Array.from({ length: Math.max(0, word.length - 1) }, (_, at) =>
    word.slice(at, at + 2).toLowerCase(),
  );
}
