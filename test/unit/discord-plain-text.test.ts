import { expect, test } from 'vitest';
import { line, note } from '../../src/message.ts';
import { toPlainText, toPlainWords } from '../../src/platforms/discord/plain-text.ts';
import { render } from '../../src/platforms/discord/render.ts';
import { parseMessage } from '../../src/platforms/discord/seen-message.ts';

const names = {
  person: (id: string) => (id === '11' ? 'Ada_L' : undefined),
  role: (id: string) => (id === '12' ? 'painters' : undefined),
  channel: (id: string) => (id === '13' ? 'studio' : undefined),
};

function toText(message: object): string {
  return toPlainText(
    parseMessage({ id: '1', channel_id: '2', author: { id: '3' }, ...message }),
    names,
  );
}

test.each([
  ['plain words', 'plain words'],
  [
    '**bold** and *leaning* and __under__ and ~~gone~~ and ||hidden||',
    'bold and leaning and under and gone and hidden',
  ],
  ['***all* of** it, _too_', 'all of it, too'],
  ['snake_case_name and 2 * 3 * 4', 'snake_case_name and 2 * 3 * 4'],
  ['# Title\n-# small\n> quoted\n> -# both\n>>> rest', 'Title\nsmall\nquoted\nboth\nrest'],
  [String.raw`\*not bold\* \# no title \<@11\>`, '*not bold* # no title <@11>'],
  ['`a*b*c` and ```ts\nlet _x_ = 1;\n```', 'a*b*c and let _x_ = 1;'],
  [
    'hi <@11>, <@!11>, <@99>, <@&12> in <#13>',
    'hi @Ada_L, @Ada_L, @somebody, @painters in #studio',
  ],
  ['<:fox_red:55> <a:run:56> </imagine:57>', ':fox_red: :run: /imagine'],
  [
    '[the **page**](https://example.com/a_b_c) <https://example.com>',
    'the page https://example.com',
  ],
  ['at <t:1700000000:R>', 'at 2023-11-14 22:13 UTC'],
  ['@\u200Beveryone', '@everyone'],
  ['*****\n**a** **** _____', '*****\na **** _____'],
])('%j says %j', (content, expected) => {
  expect(toText({ content })).toBe(expected);
});

test.each(['*', '**a ', '_a ', '||', '`', '[a](', '<', '> ', '**_~~a'])(
  'a message full of %j is read at once',
  (piece) => {
    const content = piece.repeat(4000 / piece.length);
    const began = performance.now();
    expect(toText({ content }).length).toBeLessThanOrEqual(content.length);
    expect(performance.now() - began).toBeLessThan(2000);
  },
);

test('what Easel says is read back as it was', () => {
  const said =
    'Kowalski: *no* _one_ # > - `code` [a](b) <@1> @everyone https://x.org ~~|| \\ 1. two';
  const { content } = render({ blocks: [line(said), note(said)], buttons: [] });
  expect(toText({ content })).toBe(`${said}\n${said}`);
  expect(toPlainWords([line(said), note(said)])).toBe(`${said}\n${said}`);
});

test('where there are no words, components and embeds say something', () => {
  const components = [
    {
      type: 17,
      components: [
        { type: 10, content: '## Hello' },
        { type: 1, components: [] },
      ],
    },
    { type: 9, components: [{ type: 10, content: '**there**' }], accessory: { type: 11 } },
  ];
  expect(toText({ components })).toBe('Hello\nthere');
  const embeds = [
    { title: 'News', description: 'It _rains_.', fields: [{ name: 'Where', value: 'Here' }] },
  ];
  expect(toText({ embeds })).toBe('News\nIt rains.\nWhere\nHere');
  expect(toText({ content: 'a link', embeds })).toBe('a link');
});

test('a forwarded message says what it said', () => {
  const message_snapshots = [{ message: { content: '**forwarded**' } }];
  expect(toText({ message_snapshots })).toBe('forwarded');
});
