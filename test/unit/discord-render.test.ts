import { expect, test } from 'vitest';
import {
  line,
  note,
  ownAddressSchema,
  type Block,
  type Button,
  type Inline,
} from '../../src/message.ts';
import { parseCustomId } from '../../src/platforms/discord/custom-id.ts';
import { render, renderPages } from '../../src/platforms/discord/render.ts';

function makeButton(at: number): Button {
  return {
    label: `Button ${at} ${'y'.repeat(100)}`,
    style: at === 0 ? 'danger' : 'primary',
    command: 'cancel',
    job: `job-${at}`,
  };
}

function renderBlocks(...blocks: Block[]): string {
  return render({ blocks, buttons: [] }).content;
}

test.each<[name: string, block: Block, expected: string]>([
  ['plain words', line('Drawing, 3 of 4.'), 'Drawing, 3 of 4.'],
  ['strong words', line({ kind: 'strong', text: 'Done' }, '!'), '**Done**!'],
  ['code', line({ kind: 'code', text: '/imagine --ar 16:9' }), '`/imagine --ar 16:9`'],
  ['backticks in code', line({ kind: 'code', text: 'a`b\nc' }), '`aˋb c`'],
  ['a moment', line('ends ', { kind: 'moment', at: new Date(12_400) }), 'ends <t:12:R>'],
  ['a note', note('Log: step 2/4'), '-# Log: step 2/4'],
  ['a note of two lines', note('one\ntwo'), '-# one\n-# two'],
  ['a quote', { kind: 'quote', text: 'a fox' }, '> a fox'],
  ['a quote of two lines', { kind: 'quote', text: ' a\r\nb ' }, '> a\n> b'],
  ['control characters', line('a\u0007b\u202Ec'), 'a b c'],
  [
    'markup',
    line('*a* _b_ ~~c~~ ||d|| `e` \\'),
    '\\*a\\* \\_b\\_ \\~\\~c\\~\\~ \\|\\|d\\|\\| \\`e\\` \\\\',
  ],
  ['the beginning of a line', line('# a\n- b\n> c'), '\\# a\n\\- b\n\\> c'],
  ['a masked link', line('[a](https://b.c)'), '\\[a\\](https\\://b.c)'],
  ['marks inside a line', line('nano-banana-pro: 16:9 > 4:3 #1'), 'nano-banana-pro: 16:9 > 4:3 #1'],
  ['subtext', line('-# small\n  ## big'), '\\-# small\n  \\## big'],
  ['a mail address', line('ada@example.org'), 'ada@example.org'],
  ['a ping', line('@everyone <@1>'), '@\u200Beveryone \\<@\u200B1>'],
  ['a fence', line('```\nx\n```'), '\\`\\`\\`\nx\n\\`\\`\\`'],
])('%s', (_, block, expected) => {
  expect(renderBlocks(block)).toBe(expected);
});

test.each<[name: string, to: { platform: string; details: Record<string, string> }, string]>([
  [
    'in a server',
    { platform: 'discord', details: { via: 'bot', guild: '7' } },
    '[the \\[picture\\]](https://discord.com/channels/7/8/9)',
  ],
  [
    'in a direct message',
    { platform: 'discord', details: { via: 'bot', guild: '@me' } },
    '[the \\[picture\\]](https://discord.com/channels/@me/8/9)',
  ],
  ['on another platform', { platform: 'slack', details: {} }, 'the \\[picture\\]'],
])('a link to a message %s', (_, to, expected) => {
  const link: Inline = {
    kind: 'message-link',
    label: 'the [picture]',
    to: { ...to, channel: '8', id: '9' },
  };
  expect(renderBlocks(line(link))).toBe(expected);
});

test.each([
  ['https://easel.example/p/1.2/original?until=3&sign=a_b-c', 'until=3&sign=a_b-c'],
  [
    'https://easel.example/p/1.2/original?until=3&sign=a) <@1> (b',
    'until=3&sign=a%29%20%3C@1%3E%20%28b',
  ],
])('a link to %s stays one link', (address, end) => {
  const link: Inline = {
    kind: 'link',
    label: 'the [file] <@1>',
    address: ownAddressSchema.parse(address),
  };
  expect(renderBlocks(note('x ', link))).toBe(
    `-# x [the \\[file\\] \\<@\u200B1>](https://easel.example/p/1.2/original?${end})`,
  );
});

test('a link is never broken over two messages', () => {
  const address = ownAddressSchema.parse(`https://easel.example/p/${'1'.repeat(300)}/original`);
  const blocks = [line('x'.repeat(1990)), line({ kind: 'link', label: 'Original', address })];
  const pages = renderPages({ blocks, buttons: [] }, 5).map(({ content }) => content);
  expect(pages).toEqual(['x'.repeat(1990), `[Original](${address})`]);
});

test.each(['x', '🦊', '*', 'ab\n', '@everyone ', '\\'])(
  'a long prompt of %j gives way to what follows it and is cut between characters',
  (piece) => {
    const quote: Block = { kind: 'quote', text: piece.repeat(3000) };
    const content = renderBlocks(line('Drawing'), quote, note('Step 3 of 4'));
    expect(content.length).toBeLessThanOrEqual(2000);
    expect(content.length).toBeGreaterThan(1980);
    expect(content).toMatch(/^Drawing\n> [^]*…\n-# Step 3 of 4$/u);
    expect(content.isWellFormed()).toBe(true);
    expect(content).not.toMatch(/(?<!\\)(?:\\\\)*\\…/u);
  },
);

test('several long prompts share the room', () => {
  const quote: Block = { kind: 'quote', text: 'x'.repeat(3000) };
  const content = renderBlocks(quote, line('and'), quote);
  expect(content.length).toBeLessThanOrEqual(2000);
  expect(content.split('…')).toHaveLength(3);
});

test('no text is cut inside markup of our own', () => {
  const link = { kind: 'code', text: '[a](https://b.c)' } as const;
  const content = renderBlocks(line('x'.repeat(1990), link));
  expect(content).toBe(`${'x'.repeat(1990)}…`);
});

test('buttons come in rows of five, and none means that old ones go', () => {
  const { components } = render({
    blocks: [],
    buttons: Array.from({ length: 7 }, (_, at) => makeButton(at)),
  });
  expect(components.map((row) => row.components.length)).toEqual([5, 2]);
  expect(components[0]?.components[0]).toMatchObject({ style: 4, custom_id: 'v1:cancel:job-0' });
  expect(components[0]?.components[1]?.label).toHaveLength(80);
  expect(render({ blocks: [], buttons: [] }).components).toEqual([]);
});

test.each([
  ['v1:cancel:0190-ab', { command: 'cancel', job: '0190-ab' }],
  ['v2:cancel:0190-ab', undefined],
  ['v1:cancel', undefined],
  ['v1:can cel:1', undefined],
  [`v1:cancel:${'1'.repeat(65)}`, undefined],
  ['', undefined],
])('a press of %j is read or refused', (customId, expected) => {
  expect(parseCustomId(customId)).toEqual(expected);
});
