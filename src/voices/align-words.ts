/** Two rows of words side by side, so that as little as possible differs. */

/** A word that is only a little different is half an error. */
const NEARLY = 0.5;
/** Words up to this length are near with one letter, longer ones with two. */
const SHORT_WORD = 6;

export interface Alignment {
  /** Words that are wrong, missing or too many; those that are nearly right count half. */
  readonly errors: number;
  /** The expected words that have their counterpart. */
  readonly found: ReadonlySet<string>;
}

export function align(expected: readonly string[], heard: readonly string[]): Alignment {
  const costs = fillCosts(expected, heard);
  return {
    errors: at(costs, expected.length, heard.length),
    found: new Set(findPairs(costs, expected, heard)),
  };
}

/** Back from the end, along the cheapest way. */
function findPairs(
  costs: Costs,
  expected: readonly string[],
  heard: readonly string[],
): readonly string[] {
  const pairs: string[] = [];
  let [row, column] = [expected.length, heard.length];
  while (row > 0 && column > 0) {
    const [word = ''] = expected.slice(row - 1);
    const here = at(costs, row, column);
    const difference = differ(word, heard[column - 1]);
    const isPair = here === at(costs, row - 1, column - 1) + difference;
    const isMissing = !isPair && here === at(costs, row - 1, column) + 1;
    if (isPair && difference < 1) pairs.push(word);
    if (isPair || isMissing) row -= 1;
    if (!isMissing) column -= 1;
  }
  return pairs;
}

type Costs = readonly (readonly number[])[];

/** Levenshtein's table. */
function fillCosts(expected: readonly string[], heard: readonly string[]): Costs {
  const costs: number[][] = [Array.from({ length: heard.length + 1 }, (_, index) => index)];
  for (const word of expected) {
    costs.push(fillRow(costs.at(-1) ?? [], heard, (other) => differ(word, other)));
  }
  return costs;
}

/** From the row above it; works for words in a sentence as for letters in a word. */
function fillRow(
  above: readonly number[],
  others: readonly string[],
  difference: (other: string) => number,
): number[] {
  const row = [(above[0] ?? 0) + 1];
  for (const [column, other] of others.entries()) {
    const changed = (above[column] ?? 0) + difference(other);
    row.push(Math.min(changed, (above[column + 1] ?? 0) + 1, (row[column] ?? 0) + 1));
  }
  return row;
}

function at(costs: Costs, row: number, column: number): number {
  return costs[row]?.[column] ?? 0;
}

function differ(one: string, other = ''): number {
  if (one === other) return 0;
  return isNear(one, other) ? NEARLY : 1;
}

function isNear(one: string, other: string): boolean {
  const longest = Math.max(one.length, other.length);
  const allowed = longest <= SHORT_WORD ? 1 : 2;
  if (longest < 4 || Math.abs(one.length - other.length) > allowed) return false;
  return countEdits(one, other) <= allowed;
}

/** Letters that must be changed, left out or put in. */
function countEdits(one: string, other: string): number {
  const letters = Array.from(other);
  let row = [0, ...letters.map((_, index) => index + 1)];
  for (const letter of one) row = fillRow(row, letters, (another) => Number(letter !== another));
  return row.at(-1) ?? 0;
}
