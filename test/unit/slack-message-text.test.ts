import { expect, test } from 'vitest';
import { slackMessage } from '../../src/platforms/slack/message-pictures.ts';
import { textOf } from '../../src/platforms/slack/message-text.ts';

const BOT = 'U0EASELBOT1';

function read(message: Readonly<Record<string, unknown>>): string {
  return textOf(slackMessage.parse({ ts: '1790000000.000100', ...message }), 'C1', BOT);
}

test.each([
  ['', ''],
  ['a fox', 'a fox'],
  ['Fish &amp; chips &lt;3', 'Fish & chips <3'],
  [`<@${BOT}> read this`, 'read this'],
  ['<@U0BOB000002> and <@U0BOB000003|carol>', '@somebody and @carol'],
  ['see <https://example.com/a_b_c|the *plan*>', 'see the *plan*'],
  ['see <https://example.com/_a_>', 'see https://example.com/_a_'],
  ['in <#C024BE7LR|general> <!here>', 'in #general @here'],
  ['done <!date^1392734382^{ago}|2 min ago>', 'done 2 min ago'],
  ['*bold* _slanted_ `code` *_both_*, *<https://x.example|link>*', 'bold slanted code both, link'],
  ['2 * 3 * 4, snake_case, ~5 minutes', '2 * 3 * 4, snake_case, ~5 minutes'],
  ['&gt; what they said\nI agree', 'what they said\nI agree'],
  ['```\nlet a = 1;\n```', 'let a = 1;'],
])('the markup %j says %j', (text, plain) => {
  expect(read({ text })).toBe(plain);
});

const section = (...elements: unknown[]) => ({ type: 'rich_text_section', elements });
const said = (text: string) => ({ type: 'text', text });
const rich = (...elements: unknown[]) => [{ type: 'rich_text', elements }];

test.each([
  [
    'mentions, links and emoji',
    rich(
      section(
        { type: 'user', user_id: BOT },
        said(' ask '),
        { type: 'user', user_id: 'U0BOB000002' },
        said(' about '),
        { type: 'link', url: 'https://example.com', text: 'the plan' },
        said(' or '),
        { type: 'link', url: 'https://example.com' },
        said(' '),
        { type: 'emoji', name: 'thumbsup', unicode: '1f44d-1f3fb' },
        { type: 'emoji', name: 'our_own' },
        { type: 'emoji', name: 'odd', unicode: 'ffffff' },
      ),
    ),
    'ask @somebody about the plan or https://example.com 👍🏻',
  ],
  [
    'lists, quotes and code',
    rich(
      section(said('Two things & one:\n')),
      {
        type: 'rich_text_list',
        style: 'bullet',
        elements: [section(said('*first*')), section(said('second'))],
      },
      { type: 'rich_text_quote', elements: [said('as they said')] },
      { type: 'rich_text_preformatted', elements: [said('a < b')] },
    ),
    'Two things & one:\n\n*first*\nsecond\nas they said\na < b',
  ],
])('rich text with %s', (_, blocks, plain) => {
  expect(read({ blocks, text: 'for notifications' })).toBe(plain);
});

test('blocks of an app say more than its text, and its buttons and small print say nothing', () => {
  const blocks = [
    { type: 'header', text: { type: 'plain_text', text: 'Build 7' } },
    {
      type: 'section',
      text: { type: 'mrkdwn', text: '*failed* &amp; stopped' },
      fields: [{ type: 'plain_text', text: '<none>' }],
    },
    { type: 'markdown', text: '## Why' },
    { type: 'context', elements: [{ type: 'mrkdwn', text: 'by CI' }] },
    {
      type: 'actions',
      elements: [{ type: 'button', text: { type: 'plain_text', text: 'Retry' } }],
    },
    'no block at all',
  ];
  expect(read({ blocks, text: 'short' })).toBe('Build 7\nfailed & stopped\n<none>\n## Why');
  expect(read({ blocks: [{ type: 'divider' }], text: 'short' })).toBe('short');
});

test('what is forwarded is read where nothing is said about it, and no secret of another channel', () => {
  const message_blocks = [{ message: { blocks: rich(section(said('their words'))) } }];
  const forward = { channel_id: 'C2', is_share: true, message_blocks, text: 'x' };
  expect(read({ attachments: [forward] })).toBe('their words');
  expect(read({ text: 'mine', attachments: [forward] })).toBe('mine');
  expect(read({ attachments: [{ text: '*old* app' }] })).toBe('old app');
  expect(read({ attachments: [{ ...forward, is_share: false }] })).toBe('');
});
