import { describe, expect, test } from 'vitest';
import { acknowledging, card, connectTo, hastyClock, startRig } from './slack-platform-rig.ts';

async function startWithCard() {
  const rig = await startRig({ clock: hastyClock });
  const acknowledged = acknowledging(rig);
  await rig.server.runCommand({ command: '/imagine', text: 'a fox' });
  const status = await acknowledged;
  const shown = () => rig.server.messages(rig.server.channelId);
  return { rig, status, shown };
}
const last = { blocks: [{ kind: 'quote' as const, text: 'done' }], buttons: [] };

describe('edits', () => {
  test('progress that Slack has no room for is dropped at once', async () => {
    const { rig, status, shown } = await startWithCard();
    rig.server.fail({ method: 'chat.update', error: 'ratelimited', retryAfter: 30 });
    await status.update(card('drawing'));
    expect(shown()[0]?.edits).toEqual([]);
    expect(rig.logged.join('')).toContain('a progress edit was dropped');
  });

  test.each([{ error: 'ratelimited' }, { status: 503 }, { dropConnection: 'after' as const }])(
    'the last edit gets through %o',
    async (fault) => {
      const { rig, status, shown } = await startWithCard();
      rig.server.fail({ method: 'chat.update', ...fault });
      await status.update(last);
      expect(shown()[0]?.text).toBe('done');
      expect(shown()[0]?.buttons).toEqual([]);
    },
  );

  test.each(['message_not_found', 'cant_update_message', 'edit_window_closed'])(
    'a message that cannot be edited (%s) is said to be gone for good',
    async (error) => {
      const { rig, status } = await startWithCard();
      rig.server.fail({ method: 'chat.update', error });
      await expect(status.update(last)).rejects.toMatchObject({
        name: 'UpstreamError',
        retryable: false,
      });
    },
  );

  test('a restarted Easel edits the card it finds in the store', async () => {
    const { rig, status, shown } = await startWithCard();
    const another = await connectTo(rig.server, {});
    await another.reopen(JSON.parse(JSON.stringify(status.ref)) as typeof status.ref).update(last);
    expect(shown()).toMatchObject([{ ts: status.ref.id, text: 'done' }]);
  });
});

describe('posts', () => {
  test.each(['before', 'after'] as const)(
    'a card whose answer is lost (%s) is posted once',
    async (dropConnection) => {
      const rig = await startRig({ clock: hastyClock });
      rig.server.fail({ method: 'chat.postMessage', dropConnection });
      const acknowledged = acknowledging(rig);
      await rig.server.runCommand({ command: '/imagine', text: 'a fox' });
      const { ref } = await acknowledged;
      expect(rig.server.messages(rig.server.channelId)).toMatchObject([{ ts: ref.id }]);
    },
  );

  test('a rate limit is waited out', async () => {
    const rig = await startRig({ clock: hastyClock });
    rig.server.fail({ method: 'chat.postMessage', error: 'ratelimited', retryAfter: 1 });
    const acknowledged = acknowledging(rig);
    await rig.server.runCommand({ command: '/imagine', text: 'a fox' });
    await acknowledged;
    expect(rig.server.messages(rig.server.channelId)).toHaveLength(1);
  });

  test('a job whose card was posted just before a crash finds it again, in a channel and in a thread', async () => {
    const { rig, status, shown } = await startWithCard();
    const place = { platform: 'slack', tenant: ':T', channel: rig.server.channelId };
    const found = await rig.platform.post(place, card('a fox'), 'job-1');
    expect(found.ref).toEqual(status.ref);
    const thread = { ...place, thread: status.ref.id };
    const first = await rig.platform.post(thread, last, 'job-1:end');
    const second = await rig.platform.post(thread, last, 'job-1:end');
    expect(second.ref).toEqual(first.ref);
    expect(shown().map(({ threadTs }) => threadTs)).toEqual([undefined, status.ref.id]);
  });
});
