/** The loopback Slack's rules on places, tokens, threads and short-lived ids, and its faults. */
import { text } from 'node:stream/consumers';
import { ErrorCode, WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listen } from '../support/slack/listen.ts';
import { startSlackServer, type SlackServer } from '../support/slack/slack-server.ts';
import { createImpatientClient } from '../support/slack/web-client.ts';

let now = 1_790_000_000_000;
let slack: SlackServer;
let client: WebClient;

beforeEach(async () => {
  slack = await startSlackServer({ now: () => now, acknowledgeWithinMs: 500 });
  client = createImpatientClient(slack, slack.botToken);
});
afterEach(() => slack.close());

async function post(text = 'Hello', channel = slack.channelId): Promise<string> {
  const { ts } = await client.chat.postMessage({ channel, text });
  return ts ?? '';
}

const posting = () => post('x').catch((error: unknown) => error);

const whisper = (channel: string, user: string) =>
  client.chat.postEphemeral({ channel, user, text: 'psst' });

/** The ids that come with a command. */
async function issue(): Promise<{ trigger: string; responseUrl: string }> {
  let form = new URLSearchParams();
  const address = await listen(async (request, response) => {
    form = new URLSearchParams(await text(request));
    response.end();
  });
  slack.deliverVia = { http: address.url };
  await slack.runCommand({ command: '/imagine', text: '' });
  await address.close();
  return { trigger: form.get('trigger_id') ?? '', responseUrl: form.get('response_url') ?? '' };
}

async function respond(url: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify({ text: 'x' }) });
  return { status: response.status, body: await response.json() };
}

describe('places and tokens', () => {
  test('a private channel without the bot does not exist for it', async () => {
    await expect(post('x', slack.privateChannelId)).rejects.toThrow('channel_not_found');
    await expect(client.conversations.info({ channel: slack.privateChannelId })).rejects.toThrow(
      'channel_not_found',
    );
  });

  test('a public channel takes posts from outside only with the scope for it', async () => {
    const strict = await startSlackServer({ scopes: ['chat:write'] });
    const outsider = new WebClient(strict.botToken, { slackApiUrl: strict.apiUrl });

    await post('x', slack.publicChannelId);
    const refused = outsider.chat.postMessage({ channel: strict.publicChannelId, text: 'x' });

    await expect(refused).rejects.toThrow('not_in_channel');
    await expect(outsider.users.info({ user: strict.userId })).rejects.toThrow('missing_scope');
    await strict.close();
  });

  test('the bot joins a public channel by itself', async () => {
    await client.conversations.join({ channel: slack.publicChannelId });

    const { channel } = await client.conversations.info({ channel: slack.publicChannelId });
    expect(channel).toMatchObject({ is_member: true, is_private: false });
  });

  test('an ephemeral message needs a person who is there', async () => {
    await whisper(slack.channelId, slack.userId);

    await expect(whisper(slack.dmChannelId, slack.otherUserId)).rejects.toThrow(
      'user_not_in_channel',
    );
    expect(slack.ephemerals(slack.channelId)).toMatchObject([
      { text: 'psst', by: 'chat.postEphemeral' },
    ]);
  });

  test.each([
    ['no token', '', 'not_authed'],
    ['a foreign token', 'xoxb-foreign', 'invalid_auth'],
    ['the token of the app', 'xapp', 'not_allowed_token_type'],
  ])('%s is refused', async (_what, token, error) => {
    const stranger = createImpatientClient(slack, token === 'xapp' ? slack.appToken : token);

    await expect(stranger.auth.test()).rejects.toThrow(error);
  });

  test('a thread hangs on its first message', async () => {
    const root = await post('root');
    const reply = await slack.sendMessage({ text: 'reply', threadTs: root });

    await client.chat.postMessage({ channel: slack.channelId, text: 'x', thread_ts: root });
    expect(slack.violations).toEqual([]);
    await client.chat.postMessage({ channel: slack.channelId, text: 'x', thread_ts: reply });

    expect(slack.violations).toHaveLength(1);
    const { messages } = await client.conversations.replies({ channel: slack.channelId, ts: root });
    expect(messages?.map(({ text }) => text)).toEqual(['root', 'reply', 'x']);
    expect(messages?.[0]).toMatchObject({ thread_ts: root, reply_count: 2 });
  });

  test("metadata comes back when it is asked for, which is how a post's fate is found out", async () => {
    const metadata = { event_type: 'job', event_payload: { job: 'j1' } };
    await client.chat.postMessage({ channel: slack.channelId, text: 'x', metadata });

    const { messages } = await client.conversations.history({
      channel: slack.channelId,
      include_all_metadata: true,
    });

    expect(messages).toMatchObject([{ text: 'x', bot_id: slack.botId, metadata }]);
  });
});

describe('faults', () => {
  test.each([
    [{ error: 'internal_error' }, { data: { error: 'internal_error' } }, 0],
    [{ error: 'ratelimited', retryAfter: 7 }, { retryAfter: 7 }, 0],
    [{ status: 503 }, { statusCode: 503 }, 0],
    [{ dropConnection: 'before' as const }, { code: ErrorCode.RequestError }, 0],
    [{ dropConnection: 'after' as const }, { code: ErrorCode.RequestError }, 1],
  ])('%j is what the client sees', async (fault, seen, posted) => {
    slack.fail({ method: 'chat.postMessage', ...fault });

    expect(await posting()).toMatchObject(seen);
    expect(slack.messages(slack.channelId)).toHaveLength(posted);
    expect(slack.tooManyRequests).toBe(0);
    expect(await posting()).toEqual(expect.any(String));
  });

  test('a slow call still goes well, and a fault lasts as often as it was asked for', async () => {
    slack.fail({ method: 'chat.postMessage', times: 2, delayMs: 40 });
    const started = performance.now();

    await posting();
    await posting();

    expect(performance.now() - started).toBeGreaterThanOrEqual(75);
    expect(slack.messages(slack.channelId)).toHaveLength(2);
  });

  test('every call is written down with what became of it', async () => {
    slack.fail({ method: 'chat.postMessage', dropConnection: 'before' });
    await posting();
    await posting();

    expect(slack.journal).toMatchObject([
      { method: 'chat.postMessage', status: 0, args: { text: 'x' } },
      { method: 'chat.postMessage', status: 200, error: '', token: slack.botToken },
    ]);
  });
});

describe('short-lived addresses', () => {
  const view = {
    type: 'modal' as const,
    title: { type: 'plain_text' as const, text: 'Form' },
    blocks: [{ type: 'divider' as const }],
  };
  test('a trigger opens one form', async () => {
    const { trigger } = await issue();
    const open = () => client.views.open({ trigger_id: trigger, view });

    await open();

    await expect(open()).rejects.toThrow('exchanged_trigger_id');
  });

  test('a trigger lives for three seconds', async () => {
    const { trigger } = await issue();
    now += 3001;

    await expect(client.views.open({ trigger_id: trigger, view })).rejects.toThrow(
      'expired_trigger_id',
    );
  });

  test('a form is updated by its id, and not from an old state', async () => {
    const { trigger } = await issue();
    const opened = await client.views.open({ trigger_id: trigger, view });
    const stale = { view_id: opened.view?.id ?? '', hash: opened.view?.hash ?? '', view };

    await client.views.update(stale);

    await expect(client.views.update(stale)).rejects.toThrow('hash_conflict');
  });

  test('a response address answers five times', async () => {
    const { responseUrl } = await issue();
    for (let count = 0; count < 5; count += 1) {
      expect(await respond(responseUrl)).toMatchObject({ status: 200 });
    }

    expect(await respond(responseUrl)).toEqual({
      status: 404,
      body: { ok: false, error: 'used_url' },
    });
    expect(slack.ephemerals(slack.channelId)).toHaveLength(5);
  });

  test('a response address lives for half an hour', async () => {
    const { responseUrl } = await issue();
    now += 30 * 60_000 + 1;

    expect(await respond(responseUrl)).toMatchObject({ body: { error: 'expired_url' } });
  });
});
