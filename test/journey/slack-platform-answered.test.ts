/** Which pictures the platform takes a wish to be about, and which messages are wishes at all. */
import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import type { AnsweredMessage, Invocation } from '../../src/platforms/platform.ts';
import type { SentMessage } from '../support/slack/slack-types.ts';
import { acknowledging, deliveryOf, hastyClock, startRig, type Rig } from './slack-platform-rig.ts';

const OUTSIDE = 'https://example.com/cat.png';
const any = { settingsOf: async () => ({ replies: 'any' as const, voice: 'off' as const }) };

function picture(name: string, bytes = [1, 2, 3]) {
  return { name, mimetype: 'image/png', bytes: new Uint8Array(bytes) };
}

/** Says something that is a wish, and looks what it is about. */
async function answeredBy(rig: Rig, sent: SentMessage): Promise<AnsweredMessage | undefined> {
  const { length } = rig.invocations;
  await rig.server.sendMessage({ mentionsBot: sent.channelId === undefined, ...sent });
  const invocation = await rig.server.waitFor(() => rig.invocations[length]);
  return invocation.readAnswered();
}

function namesOf(answered: AnsweredMessage | undefined): string[] | undefined {
  return answered?.files.map(({ fileName }) => fileName);
}

/** A card with a delivered picture below it. */
async function startWithResult(rig: Rig): Promise<{ root: string; result: string }> {
  const acknowledged = acknowledging(rig);
  await rig.server.runCommand({ command: '/imagine', text: 'a fox' });
  const status = await acknowledged;
  const [posted] = await status.deliver(deliveryOf([await rig.makeFile('fox-1.png')]));
  rig.act(() => Promise.resolve());
  return { root: status.ref.id, result: posted?.ref.id ?? '' };
}

async function quiet({ server, invocations }: Rig): Promise<number> {
  await server.waitFor(() => server.events.every(({ attempts }) => attempts.length > 0));
  return invocations.length;
}

describe('in a thread', () => {
  test('Easel’s own picture is known by its message and its name', async () => {
    const rig = await startRig({ clock: hastyClock });
    const { root, result } = await startWithResult(rig);
    const answered = await answeredBy(rig, { text: 'make it night', threadTs: root });
    expect(answered).toMatchObject({
      message: { platform: 'slack', channel: rig.server.channelId, id: result },
      files: [{ platform: 'slack', fileName: 'fox-1.png', claimedType: 'image/png' }],
    });
    expect(rig.invocations.at(-1)).toMatchObject({
      commandName: 'edit',
      options: { prompt: 'make it night' },
      place: { channel: rig.server.channelId, thread: root },
    });
  });

  test('the newest pictures before the wish count, in their order, and no other files', async () => {
    const rig = await startRig();
    const { server } = rig;
    const root = await server.sendMessage({ text: 'old', files: [picture('old.png')] });
    const text = { name: 'notes.pdf', mimetype: 'application/pdf', bytes: new Uint8Array([1]) };
    const newest = await server.sendMessage({
      text: 'three',
      threadTs: root,
      files: [picture('a.png'), text, picture('b.png'), picture('c.png')],
    });
    await server.sendMessage({ text: 'just this', threadTs: root, files: [text] });
    const asked = answeredBy(rig, {
      text: '2: make it night',
      threadTs: root,
      files: [picture('hat.png')],
    });
    const answered = await asked;
    await server.sendMessage({ text: 'later', threadTs: root, files: [picture('later.png')] });
    expect(namesOf(answered)).toEqual(['a.png', 'b.png', 'c.png']);
    expect(answered?.message.id).toBe(newest);
    expect(namesOf(await rig.invocations[0]?.readAnswered())).toEqual(['a.png', 'b.png', 'c.png']);
    expect(rig.invocations[0]?.attachments.map(({ fileName }) => fileName)).toEqual(['hat.png']);
  });

  test('the root counts, too, and a long thread is read to its end', async () => {
    const rig = await startRig();
    const { server } = rig;
    const root = await server.sendMessage({ text: 'look', files: [picture('root.png')] });
    const first = await answeredBy(rig, { text: 'make it night', threadTs: root });
    for (let count = 0; count < 1005; count += 1) {
      server.postAsApp({ text: `${count}`, threadTs: root });
    }
    server.postAsApp({ text: 'new', threadTs: root, files: [picture('new.png')] });
    const last = await answeredBy(rig, { text: 'make it day', threadTs: root });
    expect([namesOf(first), namesOf(last)]).toEqual([['root.png'], ['new.png']]);
  });

  test('another app’s file, its block of a file, and a forwarded message count', async () => {
    const rig = await startRig();
    const { server } = rig;
    const elsewhere = await server.sendMessage({ text: 'ours', files: [picture('sent.png')] });
    const root = await server.sendMessage({ text: 'let us see' });
    server.postAsApp({ text: 'chart', threadTs: root, files: [picture('chart.png')] });
    const file = await answeredBy(rig, { text: 'bluer', threadTs: root });
    const id = server.files.find(({ name }) => name === 'chart.png')?.id ?? '';
    const block = { type: 'image', slack_file: { id }, alt_text: 'a chart' };
    server.postAsApp({ text: 'chart', threadTs: root, blocks: [block] });
    const shown = await answeredBy(rig, { text: 'greener', threadTs: root });
    await server.sendMessage({
      text: 'this one',
      threadTs: root,
      forwards: { channelId: server.channelId, ts: elsewhere },
    });
    const forwarded = await answeredBy(rig, { text: 'redder', threadTs: root });
    expect([file, shown, forwarded].map(namesOf)).toEqual([
      ['chart.png'],
      ['chart.png'],
      ['sent.png'],
    ]);
  });

  test.each([
    ['an app’s block', { blocks: [{ type: 'image', image_url: OUTSIDE, alt_text: 'a cat' }] }],
    ['an app’s old attachment', { attachments: [{ image_url: OUTSIDE, title: 'a cat' }] }],
  ])('a picture that lies elsewhere (%s) is named but never fetched', async (_, shown) => {
    const rig = await startRig();
    const { server } = rig;
    const root = server.postAsApp({ text: 'cats', ...shown });
    const answered = await answeredBy(rig, { text: 'bluer', threadTs: root });
    const [ref] = answered?.files ?? [];
    if (!ref) throw new Error('the picture was not seen');
    await expect(rig.platform.locateAttachment(ref)).rejects.toThrow(
      new UserError(
        '“a cat” is not kept in Slack itself, so Easel cannot read it: upload the file instead of linking to it.',
      ),
    );
  });

  test('the picture in a link’s preview is named but never fetched', async () => {
    const rig = await startRig();
    const { server } = rig;
    const root = await server.sendMessage({ text: 'see', previews: [OUTSIDE] });
    const answered = await answeredBy(rig, { text: 'bluer', threadTs: root });
    const [ref] = answered?.files ?? [];
    if (!ref) throw new Error('the picture was not seen');
    await expect(rig.platform.locateAttachment(ref)).rejects.toThrow(UserError);
  });

  test('a link’s preview does not come between the words and a picture', async () => {
    const rig = await startRig();
    const { server } = rig;
    const root = await server.sendMessage({ text: 'look', files: [picture('a.png')] });
    await server.sendMessage({ text: 'like this', threadTs: root, previews: [OUTSIDE] });
    const answered = await answeredBy(rig, { text: 'bluer', threadTs: root });
    expect(namesOf(answered)).toEqual(['a.png']);
  });

  test('a picture of another channel counts where it is forwarded, but not where it is linked', async () => {
    const rig = await startRig({ botInChannels: ['private'] });
    const { server } = rig;
    const channelId = server.privateChannelId;
    const ts = await server.sendMessage({ channelId, text: 'x', files: [picture('secret.png')] });
    const root = server.postAsApp({ text: 'x', attachments: [server.toLinked(channelId, ts)] });
    const linked = await answeredBy(rig, { text: 'bluer', threadTs: root });
    await server.sendMessage({ text: 'x', threadTs: root, forwards: { channelId, ts } });
    const forwarded = await answeredBy(rig, { text: 'bluer', threadTs: root });
    expect([linked, forwarded].map(namesOf)).toEqual([[], ['secret.png']]);
  });

  test('an address of a file, which anybody can write down, is not followed', async () => {
    const rig = await startRig({ botInChannels: ['private'] });
    const { server } = rig;
    const channelId = server.privateChannelId;
    await server.sendMessage({ channelId, text: 'x', files: [picture('secret.png')] });
    const id = server.files[0]?.id ?? '';
    const url = `http://${server.fileHost}/files-pri/${server.teamId}-${id}/secret.png`;
    const block = { type: 'image', image_url: url, alt_text: 'a cat' };
    const root = server.postAsApp({ text: 'cats', blocks: [block] });
    const answered = await answeredBy(rig, { text: 'bluer', threadTs: root });
    const [ref] = answered?.files ?? [];
    if (!ref) throw new Error('the picture was not seen');
    await expect(rig.platform.locateAttachment(ref)).rejects.toThrow(UserError);
  });

  test('a file that Slack does not show Easel is told of in words', async () => {
    const rig = await startRig();
    const { server } = rig;
    const secret = await server.sendMessage({
      channelId: server.privateChannelId,
      text: 'secret',
      files: [picture('secret.png')],
    });
    const root = await server.sendMessage({
      text: 'psst',
      forwards: { channelId: server.privateChannelId, ts: secret },
    });
    const id = server.files[0]?.id ?? '';
    server.postAsApp({
      text: 'x',
      threadTs: root,
      blocks: [{ type: 'image', slack_file: { id }, alt_text: 'x' }],
    });
    await expect(answeredBy(rig, { text: 'bluer', threadTs: root })).rejects.toThrow(
      /may not read .* or it was deleted/u,
    );
  });

  test('without any picture the words answer the root, which shows none', async () => {
    const rig = await startRig();
    const root = await rig.server.sendMessage({ text: 'what shall we draw?' });
    const answered = await answeredBy(rig, { text: 'a fox', threadTs: root });
    expect(answered).toMatchObject({ message: { id: root }, files: [] });
  });

  test('where Easel may not read along, it says what to do', async () => {
    const rig = await startRig();
    const { server } = rig;
    const root = await server.sendMessage({ text: 'look', files: [picture('a.png')] });
    server.fail({ method: 'conversations.replies', error: 'missing_scope' });
    await expect(answeredBy(rig, { text: 'bluer', threadTs: root })).rejects.toThrow(
      /attach the picture/u,
    );
  });
});

test('in a direct message a thread is read like any other, and beside threads nothing is answered', async () => {
  const rig = await startRig();
  const { server } = rig;
  const channelId = server.dmChannelId;
  const root = await server.sendMessage({ channelId, text: 'a', files: [picture('dm.png')] });
  await server.waitFor(() => rig.invocations[0]);
  const answered = await answeredBy(rig, { channelId, text: 'bluer', threadTs: root });
  const beside = await answeredBy(rig, { channelId, text: 'a fox' });
  expect(namesOf(answered)).toEqual(['dm.png']);
  expect(beside).toBeUndefined();
  expect(rig.invocations.map(({ commandName }) => commandName)).toEqual([
    'imagine',
    'edit',
    'imagine',
  ]);
});

describe('without a mention', () => {
  test('nothing in a thread is meant for Easel, and nothing is looked up', async () => {
    const rig = await startRig({ clock: hastyClock });
    const { root } = await startWithResult(rig);
    const before = rig.server.journal.length;
    await rig.server.sendMessage({ text: 'make it night', threadTs: root });
    expect(await quiet(rig)).toBe(1);
    expect(rig.server.journal).toHaveLength(before);
  });

  test('words below Easel’s card are meant for it where the channel says so, each once', async () => {
    const rig = await startRig({ clock: hastyClock, pictures: any });
    const { server } = rig;
    const { root } = await startWithResult(rig);
    await server.sendMessage({ text: 'make it night', threadTs: root, user: server.otherUserId });
    const [event] = server.events.slice(-1);
    await server.waitFor(() => rig.invocations[1]);
    if (event) await server.redeliver(event, 'timeout');
    await server.sendMessage({ text: 'and day', threadTs: root, mentionsBot: true });
    await server.waitFor(() => rig.invocations[2]);
    expect(await quiet(rig)).toBe(3);
    expect(rig.invocations.map(({ options }) => options['prompt'])).toEqual([
      'a fox',
      'make it night',
      'and day',
    ]);
    expect(rig.invocations[1]).toMatchObject({
      commandName: 'edit',
      person: { id: server.otherUserId },
    });
  });

  test('a thread of a person’s counts once Easel has delivered in it', async () => {
    const rig = await startRig({ clock: hastyClock, pictures: any });
    const { server } = rig;
    const root = await server.sendMessage({ text: 'look', files: [picture('a.png')] });
    await server.sendMessage({ text: 'not yet', threadTs: root });
    expect(await quiet(rig)).toBe(0);
    const acknowledged = acknowledging(rig);
    await server.sendMessage({ text: 'bluer', threadTs: root, mentionsBot: true });
    await (await acknowledged).deliver(deliveryOf([await rig.makeFile('blue.png')]));
    rig.act(() => Promise.resolve());
    const answered = await answeredBy(rig, {
      text: 'make it night',
      threadTs: root,
      mentionsBot: false,
    });
    expect(namesOf(answered)).toEqual(['blue.png']);
  });

  test('other bots, edits, uploads without words and other threads never are', async () => {
    const rig = await startRig({ clock: hastyClock, pictures: any });
    const { server } = rig;
    const { root } = await startWithResult(rig);
    server.postAsApp({ text: 'I am a bot', threadTs: root });
    await server.sendMessage({ text: '', threadTs: root, files: [picture('a.png')] });
    await server.sendMessage({ text: 'see https://example.com', previews: [OUTSIDE] });
    await server.sendMessage({ text: 'beside the thread' });
    server.sendEvent({
      type: 'message',
      subtype: 'message_changed',
      hidden: true,
      channel: server.channelId,
      channel_type: 'channel',
      ts: '1700000000.000100',
      thread_ts: root,
      parent_user_id: server.botUserId,
      message: { user: server.userId, text: 'changed' },
    });
    expect(await quiet(rig)).toBe(1);
  });
});

describe('a link to a message', () => {
  test('leads to the pictures of that very message, for who is in its channel', async () => {
    const { rig, read, channelId, root, reply } = await startWithPicture();
    const { server } = rig;
    expect(namesOf(await read(server.linkTo(channelId, root)))).toEqual(['a.png', 'b.png']);
    const found = await read(server.linkTo(channelId, reply), server.adminUserId);
    expect(namesOf(found)).toEqual(['c.png']);
    expect(found?.message).toEqual({
      platform: 'slack',
      channel: channelId,
      id: reply,
      details: { thread: root },
    });
  });

  test('needs no look at the members in the channel where it is given', async () => {
    const { rig, read, channelId, root } = await startWithPicture();
    const link = rig.server.linkTo(channelId, root);
    await read(link, rig.server.newcomerUserId, channelId);
    expect(rig.server.journal.map(({ method }) => method)).not.toContain('conversations.members');
  });

  test('says the same to a stranger, about what is not there, and where Easel is not', async () => {
    const { rig, read, channelId, root } = await startWithPicture();
    const { server } = rig;
    const gone = server.linkTo(channelId, root).replace(/p\d/u, 'p0');
    const links: [string, string][] = [
      [server.linkTo(channelId, root), server.newcomerUserId],
      [gone, server.newcomerUserId],
      [gone, server.userId],
      [server.linkTo(channelId, root).replace(channelId, 'C0NOWHERE99'), server.userId],
      [server.linkTo(channelId, root).replace('easel-test', 'other'), server.userId],
    ];
    const refusals = await Promise.all(
      links.map(([link, user]) => read(link, user).catch((error: unknown) => error)),
    );
    expect(refusals.map((error) => error instanceof UserError)).toEqual(links.map(() => true));
    expect(new Set(refusals.map(String)).size).toBe(1);
    const replies = server.journal.filter(({ method }) => /history|replies/u.test(method));
    expect(replies.map(({ args }) => args['channel'])).toEqual([channelId]);
  });

  test('to a direct message is for whose it is', async () => {
    const { rig, read } = await startWithPicture();
    const { server } = rig;
    const channelId = server.dmChannelId;
    const ts = await server.sendMessage({ channelId, text: 'x', files: [picture('dm.png')] });
    const link = server.linkTo(channelId, ts);
    expect(namesOf(await read(link))).toEqual(['dm.png']);
    await expect(read(link, server.adminUserId)).rejects.toThrow(/no message behind/u);
  });

  test('says the same where an older installation may not look at members', async () => {
    const { rig, read, channelId, root } = await startWithPicture({
      scopes: ['chat:write', 'groups:history', 'channels:history', 'files:read'],
    });
    await expect(read(rig.server.linkTo(channelId, root))).rejects.toThrow(/no message behind/u);
  });

  test.each([
    'https://example.com/archives/C0GENERAL01/p1790000000000100',
    'https://easel-test.slack.com.example.com/archives/C0GENERAL01/p1790000000000100',
    'http://easel-test.slack.com/archives/C0GENERAL01/p1790000000000100',
    'https://easel-test.slack.com/files/U1/F1/a.png',
    'make it night',
    '',
  ])('is none of Slack’s: %s', async (link) => {
    const { read } = await startWithPicture();
    expect(await read(link)).toBeUndefined();
  });

  test('of Easel’s own card leads to the pictures below it', async () => {
    const rig = await startRig({ clock: hastyClock });
    const { root } = await startWithResult(rig);
    const { server } = rig;
    const answered = await rig.platform.readLinked(server.linkTo(server.channelId, root), {
      person: { id: server.userId, name: 'x' },
      place: { platform: 'slack', tenant: `:${server.teamId}`, channel: server.channelId },
    });
    expect(namesOf(answered)).toEqual(['fox-1.png']);
  });
});

describe('a moderator', () => {
  test('is an admin of the workspace, and nobody else', async () => {
    const rig = await startRig();
    const { server } = rig;
    const admin = await asked(rig, server.adminUserId);
    const person = await asked(rig, server.userId);
    expect([await admin.isModerator(), await person.isModerator()]).toEqual([true, false]);
  });

  test('is nobody where an older installation may not look people up, which is logged once', async () => {
    const rig = await startRig({ scopes: ['chat:write', 'commands'] });
    const admin = await asked(rig, rig.server.adminUserId);
    expect([await admin.isModerator(), await admin.isModerator()]).toEqual([false, false]);
    expect(rig.logged.filter((text) => text.includes('counts as a moderator'))).toHaveLength(1);
  });
});

async function startWithPicture(options: Parameters<typeof startRig>[0] = {}) {
  const rig = await startRig({ botInChannels: ['private'], membersPerPage: 2, ...options });
  const { server } = rig;
  const channelId = server.privateChannelId;
  const files = [picture('a.png'), picture('b.png')];
  const root = await server.sendMessage({ channelId, text: 'look', files });
  const reply = await server.sendMessage({
    channelId,
    text: 'and',
    threadTs: root,
    files: [picture('c.png')],
  });
  const read = (link: string, user = server.userId, channel = server.channelId) =>
    rig.platform.readLinked(link, {
      person: { id: user, name: 'x' },
      place: { platform: 'slack', tenant: `:${server.teamId}`, channel },
    });
  return { rig, read, channelId, root, reply };
}

async function asked(rig: Rig, user: string): Promise<Invocation> {
  const { length } = rig.invocations;
  await rig.server.runCommand({ command: '/help', text: '', user });
  return rig.server.waitFor(() => rig.invocations[length]);
}
