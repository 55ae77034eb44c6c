/** Recordings on Slack: which of them are orders, what they are about, and what a message says. */
import { describe, expect, test } from 'vitest';
import { message } from '../../src/message.ts';
import type { AnsweredMessage, Invocation } from '../../src/platforms/platform.ts';
import type { PlaceSettings } from '../../src/pictures/place-settings.ts';
import type { SentFile, SentMessage } from '../support/slack/slack-types.ts';
import { blockIdsOf } from '../support/slack/view-values.ts';
import { acknowledging, deliveryOf, hastyClock, startRig, type Rig } from './slack-platform-rig.ts';

const M4A = new Uint8Array([0, 0, 0, 24, ...Buffer.from('ftypM4A ')]);
const clip: SentFile = {
  name: 'audio_message.m4a',
  mimetype: 'audio/mp4',
  bytes: M4A,
  subtype: 'slack_audio',
  seconds: 7,
};
const fox: SentFile = { name: 'fox.png', mimetype: 'image/png', bytes: new Uint8Array([1, 2]) };

function settings(change: Partial<PlaceSettings>) {
  const read: PlaceSettings = { replies: 'mention', voice: 'off', ...change };
  return { pictures: { settingsOf: async () => read } };
}

/** Sends something and waits until Easel has dealt with all that Slack told it. */
async function say(rig: Rig, sent: Omit<SentMessage, 'text'> & { readonly text?: string }) {
  const ts = await rig.server.sendMessage({ text: '', ...sent });
  await settle(rig);
  return ts;
}

async function settle({ server }: Rig): Promise<void> {
  await server.waitFor(() => server.events.every(({ attempts }) => attempts.length > 0));
}

function wishes({ invocations }: Rig) {
  return invocations.map(({ commandName, options, attachments }) => ({
    commandName,
    options,
    files: attachments.map(({ fileName }) => fileName),
  }));
}

function namesOf(refs: AnsweredMessage['files'] | undefined): readonly string[] | undefined {
  return refs?.map(({ fileName }) => fileName);
}

async function answeredBy(rig: Rig, sent: SentMessage): Promise<AnsweredMessage | undefined> {
  await say(rig, { mentionsBot: true, ...sent });
  return rig.invocations.at(-1)?.readAnswered();
}

describe('a recording that is said to Easel without words', () => {
  test('in a direct message is an order, and so is one with a mention: each once', async () => {
    const rig = await startRig({ clock: hastyClock });
    await say(rig, { channelId: rig.server.dmChannelId, files: [clip] });
    await say(rig, { mentionsBot: true, files: [clip] });
    const hear = { commandName: 'hear', options: {}, files: ['audio_message.m4a'] };
    expect(wishes(rig)).toEqual([hear, hear]);
    expect(rig.invocations[1]?.attachments[0]).toMatchObject({
      claimedType: 'audio/mp4',
      bytes: M4A.length,
      url: expect.stringContaining('/files-pri/') as unknown,
    });
    expect(await rig.invocations[0]?.readAnswered()).toBeUndefined();
    expect(rig.invocations[1]?.place.thread).toBeUndefined();
  });

  test('in a thread is about the newest picture, and not about itself', async () => {
    const rig = await startRig({ clock: hastyClock });
    const root = await say(rig, { files: [fox] });
    await say(rig, { threadTs: root, files: [{ ...clip, name: 'earlier.m4a' }] });
    const answered = await answeredBy(rig, { text: '', threadTs: root, files: [clip] });
    expect(wishes(rig)).toMatchObject([{ commandName: 'hear', files: ['audio_message.m4a'] }]);
    expect(answered).toMatchObject({ message: { id: root }, nearer: [] });
    expect([namesOf(answered?.files), namesOf(answered?.recordings)]).toEqual([
      ['fox.png'],
      ['earlier.m4a'],
    ]);
  });

  test('needs no mention below Easel’s pictures where a channel wants any reply', async () => {
    const rig = await startRig({ clock: hastyClock, ...settings({ replies: 'any' }) });
    const root = await say(rig, { files: [fox] });
    const acknowledged = acknowledging(rig);
    await say(rig, { text: 'bluer', threadTs: root, mentionsBot: true });
    await (await acknowledged).deliver(deliveryOf([await rig.makeFile('blue.png')]));
    rig.act(() => Promise.resolve());
    await say(rig, { threadTs: root, files: [clip] });
    await say(rig, { threadTs: root, files: [fox] });
    await say(rig, { threadTs: root, files: [{ ...fox, stub: true }] });
    expect(wishes(rig).slice(1)).toMatchObject([{ commandName: 'hear', options: {} }]);
    expect(namesOf((await rig.invocations[1]?.readAnswered())?.files)).toEqual(['blue.png']);
  });

  test.each<[string, Partial<SentFile>]>([
    ['a clip in a film’s clothes', { mimetype: 'video/mp4', name: 'audio_message.mp4' }],
    ['a clip of a browser', { mimetype: 'audio/webm', name: 'audio_message.webm' }],
    ['a clip that Slack still works on', { mimetype: '' }],
    ['a filmed clip', { mimetype: 'video/mp4', name: 'clip.mp4', subtype: 'slack_video' }],
    ['a clip from a shared channel', { stub: true }],
  ])('may be %s', async (_, change) => {
    const rig = await startRig({ clock: hastyClock });
    await say(rig, { mentionsBot: true, files: [{ ...clip, ...change }] });
    expect(wishes(rig)).toMatchObject([{ commandName: 'hear' }]);
    const [attachment] = rig.invocations[0]?.attachments ?? [];
    expect(attachment?.claimedType).toMatch(/^(?:audio|video)\//u);
    expect(attachment?.fileName).toBe(change.name ?? clip.name);
  });

  test.each([
    ['song.mp3', 'audio/mpeg'],
    ['holiday.mov', 'video/quicktime'],
    ['call.ogg', 'application/ogg'],
    ['note.opus', 'application/octet-stream'],
  ])('may be an upload: %s as %s', async (name, mimetype) => {
    const rig = await startRig({ clock: hastyClock });
    const file = { name, mimetype, bytes: new Uint8Array([1]) };
    await say(rig, { channelId: rig.server.dmChannelId, files: [file] });
    expect(wishes(rig)).toMatchObject([{ commandName: 'hear', files: [name] }]);
  });

  test.each([
    ['a picture', fox],
    ['a pointer to another host', { ...clip, externalUrl: 'https://drive.example/song' }],
  ])('is not %s: one is asked what one wants', async (_, file) => {
    const rig = await startRig({ clock: hastyClock });
    await say(rig, { mentionsBot: true, files: [file] });
    expect(rig.invocations).toEqual([]);
    expect(rig.server.ephemerals(rig.server.channelId)[0]?.text).toMatch(/Say what you want/u);
  });
});

test('with words a recording goes along with what they mean', async () => {
  const rig = await startRig({ clock: hastyClock });
  await say(rig, { text: 'transcribe --speakers', mentionsBot: true, files: [clip] });
  await say(rig, { text: 'a fox', channelId: rig.server.dmChannelId, files: [clip] });
  expect(wishes(rig)).toEqual([
    { commandName: 'transcribe', options: { speakers: 'true' }, files: ['audio_message.m4a'] },
    { commandName: 'imagine', options: { prompt: 'a fox' }, files: ['audio_message.m4a'] },
  ]);
});

describe('in a channel that wants recordings written down', () => {
  const listening = { clock: hastyClock, ...settings({ voice: 'transcribe' }) };

  test('what somebody records is, below it, whatever they write along', async () => {
    const rig = await startRig(listening);
    const { server } = rig;
    const acknowledged = acknowledging(rig);
    const files = [fox, { ...clip, stub: true as const }, { ...clip, name: 'second.m4a' }];
    const ts = await say(rig, { text: 'as I said', files, user: server.otherUserId });
    const status = await acknowledged;
    await status.deliver(deliveryOf([], {}, message({ kind: 'quote', text: 'Hello there.' })));
    expect(rig.invocations).toMatchObject([
      {
        commandName: 'transcribe',
        options: {},
        person: { id: server.otherUserId },
        place: { channel: server.channelId, thread: ts },
      },
    ]);
    expect(wishes(rig)[0]?.files).toEqual(['audio_message.m4a', 'second.m4a']);
    const posted = server.messages(server.channelId).filter(({ fromBot }) => fromBot);
    expect(posted.map(({ threadTs }) => threadTs)).toEqual([ts, ts]);
    expect(await rig.invocations[0]?.readAnswered()).toBeUndefined();
  });

  test('in a thread it stays there', async () => {
    const rig = await startRig(listening);
    const root = await say(rig, { text: 'how was it?' });
    await say(rig, { threadTs: root, files: [clip] });
    expect(rig.invocations[0]?.place.thread).toBe(root);
  });

  test('what is said to Easel is an order alone, told of twice or not', async () => {
    const rig = await startRig(listening);
    await say(rig, { mentionsBot: true, files: [clip] });
    await say(rig, { text: 'transcribe', mentionsBot: true, files: [clip] });
    await say(rig, { channelId: rig.server.dmChannelId, files: [clip] });
    await say(rig, { files: [clip] });
    for (const event of rig.server.events) await rig.server.redeliver(event, 'timeout');
    expect(rig.invocations.map(({ commandName }) => commandName)).toEqual([
      'hear',
      'transcribe',
      'hear',
      'transcribe',
    ]);
  });

  test('nothing else is, and only for recordings the channel’s wish is looked up', async () => {
    const asked: string[] = [];
    const settingsOf = async ({ channel }: Invocation['place']): Promise<PlaceSettings> => {
      asked.push(channel);
      return { replies: 'mention', voice: 'transcribe' };
    };
    const rig = await startRig({ clock: hastyClock, pictures: { settingsOf } });
    const { server } = rig;
    const { dmChannelId, channelId, userId } = server;
    server.postAsApp({ text: 'a podcast', files: [clip] });
    await say(rig, { text: 'just words' });
    await say(rig, { files: [fox, { ...clip, externalUrl: 'https://drive.example/song' }] });
    const acknowledged = acknowledging(rig);
    await server.runCommand({ command: '/imagine', text: 'a song' });
    const speech = { ...(await rig.makeFile('speech.mp3')), contentType: 'audio/mpeg' };
    await (await acknowledged).deliver(deliveryOf([speech]));
    const changed = { user: userId, text: 'x', files: [{ id: 'F1', mimetype: 'audio/mp4' }] };
    const common = { type: 'message', channel: channelId, channel_type: 'channel' };
    const ts = '1700000000.000100';
    const gone = [
      { id: 'F2', mode: 'tombstone', mimetype: 'audio/mp4' },
      { id: 'F3', mode: 'hidden_by_limit' },
    ];
    server.sendEvent({ ...common, ts, subtype: 'message_changed', message: changed });
    server.sendEvent({ ...common, ts, subtype: 'file_share', user: userId, files: gone });
    await settle(rig);
    expect(asked).toEqual([]);
    const unreadable = [{ id: 'F0000000404', mode: 'file_access', file_access: 'check_file_info' }];
    server.sendEvent({ ...common, ts, subtype: 'file_share', user: userId, files: unreadable });
    await settle(rig);
    expect(asked).toEqual([channelId]);
    expect(wishes(rig).map(({ commandName }) => commandName)).toEqual(['imagine']);
    expect([channelId, dmChannelId].flatMap((id) => server.ephemerals(id))).toEqual([]);
  });

  test('elsewhere nothing is written down unasked', async () => {
    const rig = await startRig({ clock: hastyClock, ...settings({ replies: 'any' }) });
    await say(rig, { files: [clip] });
    expect(rig.invocations).toEqual([]);
  });
});

describe('what a thread is about', () => {
  test('are its newest recordings and what people said last, whatever else is there', async () => {
    const rig = await startRig({ clock: hastyClock });
    const root = await say(rig, { files: [fox] });
    await say(rig, { text: 'older', threadTs: root, files: [clip] });
    const files = ['one.mp3', 'two.mp3'].map((name) => ({ ...clip, name }));
    await say(rig, { text: 'Fish & <chips>, *now*?', threadTs: root, files });
    const answered = await answeredBy(rig, { text: 'transcribe', threadTs: root });
    await say(rig, { text: 'later', threadTs: root, files: [{ ...clip, name: 'later.m4a' }] });
    expect(rig.invocations[0]).toMatchObject({ commandName: 'transcribe', attachments: [] });
    expect(answered?.text).toBe('Fish & <chips>, *now*?');
    expect(namesOf(answered?.recordings)).toEqual(['one.mp3', 'two.mp3']);
    expect(answered?.message.id).toBe(root);
    const again = await answeredBy(rig, { text: 'speak', threadTs: root });
    expect(again?.text).toBe('later');
  });

  test('may be a transcript: Easel’s own words since the last picture are told, newest first', async () => {
    const rig = await startRig({ clock: hastyClock });
    const { server } = rig;
    const root = await say(rig, { files: [clip] });
    const acknowledged = acknowledging(rig);
    await say(rig, { text: 'transcribe', threadTs: root, mentionsBot: true });
    const status = await acknowledged;
    const transcript = message({ kind: 'quote', text: 'word '.repeat(4000) });
    const pages = await status.deliver(deliveryOf([], {}, transcript));
    rig.act(() => Promise.resolve());
    const words = { text: 'Kowalski, not Kovalsky', threadTs: root };
    const first = await answeredBy(rig, words);
    expect(pages).toHaveLength(2);
    const own = [...pages.map(({ ref }) => ref).toReversed(), status.ref];
    expect(first).toEqual({
      message: { ...status.ref, id: root },
      files: [],
      recordings: [expect.objectContaining({ fileName: 'audio_message.m4a' }) as unknown],
      text: expect.stringMatching(/^word word/u) as unknown,
      nearer: own,
    });
    const picture = await say(rig, { threadTs: root, files: [fox] });
    const second = await answeredBy(rig, words);
    expect([second?.message.id, second?.nearer]).toEqual([picture, []]);
    server.postAsApp({ text: 'not Easel’s', threadTs: root });
    const reopened = rig.platform.reopen(status.ref);
    const [page] = await reopened.deliver({ ...deliveryOf([], {}, message()), key: 'job-2' });
    const third = await answeredBy(rig, words);
    expect([third?.message.id, third?.nearer]).toEqual([picture, [page?.ref]]);
  });
});

/** What an entry in a message’s menu becomes. */
async function choose(rig: Rig, callbackId: string, ts: string, channelId?: string) {
  const { server, invocations } = rig;
  const at = invocations.length;
  const choice = { callbackId, ts, channelId: channelId ?? server.channelId };
  expect((await server.messageShortcut(choice)).errors).toEqual([]);
  const invocation = await server.waitFor(() => invocations[at]);
  return { invocation, answered: await invocation.readAnswered() };
}

describe('the menu of a message', () => {
  test.each(['transcribe', 'use-as-prompt', 'speak'])(
    '“%s” runs at once, in the thread of the message, with what it holds',
    async (name) => {
      const rig = await startRig({ clock: hastyClock });
      const link = '<https://example.com/a_b_c|the plan>';
      const text = `Ask <@${rig.server.otherUserId}> about ${link} & tell me`;
      const ts = await say(rig, { text, files: [fox, clip] });
      const { invocation, answered } = await choose(rig, name, ts);
      expect(invocation).toMatchObject({ commandName: name, options: {}, place: { thread: ts } });
      expect(invocation.attachments).toEqual([]);
      expect(answered).toMatchObject({
        message: { id: ts },
        files: [{ fileName: 'fox.png' }],
        recordings: [{ fileName: 'audio_message.m4a', claimedType: 'audio/mp4' }],
        text: 'Ask @somebody about the plan & tell me',
        nearer: [],
      });
    },
  );

  test('works where Easel is not, for another app’s message, and for a forwarded clip', async () => {
    const rig = await startRig({ clock: hastyClock });
    const { server } = rig;
    const channelId = server.privateChannelId;
    const away = await say(rig, { channelId, text: 'ours', files: [clip] });
    const inside = await choose(rig, 'transcribe', away, channelId);
    const text = { type: 'mrkdwn', text: '*Build* <https://ci.example/1|#1> failed' };
    const app = server.postAsApp({ text: 'short', blocks: [{ type: 'section', text }] });
    const words = await choose(rig, 'speak', app);
    const forward = await say(rig, { forwards: { channelId, ts: away } });
    const forwarded = await choose(rig, 'transcribe', forward);
    expect([inside, forwarded].map(({ answered }) => namesOf(answered?.recordings))).toEqual([
      ['audio_message.m4a'],
      ['audio_message.m4a'],
    ]);
    expect([inside, words, forwarded].map(({ answered }) => answered?.text)).toEqual([
      'ours',
      'Build #1 failed',
      'ours',
    ]);
  });

  test('knows Easel’s own: a page with its whole text, a card with the pictures below it', async () => {
    const rig = await startRig({ clock: hastyClock });
    const acknowledged = acknowledging(rig);
    await rig.server.runCommand({ command: '/imagine', text: 'a fox' });
    const status = await acknowledged;
    rig.act(() => Promise.resolve());
    const text = 'word '.repeat(2000).trim();
    const [page] = await status.deliver(deliveryOf([], {}, message({ kind: 'quote', text })));
    const alone = await choose(rig, 'speak', page?.ref.id ?? '');
    expect(alone.answered).toMatchObject({ message: page?.ref, files: [], nearer: [] });
    expect(alone.answered?.text.replaceAll(/\s+/gu, ' ')).toBe(text);
    const made = { ...deliveryOf([await rig.makeFile('fox.png')]), key: 'job-2' };
    const [picture] = await status.deliver(made);
    const beside = await choose(rig, 'speak', page?.ref.id ?? '');
    expect(beside.answered).toMatchObject({
      message: { id: picture?.ref.id },
      nearer: [page?.ref],
    });
    expect(beside.answered?.text).toBe(alone.answered?.text);
    expect(namesOf(beside.answered?.files)).toEqual(['fox.png']);
  });

  test('a form keeps short words, reads longer ones again, and keeps recordings', async () => {
    const rig = await startRig({ clock: hastyClock });
    const { server } = rig;
    const long = 'a long story '.repeat(200).trim();
    for (const [at, text] of ['a short one', long].entries()) {
      const root = await say(rig, { text: 'before' });
      const ts = await say(rig, { text, threadTs: root, files: [fox, clip] });
      const before = server.journal.length;
      await server.messageShortcut({ callbackId: 'edit', channelId: server.channelId, ts });
      const form = await server.waitFor(() => server.openViews[0]);
      await server.submitView({ viewId: form.id, values: { prompt: 'bluer' } });
      const answered = await rig.invocations[at]?.readAnswered();
      expect(answered?.text).toBe(text);
      expect(namesOf(answered?.recordings)).toEqual(['audio_message.m4a']);
      const reads = server.journal.slice(before).map(({ method }) => method);
      expect(reads.includes('conversations.replies')).toBe(text === long);
    }
  });
});

test.each([
  ['/transcribe', 'file', 'Recordings', 3],
  ['/speak', 'file', 'File', 1],
])('%s without words opens a form that takes files', async (command, field, label, most) => {
  const rig = await startRig({ clock: hastyClock });
  const { server } = rig;
  await server.runCommand({ command, text: '' });
  const form = await server.waitFor(() => server.openViews[0]);
  expect(blockIdsOf(form)).toContain(field);
  const block = form.view.blocks.find(({ block_id: id }) => id === field);
  expect(block).toMatchObject({
    label: { text: label },
    element: { type: 'file_input', max_files: most },
  });
  await server.submitView({ viewId: form.id, values: { [field]: [{ ...clip, name: 'a.wav' }] } });
  const invocation = await server.waitFor(() => rig.invocations[0]);
  expect(invocation).toMatchObject({
    commandName: command.slice(1),
    attachments: [{ fileName: 'a.wav', option: field }],
  });
  expect(await invocation.readAnswered()).toBeUndefined();
});
