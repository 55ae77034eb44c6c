/** The loopback Slack's pace and sizes, and whom a message rings. */
import { existsSync, readFileSync } from 'node:fs';
import { ErrorCode, type WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { methodTiers } from '../support/slack/limits.ts';
import { startSlackServer, type SlackServer } from '../support/slack/slack-server.ts';
import { createImpatientClient } from '../support/slack/web-client.ts';

let now = 1_790_000_000_000;
let slack: SlackServer;
let client: WebClient;

beforeEach(async () => {
  slack = await startSlackServer({ now: () => now, acknowledgeWithinMs: 50 });
  client = createImpatientClient(slack, slack.botToken);
});
afterEach(() => slack.close());

async function post(text = 'Hello', channel = slack.channelId): Promise<string> {
  const { ts } = await client.chat.postMessage({ channel, text });
  return ts ?? '';
}

const section = (length: number) => ({
  type: 'section' as const,
  text: { type: 'plain_text' as const, text: 'x'.repeat(length) },
});
const buttonWith = (parts: object) => ({
  type: 'actions',
  elements: [{ type: 'button', text: { type: 'plain_text', text: 'Go' }, ...parts }],
});

describe('pace', () => {
  test('the 51st edit within a minute is refused until the minute is over', async () => {
    const ts = await post();
    const update = () => client.chat.update({ channel: slack.channelId, ts, text: 'x' });
    for (let count = 0; count < 50; count += 1) await update();

    const refusal: unknown = await update().catch((error: unknown) => error);
    now += 59_000;
    const stillEarly: unknown = await update().catch((error: unknown) => error);
    now += 1000;
    await update();

    expect(refusal).toMatchObject({ code: ErrorCode.RateLimitedError, retryAfter: 60 });
    expect(stillEarly).toMatchObject({ retryAfter: 1 });
    expect(slack.tooManyRequests).toBe(2);
  });

  test('one channel takes a short burst and then one message per second', async () => {
    for (let count = 0; count < 10; count += 1) await post();

    await expect(post()).rejects.toMatchObject({ retryAfter: 1 });
    await post('elsewhere', slack.dmChannelId);
    now += 1000;
    await post('later');

    expect(slack.messages(slack.channelId)).toHaveLength(11);
  });

  test("the tiers are Slack's", () => {
    const path = new URL('../../../shared/specs/slack/rate_limit_tiers.json', import.meta.url);
    if (!existsSync(path)) return;
    const published = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
    const disputed = new Set(['apps.connections.open', 'views.open', 'views.update']);

    const differing = Object.entries(methodTiers).filter(
      ([method, tier]) =>
        tier !== published[method]?.replace(/^SpecialTier.*/u, 'special') && !disputed.has(method),
    );

    expect(differing).toEqual([]);
  });
});

describe('sizes', () => {
  test.each([
    ['51 blocks', Array.from({ length: 51 }, () => ({ type: 'divider' })), 'invalid_blocks'],
    ['a long section', [section(3001)], 'invalid_blocks'],
    ['an empty section', [section(0)], 'invalid_blocks'],
    ['a section without anything', [{ type: 'section' }], 'invalid_blocks'],
    ['a long button value', [buttonWith({ value: 'x'.repeat(2001) })], 'invalid_blocks'],
    ['a long action id', [buttonWith({ action_id: 'x'.repeat(256) })], 'invalid_blocks'],
    ['a disabled button', [buttonWith({ disabled: true })], 'invalid_blocks'],
    [
      'a picture without alt text',
      [{ type: 'image', image_url: 'https://a.b/c' }],
      'invalid_blocks',
    ],
    ['an unknown block', [{ type: 'gallery' }], 'invalid_blocks'],
    [
      'a block id twice',
      [
        { type: 'divider', block_id: 'a' },
        { type: 'divider', block_id: 'a' },
      ],
      'invalid_blocks',
    ],
    ['too much together', Array.from({ length: 5 }, () => section(2900)), 'msg_blocks_too_long'],
    [
      'an unprocessed picture',
      [{ type: 'image', slack_file: { id: 'F1' }, alt_text: 'x' }],
      'invalid_blocks',
    ],
  ])('%s is refused', async (_what, blocks, error) => {
    const call = client.apiCall('chat.postMessage', {
      channel: slack.channelId,
      text: 'x',
      blocks,
    });

    await expect(call).rejects.toThrow(error);
    expect(slack.violations).not.toEqual([]);
    expect(slack.messages(slack.channelId)).toEqual([]);
  });

  test('what fits to the letter is taken', async () => {
    await client.apiCall('chat.postMessage', {
      channel: slack.channelId,
      text: 'x',
      blocks: [section(3000), buttonWith({ value: 'x'.repeat(2000), action_id: 'x'.repeat(255) })],
    });

    expect(slack.violations).toEqual([]);
  });

  test('an edit takes 4,000 characters and no more', async () => {
    const ts = await post();
    const update = (length: number) =>
      client.chat.update({ channel: slack.channelId, ts, text: 'x'.repeat(length) });

    await update(4000);

    await expect(update(4001)).rejects.toThrow('msg_too_long');
  });

  test('blocks without a text are posted and noted', async () => {
    await client.apiCall('chat.postMessage', { channel: slack.channelId, blocks: [section(3)] });

    expect(slack.messages(slack.channelId)).toHaveLength(1);
    expect(slack.violations).toHaveLength(1);
  });

  test('an argument that no page lists is noted', async () => {
    await client.apiCall('chat.postMessage', {
      channel: slack.channelId,
      text: 'x',
      colour: 'red',
    });

    expect(slack.violations).toEqual(['chat.postMessage: unknown argument colour']);
  });
});

describe('edits', () => {
  test('text alone removes the blocks and their buttons', async () => {
    const blocks = [{ type: 'divider' as const }];
    const { ts = '' } = await client.chat.postMessage({
      channel: slack.channelId,
      text: 'x',
      blocks,
    });

    await client.chat.update({ channel: slack.channelId, ts, text: 'y' });

    expect(slack.messages(slack.channelId)).toMatchObject([
      { text: 'y', blocks: [], edits: [{ text: 'x', blocks }] },
    ]);
  });

  test('rich text is not exchanged for other blocks', async () => {
    const section = { type: 'rich_text_section', elements: [{ type: 'text', text: 'x' }] };
    await client.apiCall('chat.postMessage', {
      channel: slack.channelId,
      text: 'x',
      blocks: [{ type: 'rich_text', elements: [section] }],
    });
    const ts = slack.messages(slack.channelId)[0]?.ts;

    const update = client.apiCall('chat.update', {
      channel: slack.channelId,
      ts,
      text: 'y',
      blocks: [{ type: 'divider' }],
    });

    await expect(update).rejects.toThrow('block_mismatch');
  });

  test("other people's and deleted messages cannot be edited", async () => {
    const foreign = await slack.sendMessage({ text: 'mine' });
    const own = await post();
    await client.chat.delete({ channel: slack.channelId, ts: own });
    const update = (ts: string) => client.chat.update({ channel: slack.channelId, ts, text: 'x' });

    await expect(update(foreign)).rejects.toThrow('cant_update_message');
    await expect(update(own)).rejects.toThrow('message_not_found');
  });
});

test.each([
  ['an escaped channel call', '&lt;!channel&gt; @here', []],
  ['a channel call', '<!channel>', ['channel']],
  ['a labelled call', '<!here|here>', ['here']],
  ['a group', '<!subteam^S012|@team>', ['subteam^S012']],
  ['a person', '<@U0ALICE0001>', ['U0ALICE0001']],
  ['a link', '<https://example.com|<!x>', []],
])('%s in a text rings as in Slack', async (_what, text, pings) => {
  await post(text);

  expect(slack.messages(slack.channelId)[0]?.pings).toEqual(pings);
});

test('mrkdwn and rich text ring, plain text does not', async () => {
  await client.apiCall('chat.postMessage', {
    channel: slack.channelId,
    text: 'x',
    blocks: [
      { type: 'section', text: { type: 'plain_text', text: '<!channel>' } },
      { type: 'section', text: { type: 'mrkdwn', text: '<!here>' } },
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: '<!channel>' },
              { type: 'broadcast', range: 'everyone' },
            ],
          },
        ],
      },
    ],
  });

  expect(slack.messages(slack.channelId)[0]?.pings).toEqual(['here', 'everyone']);
});
