/** Pieces of Markdown that fit into a table's cells. */
import { cutText } from '../../src/cut-text.ts';
import { writeExactly } from './exact-json.ts';

/** Longer JSON is folded. */
const LONGEST_JSON = 220;
const LONGEST_SENTENCE = 160;
const LONGEST_VALUE = 48;

export function toTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  return [toRow(header), toRow(header.map(() => '---')), ...rows.map(toRow)];
}

function toRow(cells: readonly string[]): string {
  const fit = cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' '));
  return `| ${fit.join(' | ')} |`;
}

/** As it is sent, without what is the same in every row: words are `…`, files go by their names. */
export function foldJson(body: unknown, words: string): string {
  const text = writeExactly(body, (value) =>
    typeof value === 'string' ? foldText(value, words) : value,
  );
  return code(cutText(text, LONGEST_JSON));
}

export function foldSentence(sentence: string): string {
  return cutText(sentence, LONGEST_SENTENCE);
}

export function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}

/** Cells with several lines. */
export function join(lines: readonly string[]): string {
  return lines.join('<br>');
}

function foldText(text: string, words: string): string {
  if (text === words && words !== '') return '…';
  if (text.startsWith('data:')) return `${text.slice(0, text.indexOf(';'))}…`;
  const name = /^https:\/\/.*\/([^/]+)$/u.exec(text)?.[1];
  return cutText(name ?? text, LONGEST_VALUE);
}
