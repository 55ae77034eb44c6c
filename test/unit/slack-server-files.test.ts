/** The loopback Slack's files: three steps up, one guarded way down. */
import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import sharp from 'sharp';
import { startSlackServer, type SlackServer } from '../support/slack/slack-server.ts';

let slack: SlackServer;
let client: WebClient;
let picture: Buffer;

beforeEach(async () => {
  slack = await startSlackServer({ processingMs: 60 });
  client = createClient(slack);
  picture = await sharp({ create: { width: 4, height: 4, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
});
afterEach(() => slack.close());

function createClient({ botToken, apiUrl }: SlackServer): WebClient {
  return new WebClient(botToken, { slackApiUrl: apiUrl, retryConfig: { retries: 0 } });
}

async function announce(length = picture.length) {
  const answer = (await client.apiCall('files.getUploadURLExternal', {
    filename: 'fox.png',
    length,
    alt_txt: 'A red fox',
  })) as { file_id?: string; upload_url?: string };
  return { fileId: answer.file_id ?? '', uploadUrl: answer.upload_url ?? '' };
}

async function upload(): Promise<string> {
  const { fileId, uploadUrl } = await announce();
  const response = await fetch(uploadUrl, { method: 'POST', body: new Uint8Array(picture) });
  expect(await response.text()).toBe(`OK - ${picture.length}`);
  return fileId;
}

const complete = (id: string, place: { channel_id?: string; thread_ts?: string } = {}) =>
  client.apiCall('files.completeUploadExternal', { files: [{ id, title: 'A fox' }], ...place });

test('a picture goes into a thread in three steps, and its share shows up later', async () => {
  const root = await slack.sendMessage({ text: 'draw a fox' });
  const fileId = await upload();

  const completed = await complete(fileId, { channel_id: slack.channelId, thread_ts: root });
  const before = await client.files.info({ file: fileId });
  const message = await slack.waitFor(() =>
    slack.messages(slack.channelId).find(({ files }) => files.length > 0),
  );
  const after = await client.files.info({ file: fileId });

  expect(completed).toMatchObject({ ok: true, files: [{ id: fileId, title: 'A fox' }] });
  expect(completed).not.toHaveProperty('files.0.shares');
  expect(before.file).toMatchObject({ mimetype: '', shares: {} });
  expect(after.file).toMatchObject({
    mimetype: 'image/png',
    alt_txt: 'A red fox',
    shares: { public: { [slack.channelId]: [{ ts: message.ts, thread_ts: root }] } },
  });
  expect(message).toMatchObject({
    threadTs: root,
    fromBot: true,
    files: [{ title: 'A fox', altText: 'A red fox', name: 'fox.png' }],
  });
  expect(message.files[0]?.bytes).toEqual(new Uint8Array(picture));
  expect(slack.violations).toEqual([]);
});

test("the bot is told of its own upload, as by Slack's file_share event", async () => {
  await complete(await upload(), { channel_id: slack.channelId });

  const sent = await slack.waitFor(() => slack.events[0]);

  expect(sent.body.event).toMatchObject({
    type: 'message',
    subtype: 'file_share',
    user: slack.botUserId,
    bot_id: slack.botId,
    files: [{ name: 'fox.png' }],
  });
});

test('several files completed together make one message', async () => {
  const files = [{ id: await upload() }, { id: await upload() }];

  await client.apiCall('files.completeUploadExternal', {
    files,
    channel_id: slack.dmChannelId,
    initial_comment: 'Two of them',
  });

  const message = await slack.waitFor(() => slack.messages(slack.dmChannelId)[0]);
  expect(message.files).toHaveLength(2);
  expect(message.text).toBe('Two of them');
});

test('completing a file again posts it again and is noted', async () => {
  const fileId = await upload();
  await complete(fileId, { channel_id: slack.channelId });
  await complete(fileId, { channel_id: slack.channelId });

  await slack.waitFor(() => slack.messages(slack.channelId).length === 2);

  expect(slack.files[0]?.completions).toBe(2);
  expect(slack.violations).toEqual(['files.completeUploadExternal: fox.png was completed again']);
});

test.each([
  ['before it is shared, which then never happens', true, []],
  ['after it was shared, which leaves the caption', false, [{ text: 'Here', files: [] }]],
])('a file can be taken back %s', async (_when, early, left) => {
  const fileId = await upload();
  await client.apiCall('files.completeUploadExternal', {
    files: [{ id: fileId }],
    channel_id: slack.channelId,
    initial_comment: 'Here',
  });
  if (!early) await slack.waitFor(() => slack.messages(slack.channelId).length === 1);

  await client.files.delete({ file: fileId });
  await new Promise((resolve) => setTimeout(resolve, 90));

  expect(slack.messages(slack.channelId)).toMatchObject(left);
  expect(slack.messages(slack.channelId)).toHaveLength(left.length);
  await expect(client.files.info({ file: fileId })).rejects.toThrow('file_deleted');
});

test('without a channel a file stays private', async () => {
  const fileId = await upload();
  await complete(fileId);

  const file = await slack.waitFor(() => slack.files.find(({ mimetype }) => mimetype !== ''));

  expect(file.id).toBe(fileId);
  expect(file.shares).toEqual([]);
});

test('a workspace may accept a file and share nothing', async () => {
  slack.fail({ method: 'files.completeUploadExternal', sharesNothing: true });
  const fileId = await upload();

  const answer = await complete(fileId, { channel_id: slack.channelId });
  await slack.waitFor(() => slack.files[0]?.mimetype === 'image/png');

  expect(answer.ok).toBe(true);
  expect(slack.messages(slack.channelId)).toEqual([]);
});

test('bytes of another length than announced spoil the upload', async () => {
  const { fileId, uploadUrl } = await announce(picture.length + 1);

  const response = await fetch(uploadUrl, { method: 'POST', body: new Uint8Array(picture) });

  expect(response.status).toBe(400);
  await expect(complete(fileId, { channel_id: slack.channelId })).rejects.toThrow(
    'file_update_failed',
  );
  expect(slack.violations).toHaveLength(1);
});

test("the client library's own helper loses the alt text, and that is noted", async () => {
  await client.filesUploadV2({
    channel_id: slack.channelId,
    file: picture,
    filename: 'fox.png',
    alt_text: 'A red fox',
  });

  const message = await slack.waitFor(() => slack.messages(slack.channelId)[0]);

  expect(message.files).toMatchObject([{ altText: '' }]);
  expect(slack.violations).toEqual(['files.getUploadURLExternal: unknown argument alt_text']);
});

test.each([
  ['a channel that the bot is not in', 'publicChannelId', 'not_in_channel'],
  ['a private channel that it cannot see', 'privateChannelId', 'channel_not_found'],
] as const)('no file is shared into %s', async (_place, channel, error) => {
  await expect(complete(await upload(), { channel_id: slack[channel] })).rejects.toThrow(error);
});

test('a file of a person is read with the bot token only', async () => {
  await slack.sendMessage({
    text: 'edit this',
    files: [{ name: 'dog.png', mimetype: 'image/png', bytes: picture }],
  });
  const event = slack.events[0]?.body.event as { files: { url_private: string }[] } | undefined;
  const url = event?.files[0]?.url_private ?? '';

  const allowed = await fetch(url, { headers: { authorization: `Bearer ${slack.botToken}` } });
  const stranger = await fetch(url);

  expect(new URL(url).host).toBe(slack.fileHost);
  expect(allowed.headers.get('content-type')).toBe('image/png');
  expect(Buffer.from(await allowed.arrayBuffer())).toEqual(picture);
  expect(stranger.status).toBe(200);
  expect(stranger.headers.get('content-type')).toContain('text/html');
});

test('a file shared where the bot is not stays unreadable', async () => {
  await slack.sendMessage({
    text: '',
    channelId: slack.privateChannelId,
    files: [{ name: 'dog.png', mimetype: 'image/png', bytes: picture }],
  });

  await expect(client.files.info({ file: slack.files[0]?.id ?? '' })).rejects.toThrow(
    'file_not_found',
  );
});

test.each([
  [
    'a voice clip',
    { subtype: 'slack_audio' as const },
    { subtype: 'slack_audio', media_display_type: 'audio' },
  ],
  ['a stub of another workspace', { stub: true as const }, { file_access: 'check_file_info' }],
  [
    'a pointer elsewhere',
    { externalUrl: 'https://drive.example/x' },
    { is_external: true, mode: 'external', url_private: 'https://drive.example/x' },
  ],
])('%s looks like it does in Slack', async (_what, extra, wire) => {
  await slack.sendMessage({
    text: '',
    files: [{ name: 'clip.m4a', mimetype: 'audio/mp4', bytes: picture, ...extra }],
  });

  expect(slack.events[0]?.body.event).toMatchObject({ subtype: 'file_share', files: [wire] });
});
