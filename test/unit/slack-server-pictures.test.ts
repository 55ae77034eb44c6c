/** The loopback Slack's pictures in conversations: threads, forwards, previews, members, links. */
import { text } from 'node:stream/consumers';
import type { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listen } from '../support/slack/listen.ts';
import { startSlackServer, type SlackServer } from '../support/slack/slack-server.ts';
import { createImpatientClient } from '../support/slack/web-client.ts';

let slack: SlackServer;
let client: WebClient;

beforeEach(async () => {
  slack = await startSlackServer({ acknowledgeWithinMs: 50, membersPerPage: 2 });
  client = createImpatientClient(slack, slack.botToken);
});
afterEach(() => slack.close());

const fox = { name: 'fox.png', mimetype: 'image/png', bytes: new Uint8Array([1, 2, 3]) };

test('every page of a thread begins with its root', async () => {
  const root = await slack.sendMessage({ text: 'look', files: [fox] });
  const replies: string[] = [];
  for (const text of ['one', 'two', 'three']) {
    replies.push(await slack.sendMessage({ text, threadTs: root }));
  }
  const page = { channel: slack.channelId, ts: root, limit: 2, latest: replies[2] ?? '' };

  const first = await client.conversations.replies(page);
  const later = await client.conversations.replies({ ...page, oldest: replies[0] ?? '' });

  expect(first.messages?.map(({ ts }) => ts)).toEqual([root, replies[0], replies[1]]);
  expect(first.messages?.[0]).toMatchObject({ files: [{ mimetype: 'image/png' }] });
  expect(later.messages?.map(({ ts }) => ts)).toEqual([root, replies[1]]);
});

test('a forwarded message hangs on the new one with its files, which stay where they were', async () => {
  const original = await slack.sendMessage({
    channelId: slack.privateChannelId,
    text: 'ours',
    files: [fox],
  });
  const ts = await slack.sendMessage({
    text: 'see',
    forwards: { channelId: slack.privateChannelId, ts: original },
  });

  const { messages } = await client.conversations.history({ channel: slack.channelId });

  expect(messages?.find((message) => message.ts === ts)).toMatchObject({
    attachments: [{ is_share: true, channel_id: slack.privateChannelId, files: [fox].map(named) }],
  });
  const id = slack.files[0]?.id ?? '';
  await expect(client.files.info({ file: id })).rejects.toThrow('file_not_found');
});

test('the preview of a link comes a moment after its message', async () => {
  await slack.sendMessage({ text: 'see', previews: ['https://example.com/fox.png'] });

  const [message] = slack.messages(slack.channelId);
  expect(message?.attachments).toMatchObject([{ image_url: 'https://example.com/fox.png' }]);
  expect(slack.events.map(({ body }) => body.event['subtype'])).toEqual([
    undefined,
    'message_changed',
  ]);
});

test('another app posts under its own name, blocks and files included', async () => {
  const ts = slack.postAsApp({ text: 'chart', files: [fox], blocks: [{ type: 'divider' }] });

  const { messages } = await client.conversations.history({ channel: slack.channelId });
  expect(messages).toMatchObject([
    { ts, bot_id: 'B0OTHERAPP1', files: [{ name: 'fox.png' }], blocks: [{ type: 'divider' }] },
  ]);
  const file = slack.files[0]?.id ?? '';
  expect((await client.files.info({ file })).file?.name).toBe('fox.png');
});

test('members come in pages, and only of places that the bot may look into', async () => {
  const channel = slack.channelId;
  const first = await client.conversations.members({ channel, limit: 100 });
  const cursor = first.response_metadata?.next_cursor ?? '';
  const second = await client.conversations.members({ channel, limit: 100, cursor });

  expect([first.members, second.members]).toEqual([
    [slack.userId, slack.otherUserId],
    [slack.adminUserId, slack.newcomerUserId],
  ]);
  await expect(client.conversations.members({ channel: slack.privateChannelId })).rejects.toThrow(
    'channel_not_found',
  );
});

test('looking at members and people takes a permission each', async () => {
  const strict = await startSlackServer({ scopes: ['chat:write'] });
  const poor = createImpatientClient(strict, strict.botToken);

  await expect(poor.conversations.members({ channel: strict.channelId })).rejects.toMatchObject({
    data: { error: 'missing_scope', needed: 'channels:read' },
  });
  await expect(poor.users.info({ user: strict.userId })).rejects.toMatchObject({
    data: { error: 'missing_scope', needed: 'users:read' },
  });
  await strict.close();
});

test('a button of what one person alone was told can be pressed, but brings no message along', async () => {
  const { bodies, close } = await listenToPresses();
  const channel = slack.channelId;
  const root = await slack.sendMessage({ text: 'look' });
  const blocks = [
    {
      type: 'actions',
      elements: [{ type: 'button', text: { type: 'plain_text', text: '1' }, value: 'x' }],
    },
  ];
  const told = { channel, user: slack.userId, text: 'Which?', blocks, thread_ts: root };
  await client.apiCall('chat.postEphemeral', told);
  const ts = slack.ephemerals(channel)[0]?.ts ?? '';

  await slack.pressButton({ channelId: channel, ts, label: '1' });
  await close();

  expect(bodies).toMatchObject([
    {
      container: { message_ts: ts, is_ephemeral: true, thread_ts: root },
      actions: [{ value: 'x' }],
    },
  ]);
  expect(bodies[0]).not.toHaveProperty('message');
});

test('an admin of the workspace is told from the others', async () => {
  expect(await isAdmin(slack.adminUserId)).toBe(true);
  expect(await isAdmin(slack.userId)).toBe(false);
});

test('the link of a reply names its thread', async () => {
  const root = await slack.sendMessage({ text: 'look' });
  const reply = await slack.sendMessage({ text: 'where?', threadTs: root });
  const channel = slack.channelId;

  const { permalink } = await client.chat.getPermalink({ channel, message_ts: reply });

  const path = `https://easel-test.slack.com/archives/${channel}`;
  expect(permalink).toBe(`${path}/p${reply.replace('.', '')}?thread_ts=${root}&cid=${channel}`);
  expect(slack.linkTo(channel, root)).toBe(`${path}/p${root.replace('.', '')}`);
});

async function listenToPresses() {
  const bodies: unknown[] = [];
  const address = await listen(async (request, response) => {
    const payload = new URLSearchParams(await text(request)).get('payload');
    if (payload !== null) bodies.push(JSON.parse(payload));
    response.end();
  });
  slack.deliverVia = { http: address.url };
  return { bodies, close: () => address.close() };
}

async function isAdmin(user: string): Promise<boolean | undefined> {
  return (await client.users.info({ user })).user?.is_admin;
}

function named({ name }: { readonly name: string }) {
  return expect.objectContaining({ name }) as unknown;
}
