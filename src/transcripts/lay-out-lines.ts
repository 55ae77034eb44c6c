import { endsClause, endsSentence } from './sentences.ts';
import { LINE_WIDTH, toWordPieces, widthOf } from './word-pieces.ts';

/** So much wider the wider line may become, to end with a sentence or a clause. */
const BONUS = 8;

/** One line where it fits, else two of about the same width; undefined where neither fits. */
export function layOut(text: string): readonly string[] | undefined {
  if (widthOf(text) <= LINE_WIDTH) return [text];
  if (widthOf(text) > 2 * LINE_WIDTH + 1) return undefined;
  const words = toWordPieces(text);
  const layouts = words.map((_, at) =>
    toLayout([words.slice(0, at).join('').trim(), words.slice(at).join('').trim()]),
  );
  return layouts
    .filter(({ width }) => width <= LINE_WIDTH)
    .toSorted((one, other) => one.cost - other.cost)[0]?.lines;
}

interface Layout {
  readonly lines: readonly [string, string];
  readonly width: number;
  readonly cost: number;
}

function toLayout(lines: readonly [string, string]): Layout {
  const width = Math.max(...lines.map(widthOf));
  const isApt = endsSentence(lines[0]) || endsClause(lines[0]);
  return { lines, width, cost: width - (isApt ? BONUS : 0) };
}
