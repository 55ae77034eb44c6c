import { describe, expect, test } from 'vitest';
import {
  line,
  message,
  note,
  ownAddressSchema,
  type Inline,
  type Message,
} from '../../src/message.ts';
import { toCaption, toContent, toPages } from '../../src/platforms/slack/render.ts';
import { messageBlocks } from '../support/slack/block-limits.ts';

const parts = { now: new Date('2026-11-23T12:00:00Z'), workspaceUrl: 'https://acme.slack.com/' };
const secondsFromNow = (seconds: number) => new Date(parts.now.getTime() + seconds * 1000);
const ref = { platform: 'slack', channel: 'C1', id: '1700000000.000100' };

function textOf(part: Inline): string {
  return toContent(message(line(part)), parts).text;
}

test.each<[string, Inline, string]>([
  ['literal text', 'a < b & c > d <!channel>', 'a &lt; b &amp; c &gt; d &lt;!channel&gt;'],
  ['strong text', { kind: 'strong', text: 'Dra*wing*' }, '*Drawing*'],
  ['code', { kind: 'code', text: 'a `b`\nc' }, '`a b c`'],
  ['empty code', { kind: 'code', text: '`' }, 'Easel'],
  [
    'a moment to come',
    { kind: 'moment', at: new Date(parts.now.getTime() + 12_400) },
    'in about 12 s',
  ],
  ['a far moment', { kind: 'moment', at: secondsFromNow(600) }, 'in about 10 min'],
  ['a very far moment', { kind: 'moment', at: secondsFromNow(7200) }, 'in about 2 h'],
  [
    'a moment gone by, which Slack keeps fresh',
    { kind: 'moment', at: secondsFromNow(-90) },
    `<!date^${parts.now.getTime() / 1000 - 90}^{ago}|90 s ago>`,
  ],
  [
    'an address of Easel’s own',
    {
      kind: 'link',
      label: 'the <file>|x',
      address: ownAddressSchema.parse('https://easel.example/p/1.2/original?until=3&sign=a|b'),
    },
    '<https://easel.example/p/1.2/original?until=3&amp;sign=a%7Cb|the &lt;file&gt;/x>',
  ],
  [
    'a message of a channel',
    { kind: 'message-link', label: 'the <picture>', to: { ...ref, details: { thread: ref.id } } },
    '<https://acme.slack.com/archives/C1/p1700000000000100|the &lt;picture&gt;>',
  ],
  [
    'a message of a thread',
    { kind: 'message-link', label: 'it', to: { ...ref, details: { thread: '1699999999.000200' } } },
    '<https://acme.slack.com/archives/C1/p1700000000000100?thread_ts=1699999999.000200&amp;cid=C1|it>',
  ],
])('%s is written as Slack reads it', (_, part, text) => {
  expect(textOf(part)).toBe(text);
});

test('each kind of block keeps its own form, and somebody’s words are never parsed', () => {
  const { text, blocks } = toContent(
    {
      blocks: [line('Drawing'), { kind: 'quote', text: '*a* <!here>' }, note('seed ', '7')],
      buttons: [
        { label: 'Cancel', style: 'danger', command: 'cancel', job: 'j1' },
        { label: 'Again', style: 'secondary', command: 'retry', job: 'j1' },
      ],
    },
    parts,
  );
  expect(text).toBe('Drawing\n*a* &lt;!here&gt;\nseed 7');
  expect(blocks).toEqual([
    { type: 'section', text: { type: 'mrkdwn', text: 'Drawing', verbatim: true } },
    { type: 'section', text: { type: 'plain_text', text: '*a* <!here>', emoji: false } },
    { type: 'context', elements: [{ type: 'mrkdwn', text: 'seed 7', verbatim: true }] },
    {
      type: 'actions',
      elements: [
        {
          type: 'button',
          text: { type: 'plain_text', text: 'Cancel', emoji: false },
          action_id: 'v1:cancel',
          value: 'j1',
          style: 'danger',
        },
        {
          type: 'button',
          text: { type: 'plain_text', text: 'Again', emoji: false },
          action_id: 'v1:retry',
          value: 'j1',
        },
      ],
    },
  ]);
});

describe('limits', () => {
  const button = { label: 'x'.repeat(200), style: 'primary', command: 'cancel', job: 'j' } as const;

  test.each<[string, Message]>([
    ['a quote of 6,000 letters', message({ kind: 'quote', text: 'x'.repeat(6000) })],
    ['a line of 6,000 ampersands', message(line('&'.repeat(6000)))],
    ['60 long lines', message(...Array.from({ length: 60 }, () => line('y'.repeat(900))))],
    ['long parts', message(line(...Array.from({ length: 9 }, () => 'z'.repeat(900))))],
    ['emoji without end', message(note('🦊'.repeat(4000)))],
    ['60 buttons', { blocks: [line('x')], buttons: Array.from({ length: 60 }, () => button) }],
  ])('%s fit', (_, words) => {
    const { text, blocks } = toContent(words, parts);
    const texts = blocks.flatMap((block) => {
      if (block.type === 'section') return [block.text?.text ?? ''];
      return block.type === 'context'
        ? block.elements.map((part) => ('text' in part ? part.text : ''))
        : [];
    });
    expect(text.length).toBeLessThanOrEqual(4000);
    expect(blocks.length).toBeLessThanOrEqual(50);
    for (const part of texts) {
      expect(part.length).toBeLessThanOrEqual(3000);
      expect(part.isWellFormed()).toBe(true);
      expect(part).not.toMatch(/&(?!amp;|lt;|gt;)/u);
    }
    expect(texts.join('').length).toBeLessThanOrEqual(12_000);
    for (const block of blocks.filter(({ type }) => type === 'actions')) {
      expect(JSON.stringify(block).length).toBeLessThan(25 * 250);
    }
  });

  test.each([message(), message(line('')), message({ kind: 'quote', text: ' \n ' })])(
    'nothing to say is still a message that Slack takes',
    (words) => {
      expect(toContent(words, parts)).toEqual({ text: 'Easel', blocks: [] });
    },
  );
});

const shownBy = (pages: ReturnType<typeof toPages>) =>
  pages
    .flatMap(({ blocks }) => blocks)
    .flatMap((block) => {
      if (block.type === 'section') return [block.text?.text ?? ''];
      return block.type === 'context'
        ? block.elements.map((part) => ('text' in part ? part.text : ''))
        : [];
    })
    .join('\n');
const words = (count: number, name = 'word') =>
  Array.from({ length: count }, (_, at) => `${name}${at}`);

describe('nothing is cut', () => {
  test.each<[string, Message, readonly string[]]>([
    ['70 short lines and notes', message(...words(70).map((word) => line(word))), words(70)],
    ['a long line', message(line(words(3000).join(' '))), words(3000)],
    ['a transcript', message({ kind: 'quote', text: words(9000).join(' ') }), words(9000)],
    ['long code', message(line({ kind: 'code', text: words(1000).join(' ') })), words(1000)],
    [
      'lines and notes by turns',
      message(...words(60).flatMap((word) => [line(word), note(`note-${word}`)])),
      words(60, 'note-word'),
    ],
  ])('%s: every word is there, within every limit', (_, whole, expected) => {
    const pages = toPages(whole, parts);
    for (const page of pages) expect(messageBlocks.parse(page.blocks).length).toBeGreaterThan(0);
    const shown = shownBy(pages);
    const seen = new Set(shown.split(/[^\w-]+/u));
    expect(expected.filter((word) => !seen.has(word))).toEqual([]);
    for (const { text, blocks } of pages) {
      expect(text.length).toBeLessThanOrEqual(4000);
      expect(shownBy([{ text, blocks }]).length).toBeLessThanOrEqual(13_000);
    }
  });

  test('60 short lines are one message', () => {
    expect(toPages(message(...words(60).map((word) => line(word))), parts)).toHaveLength(1);
  });

  test('a caption that fits is one text, and a longer one goes on behind the files', () => {
    const own = message({ kind: 'quote', text: 'a long story…' }, line('For alice'));
    expect(toCaption(own, parts).comment).toBe('a long story…\nFor alice');
    expect(toCaption(message(line('For alice')), parts)).toEqual({
      comment: 'For alice',
      rest: [],
    });
    const long = message({ kind: 'quote', text: words(1500).join(' ') }, note('seed 7'));
    const { comment, rest } = toCaption(long, parts);
    expect(comment.length).toBeLessThanOrEqual(4000);
    const seen = new Set(`${comment}\n${shownBy(rest)}`.split(/\s+/u));
    expect([...words(1500), 'seed'].filter((word) => !seen.has(word))).toEqual([]);
  });

  test('the buttons are on the last message', () => {
    const button = { label: 'Go', style: 'primary', command: 'retry', job: 'j' } as const;
    const pages = toPages(
      { blocks: [{ kind: 'quote', text: words(4000).join(' ') }], buttons: [button] },
      parts,
    );
    expect(pages.map(({ blocks }) => blocks.some(({ type }) => type === 'actions'))).toEqual([
      ...pages.slice(1).map(() => false),
      true,
    ]);
  });
});
