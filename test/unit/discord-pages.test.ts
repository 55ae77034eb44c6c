import { expect, test } from 'vitest';
import { line, note, type Block, type Button } from '../../src/message.ts';
import { isMarkedPage, withoutPageMark } from '../../src/platforms/discord/page-mark.ts';
import { render, renderMarked, renderPages } from '../../src/platforms/discord/render.ts';

const button: Button = { label: 'Again', style: 'primary', command: 'retry', job: 'job-1' };
const contentsOf = (blocks: readonly Block[], most = 10) =>
  renderPages({ blocks, buttons: [] }, most).map(({ content }) => content);

test('what fits one message is the same as ever', () => {
  const blocks: Block[] = [line('a'), { kind: 'quote', text: 'b\nc' }, note('d')];
  expect(contentsOf(blocks)).toEqual(['a\n> b\n> c\n-# d']);
  expect(contentsOf(blocks)).toEqual([render({ blocks, buttons: [] }).content]);
});

test('a long list is broken where lines end, and nothing is lost', () => {
  const lines = Array.from({ length: 120 }, (_, at) => `${at}. ${'word '.repeat(10).trim()}`);
  const pages = contentsOf(lines.map((text) => line(text)));
  expect(pages.length).toBeGreaterThan(2);
  for (const page of pages) expect(page.length).toBeLessThanOrEqual(2000);
  expect(pages.join('\n').split('\n')).toEqual(lines);
});

test('lines inside one block count as lines', () => {
  const lines = Array.from({ length: 300 }, (_, at) => `line ${at}`);
  const pages = contentsOf([line(lines.join('\n'))]);
  expect(pages).toHaveLength(2);
  expect(pages.join('\n').split('\n')).toEqual(lines);
});

test('a paragraph longer than a message begins where there is room and is broken between words', () => {
  const words = Array.from({ length: 700 }, (_, at) => `word${at}`);
  const pages = contentsOf([line('A transcript:'), line(words.join(' '))]);
  expect(pages).toHaveLength(3);
  expect(pages[0]).toMatch(/^A transcript:\nword0 /u);
  for (const page of pages) expect(page.length).toBeLessThanOrEqual(2000);
  expect(pages.join(' ').split(/\s+/u)).toEqual(['A', 'transcript:', ...words]);
});

test.each([
  ['letters', 'x'],
  ['emoji', '🦊'],
  ['markup', '*'],
  ['backslashes', '\\'],
])('%s without a space are broken between characters', (_, character) => {
  const pages = contentsOf([line(character.repeat(3000))]);
  for (const page of pages) {
    expect(page.length).toBeLessThanOrEqual(2000);
    expect(page.isWellFormed()).toBe(true);
    expect(page).not.toMatch(/(?<!\\)(?:\\\\)*\\$/u);
  }
  const plain = pages.join('').replaceAll(/\\([*\\])/gu, '$1');
  expect(plain).toBe(character.repeat(3000));
});

test.each(['#', '>', '-'])('a broken line cannot go on as markup by %j', (mark) => {
  const pages = contentsOf([line(`${'x'.repeat(1990)} ${mark} ${'y'.repeat(500)}`)]);
  for (const page of pages) expect(page).not.toMatch(/^\s*[#>-]/mu);
  expect(pages.join(' ')).toContain(mark);
});

test.each([
  ['quote', { kind: 'quote', text: 'word '.repeat(1000) } as const, /^> word/u],
  ['note', note('word '.repeat(1000)), /^-# word/u],
])('a %s stays one on every page', (_, block, expected) => {
  const pages = contentsOf([block]);
  expect(pages).toHaveLength(3);
  for (const page of pages) expect(page).toMatch(expected);
});

test.each(['code', 'strong'] as const)('a long run of %s is whole on every page', (kind) => {
  const text = Array.from({ length: 900 }, (_, at) => `word${at}`).join(' ');
  const pages = contentsOf([line({ kind, text })]);
  const mark = kind === 'code' ? '`' : '**';
  const spans = pages.join('\n').split('\n');
  expect(spans.length).toBeGreaterThan(3);
  for (const span of spans) expect(span.startsWith(mark) && span.endsWith(mark)).toBe(true);
  expect(spans.map((span) => span.slice(mark.length, -mark.length)).join('')).toBe(text);
});

test('beyond the most messages, the last one says that there is more', () => {
  const lines = Array.from({ length: 1000 }, (_, at) => line(`line ${at} of very many`));
  const pages = contentsOf(lines, 3);
  expect(pages).toHaveLength(3);
  for (const page of pages) expect(page.length).toBeLessThanOrEqual(2000);
  expect(pages[2]).toMatch(/\n-# There is more than Discord takes here: .+\.$/u);
  expect(pages.slice(0, 2).join('')).not.toContain('There is more');
});

test('buttons are under the last message', () => {
  const blocks = [line('x'.repeat(2500))];
  const pages = renderPages({ blocks, buttons: [button] }, 10);
  expect(pages.map(({ components }) => components.length)).toEqual([0, 1]);
  expect(renderPages({ blocks: [], buttons: [button] }, 10)).toMatchObject([
    { content: '', components: [{}] },
  ]);
});

test('what has room in no single message shows its beginning there', () => {
  const blocks: Block[] = [
    { kind: 'quote', text: 'a prompt' },
    line(Array.from({ length: 900 }, (_, at) => `word${at}`).join(' ')),
  ];
  const { content } = render({ blocks, buttons: [] });
  expect(content).toMatch(/^> a prompt\nword0 word1 [^]+…$/u);
  expect(content.length).toBeLessThanOrEqual(2000);
});

const long = Array.from({ length: 900 }, (_, at) => `word${at}`).join(' ');

test('pages of a result say which they are, and one page alone does not', () => {
  const pages = renderMarked([line(long)]);
  expect(pages.length).toBeGreaterThan(3);
  for (const [at, page] of pages.entries()) {
    expect(page.length).toBeLessThanOrEqual(2000);
    expect(page.endsWith(`\n-# Page ${at + 1} of ${pages.length}`)).toBe(true);
    expect(isMarkedPage(page)).toBe(true);
  }
  expect(pages.map(withoutPageMark).join(' ').split(/\s+/u)).toEqual(long.split(' '));
  expect(renderMarked([line('word')])).toEqual(['word']);
});

test('where there is room for fewer, the last page says where the rest is', () => {
  const pages = renderMarked([line(long)], 2);
  expect(pages).toHaveLength(2);
  expect(pages[1]).toMatch(/\n-# Page 2 of \d: the rest is in the file$/u);
  expect(isMarkedPage(pages[1] ?? '')).toBe(true);
  expect(pages[0]).toBe(renderMarked([line(long)])[0]);
});

test.each<Block>([
  line('hello\n-# Page 1 of 2'),
  line('hello', '\n', '-# Page 1 of 2'),
  line('hello\n', { kind: 'strong', text: '-# Page 1 of 2' }),
  line('hello\n', { kind: 'code', text: '-# Page 1 of 2' }),
  { kind: 'quote', text: 'hello\n-# Page 1 of 2' },
  note('hello\n-# Page 1 of 2'),
])('what somebody says is never taken for the mark of a page', (block) => {
  expect(isMarkedPage(render({ blocks: [block], buttons: [] }).content)).toBe(false);
});
