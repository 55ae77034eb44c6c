/** The menu of every message, and forms that a button or such a menu opens, on the platform alone. */
import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { line, message, type Button } from '../../src/message.ts';
import type { FormRequest } from '../../src/platforms/platform.ts';
import type { OpenView } from '../support/slack/slack-types.ts';
import { blockIdsOf } from '../support/slack/view-values.ts';
import {
  acknowledging,
  connectTo,
  deliveryOf,
  hastyClock,
  startRig,
} from './slack-platform-rig.ts';
import type { Rig } from './slack-platform-rig.ts';

const fox = { name: 'fox.png', mimetype: 'image/png', bytes: new Uint8Array([1, 2, 3]) };
const hat = { name: 'hat.png', mimetype: 'image/png', bytes: new Uint8Array([4, 5]) };

async function chooseEdit({ server }: Rig, ts: string, channelId = server.channelId) {
  const answer = await server.messageShortcut({ callbackId: 'edit', channelId, ts });
  expect(answer.errors).toEqual([]);
  return server.waitFor(() => server.openViews[0]);
}

function titleOf({ view }: OpenView): string {
  return (view['title'] as { readonly text: string }).text;
}

function elementOf({ view }: OpenView, field: string): Readonly<Record<string, unknown>> {
  const block = view.blocks.find(({ block_id: id }) => id === field);
  return (block?.['element'] ?? {}) as Readonly<Record<string, unknown>>;
}

/** A card with these buttons, as Easel leaves behind. */
async function startWithButtons(rig: Rig, ...buttons: Button[]): Promise<string> {
  const acknowledged = acknowledging(rig);
  await rig.server.runCommand({ command: '/imagine', text: 'a fox' });
  const status = await acknowledged;
  await status.update({ blocks: [line('Done')], buttons });
  rig.act(() => Promise.resolve());
  return status.ref.id;
}

function button(command: string, job: string, label = command): Button {
  return { label, style: 'secondary', command, job };
}

describe.each(['socket', 'http'] as const)('by %s', (mode) => {
  test('“Edit picture” opens a form in time, and what it asks for becomes the wish in the message’s thread', async () => {
    const rig = await startRig({ mode });
    const { server } = rig;
    const ts = await server.sendMessage({ text: 'look', files: [fox] });
    const form = await chooseEdit(rig, ts);
    expect(titleOf(form)).toBe('Edit picture');
    expect(blockIdsOf(form)).toEqual(['prompt', 'number', 'image', 'model']);
    expect(elementOf(form, 'image')).toMatchObject({ type: 'file_input', max_files: 4 });
    const acknowledged = acknowledging(rig);
    const submitted = await server.submitView({
      viewId: form.id,
      values: { prompt: 'make it night', image: [hat], model: 'qwen-image' },
    });
    expect(submitted.errors).toEqual([]);
    const { ref } = await acknowledged;
    expect(rig.invocations).toHaveLength(1);
    expect(rig.invocations[0]).toMatchObject({
      commandName: 'edit',
      options: { prompt: 'make it night', model: 'qwen-image' },
      attachments: [{ fileName: 'hat.png', option: 'image' }],
      person: { id: server.userId },
      place: { platform: 'slack', channel: server.channelId, thread: ts },
    });
    expect(await rig.invocations[0]?.readAnswered()).toMatchObject({
      message: { channel: server.channelId, id: ts },
      files: [{ fileName: 'fox.png', claimedType: 'image/png', bytes: 3 }],
    });
    expect(server.messages(server.channelId).find((one) => one.ts === ref.id)).toMatchObject({
      threadTs: ts,
    });
    expect(server.openViews).toEqual([]);
  });

  test('a button whose command asks for something opens its form, filled in', async () => {
    const asked: FormRequest[] = [];
    const rig = await startRig({
      mode,
      pictures: {
        async startForm(form) {
          asked.push(form);
          return { prompt: 'a fox in snow' };
        },
      },
    });
    const { server } = rig;
    const ts = await startWithButtons(rig, button('remix', 'job-1.2'));
    const press = await server.pressButton({ channelId: server.channelId, ts, label: 'remix' });
    expect(press.errors).toEqual([]);
    const form = await server.waitFor(() => server.openViews[0]);
    expect(blockIdsOf(form)).toEqual(['prompt']);
    expect(elementOf(form, 'prompt')['initial_value']).toBe('a fox in snow');
    await server.submitView({ viewId: form.id, values: { prompt: 'a hen in snow' } });
    await server.waitFor(() => rig.invocations[1]);
    const place = { platform: 'slack', channel: server.channelId, thread: ts };
    expect(asked).toMatchObject([
      { commandName: 'remix', job: 'job-1.2', person: { id: server.userId }, place },
    ]);
    expect(rig.invocations[1]).toMatchObject({
      commandName: 'remix',
      options: { job: 'job-1.2', prompt: 'a hen in snow' },
      place,
    });
    expect(await rig.invocations[1]?.readAnswered()).toBeUndefined();
  });
});

describe('the menu of a message', () => {
  test('“Picture details” runs at once, and its answer reaches who is where Easel is not', async () => {
    const rig = await startRig();
    const { server } = rig;
    const channelId = server.privateChannelId;
    const ts = await server.sendMessage({ channelId, text: 'look', files: [fox] });
    rig.act(async (invocation) => {
      const answered = await invocation.readAnswered();
      await invocation.answer(message(line(`${answered?.files.length ?? 0} seen`)));
    });
    await server.messageShortcut({ callbackId: 'details', channelId, ts });
    const told = await server.waitFor(() => server.ephemerals(channelId)[0]);
    expect(told).toMatchObject({ userId: server.userId, text: '1 seen', by: 'response_url' });
    expect(rig.invocations[0]).toMatchObject({ commandName: 'details', options: {} });
    expect(server.openViews).toEqual([]);
  });

  test('a reply stays in its thread, and a forward is seen through', async () => {
    const rig = await startRig();
    const { server } = rig;
    const original = await server.sendMessage({ text: 'ours', files: [fox, hat] });
    const root = await server.sendMessage({ text: 'let us see' });
    const ts = await server.sendMessage({
      text: 'this',
      threadTs: root,
      forwards: { channelId: server.channelId, ts: original },
    });
    const form = await chooseEdit(rig, ts);
    await server.submitView({ viewId: form.id, values: { prompt: 'bluer', number: 2 } });
    const invocation = await server.waitFor(() => rig.invocations[0]);
    expect(invocation.place).toMatchObject({ channel: server.channelId, thread: root });
    expect(invocation.options).toEqual({ prompt: 'bluer', number: '2' });
    expect(await invocation.readAnswered()).toMatchObject({
      message: { id: ts },
      files: [{ fileName: 'fox.png' }, { fileName: 'hat.png' }],
    });
  });

  test('what is remembered of ten pictures fits into what Slack keeps with a form', async () => {
    const rig = await startRig();
    const { server } = rig;
    const files = Array.from({ length: 10 }, (_, at) => ({
      ...fox,
      name: `${'x'.repeat(200)}-${at}.png`,
    }));
    const blocks = Array.from({ length: 8 }, () => ({
      type: 'image',
      image_url: `https://example.com/${'y'.repeat(2900)}.png`,
      alt_text: 'x',
    }));
    const ts = server.postAsApp({ text: 'look', files, blocks });
    const form = await chooseEdit(rig, ts);
    expect(String(form.view['private_metadata']).length).toBeLessThan(3000);
    await server.submitView({ viewId: form.id, values: { prompt: 'bluer' } });
    const invocation = await server.waitFor(() => rig.invocations[0]);
    const answered = await invocation.readAnswered();
    expect(answered?.files.map(({ fileName }) => fileName)).toEqual([
      ...files.map(({ name }) => name),
      ...blocks.map(() => 'picture'),
    ]);
  });

  test('of Easel’s own card means the pictures below it', async () => {
    const rig = await startRig({ clock: hastyClock });
    const { server } = rig;
    const acknowledged = acknowledging(rig);
    await server.runCommand({ command: '/imagine', text: 'a fox' });
    const status = await acknowledged;
    await status.deliver(deliveryOf([await rig.makeFile('fox-1.png')]));
    rig.act(() => Promise.resolve());
    const form = await chooseEdit(rig, status.ref.id);
    await server.submitView({ viewId: form.id, values: { prompt: 'bluer' } });
    const invocation = await server.waitFor(() => rig.invocations[1]);
    expect(await invocation.readAnswered()).toMatchObject({ files: [{ fileName: 'fox-1.png' }] });
  });

  test('says at once where there is no picture, and opens nothing', async () => {
    const rig = await startRig();
    const { server } = rig;
    const ts = await server.sendMessage({ text: 'just words' });
    await server.messageShortcut({ callbackId: 'edit', channelId: server.channelId, ts });
    const told = await server.waitFor(() => server.ephemerals(server.channelId)[0]);
    expect(told.text).toMatch(/no picture in this message/u);
    expect(server.openViews).toEqual([]);
  });

  test('knows no commands but those that are in it', async () => {
    const rig = await startRig();
    const { server } = rig;
    const ts = await server.sendMessage({ text: 'look', files: [fox] });
    for (const callbackId of ['delete', 'imagine', 'nonsense']) {
      await server.messageShortcut({ callbackId, channelId: server.channelId, ts });
    }
    await server.messageShortcut({ callbackId: 'details', channelId: server.channelId, ts });
    await server.waitFor(() => rig.invocations[0]);
    expect(rig.invocations.map(({ commandName }) => commandName)).toEqual(['details']);
  });
});

describe('a form of a button', () => {
  test('that takes a while to fill opens at once and is filled later', async () => {
    const { promise: waiting, resolve: goOn } = Promise.withResolvers<void>();
    const startForm = async () => {
      await waiting;
      return { prompt: 'a fox in snow' };
    };
    const rig = await startRig({ clock: hastyClock, pictures: { startForm } });
    const { server } = rig;
    const ts = await startWithButtons(rig, button('remix', 'job-1'));
    await server.pressButton({ channelId: server.channelId, ts, label: 'remix' });
    const form = await server.waitFor(() => server.openViews[0]);
    expect(blockIdsOf(form)).not.toContain('prompt');
    goOn();
    await server.waitFor(() => blockIdsOf(form).includes('prompt'));
    expect(elementOf(form, 'prompt')['initial_value']).toBe('a fox in snow');
    await server.submitView({ viewId: form.id, values: {} });
    const invocation = await server.waitFor(() => rig.invocations[1]);
    expect(invocation.options).toEqual({ prompt: 'a fox in snow', job: 'job-1' });
  });

  test('that is closed before it is filled is left alone', async () => {
    const { promise: waiting, resolve: goOn } = Promise.withResolvers<void>();
    const startForm = () => waiting.then(() => ({ prompt: 'a fox' }));
    const rig = await startRig({ clock: hastyClock, pictures: { startForm } });
    const { server } = rig;
    const ts = await startWithButtons(rig, button('remix', 'job-1'));
    await server.pressButton({ channelId: server.channelId, ts, label: 'remix' });
    const form = await server.waitFor(() => server.openViews[0]);
    server.closeView(form.id);
    goOn();
    await server.waitFor(() => server.journal.some(({ error }) => error === 'not_found'));
    await rig.platform.stop();
    expect(rig.logged.join('')).not.toContain('"level":"error"');
  });

  test.each([
    ['at once', 0],
    ['late', 100],
  ])('that this person may not have (known %s) is answered with why', async (when, ms) => {
    const startForm = async () => {
      await new Promise((resolve) => setTimeout(resolve, ms));
      throw new UserError('There is no such result here.');
    };
    const rig = await startRig({ clock: hastyClock, pictures: { startForm } });
    const { server } = rig;
    const ts = await startWithButtons(rig, button('remix', 'job-1'));
    await server.pressButton({ channelId: server.channelId, ts, label: 'remix' });
    const shown = () => JSON.stringify([...server.ephemerals(server.channelId), server.openViews]);
    await server.waitFor(() => shown().includes('no such result'));
    expect(server.openViews).toHaveLength(when === 'late' ? 1 : 0);
    expect(rig.invocations).toHaveLength(1);
  });

  test('is opened only once for a press, and says so where Slack does not open it', async () => {
    const rig = await startRig();
    const { server } = rig;
    const ts = await startWithButtons(rig, button('remix', 'job-1'));
    server.fail({ method: 'views.open', error: 'expired_trigger_id' });
    await server.pressButton({ channelId: server.channelId, ts, label: 'remix' });
    const told = await server.waitFor(() => server.ephemerals(server.channelId)[0]);
    expect(told.text).toMatch(/form did not open/u);
  });
});

test('several buttons of one command stand side by side, and each is about its own picture', async () => {
  const rig = await startRig();
  const { server } = rig;
  const ts = await startWithButtons(
    rig,
    ...[1, 2, 3].map((number) => button('choose', `draft.${number}`, String(number))),
  );
  for (const label of ['3', '1']) {
    await server.pressButton({ channelId: server.channelId, ts, label });
  }
  await server.waitFor(() => rig.invocations[2]);
  expect(
    rig.invocations.slice(1).map(({ commandName, options }) => [commandName, options]),
  ).toEqual([
    ['choose', { job: 'draft.3' }],
    ['choose', { job: 'draft.1' }],
  ]);
});

test('a press on what one person alone was told goes on where they were', async () => {
  const rig = await startRig();
  const { server } = rig;
  const root = await server.sendMessage({ text: 'look', files: [fox] });
  rig.act((invocation) =>
    invocation.answer({
      blocks: [line('Which picture?')],
      buttons: [button('choose', 'draft.1', '1')],
    }),
  );
  await server.sendMessage({ text: 'bluer', threadTs: root, mentionsBot: true });
  const inThread = await server.waitFor(() => server.ephemerals(server.channelId)[0]);
  await server.runCommand({ command: '/help', text: '' });
  const beside = await server.waitFor(() => server.ephemerals(server.channelId)[1]);
  rig.act(() => Promise.resolve());
  for (const { ts } of [inThread, beside]) {
    await server.pressButton({ channelId: server.channelId, ts, label: '1' });
  }
  await server.waitFor(() => rig.invocations[3]);
  expect(rig.invocations.slice(2).map(({ place }) => place.thread)).toEqual([root, undefined]);
});

test.each(['recipe', 'retry', 'cancel'])(
  'a button “%s” of an earlier Easel works after a restart',
  async (command) => {
    const rig = await startRig();
    const { server } = rig;
    const ts = await startWithButtons(rig, button(command, 'b4a4a0d6-6c1e-4a40-8f4e-000000000001'));
    expect(server.messages(server.channelId)[0]?.buttons).toMatchObject([
      { actionId: `v1:${command}`, value: 'b4a4a0d6-6c1e-4a40-8f4e-000000000001' },
    ]);
    await rig.platform.stop();
    const pressed: unknown[] = [];
    const another = await connectTo(server, {});
    await another.start(async ({ commandName, options, place }) => {
      pressed.push({ commandName, options, thread: place.thread });
    });
    await server.pressButton({ channelId: server.channelId, ts, label: command });
    await server.waitFor(() => pressed[0]);
    expect(pressed).toEqual([
      {
        commandName: command,
        options: { job: 'b4a4a0d6-6c1e-4a40-8f4e-000000000001' },
        thread: ts,
      },
    ]);
    await another.stop();
  },
);

describe('files for one person alone', () => {
  test('go into their conversation with Easel, and a word stays where they asked', async () => {
    const { rig, file } = await startSaving();
    const { server } = rig;
    await server.runCommand({ command: '/help', text: '' });
    const told = await server.waitFor(() => server.ephemerals(server.channelId)[0]);
    const [words, sent, ...others] = server.messages(server.dmChannelId);
    expect(others).toEqual([]);
    expect(words?.text).toBe('Saved');
    expect(sent?.files).toMatchObject([{ name: 'fox-1.png', altText: 'A fox', completions: 1 }]);
    expect(Buffer.from(sent?.files[0]?.bytes ?? [])).toEqual(file.content);
    expect(told.userId).toBe(server.userId);
    expect(told.text).toMatch(/^Saved\n.*Sent to you directly/u);
    expect(told.text).toContain(`/archives/${server.dmChannelId}/p`);
    expect(server.messages(server.channelId)).toEqual([]);
  });

  test('come into the thread where they asked, in that conversation', async () => {
    const { rig } = await startSaving();
    const { server } = rig;
    const channelId = server.dmChannelId;
    const root = await server.sendMessage({ channelId, text: 'help' });
    await server.waitFor(() => server.messages(channelId).some(({ files }) => files.length > 0));
    await server.sendMessage({ channelId, text: 'help', threadTs: root });
    const sent = () => server.messages(channelId).filter(({ files }) => files.length > 0);
    await server.waitFor(() => sent()[1]);
    expect(sent().map(({ text, threadTs }) => [text, threadTs])).toEqual([
      ['Saved', undefined],
      ['Saved', root],
    ]);
  });

  test('that Slack does not take are made up for with a sentence', async () => {
    const { rig } = await startSaving();
    const { server } = rig;
    server.fail({ method: 'files.getUploadURLExternal', error: 'storage_limit_reached' });
    await server.runCommand({ command: '/help', text: '' });
    const told = await server.waitFor(() => server.ephemerals(server.channelId)[0]);
    expect(told.text).toMatch(/^Saved\n.*could not be sent to you directly.*storage is full/u);
  });

  test('do not keep somebody without direct messages from the words', async () => {
    const { rig } = await startSaving();
    const { server } = rig;
    server.fail({ method: 'chat.postMessage', error: 'messages_tab_disabled' });
    await server.runCommand({ command: '/help', text: '' });
    const told = await server.waitFor(() => server.ephemerals(server.channelId)[0]);
    expect(told.text).toMatch(/^Saved\n.*Direct messages to Easel are switched off/u);
  });
});

describe('taking away', () => {
  test('a result takes its files away as well, and what is gone already is fine', async () => {
    const rig = await startRig({ clock: hastyClock });
    const { server, platform } = rig;
    const { card, posted } = await startWithResult(rig);
    expect(posted.fileNames).toEqual(['fox-1.png', 'fox-2.png']);
    for (let count = 0; count < 2; count += 1) await platform.remove(posted.ref);
    expect(server.messages(server.channelId).map(({ ts }) => ts)).toEqual([card.id]);
    expect(server.files).toEqual([]);
    await platform.remove(card);
    expect(server.messages(server.channelId)).toEqual([]);
  });

  test('somebody else’s deletion of a file in between is fine', async () => {
    const rig = await startRig({ clock: hastyClock });
    const { server, platform } = rig;
    const { card, posted } = await startWithResult(rig);
    server.fail({ method: 'files.delete', error: 'file_deleted' });
    await platform.remove(posted.ref);
    expect(server.messages(server.channelId).map(({ ts }) => ts)).toEqual([card.id]);
  });

  test('that Slack refuses is not passed over in silence', async () => {
    const rig = await startRig({ clock: hastyClock });
    const { posted } = await startWithResult(rig);
    rig.server.fail({ method: 'chat.delete', error: 'cant_delete_message' });
    await expect(rig.platform.remove(posted.ref)).rejects.toMatchObject({ name: 'UpstreamError' });
  });
});

async function startSaving(options: Parameters<typeof startRig>[0] = {}) {
  const rig = await startRig({ clock: hastyClock, ...options });
  const file = await rig.makeFile('fox-1.png', 'A fox');
  rig.act((invocation) => invocation.answer(message(line('Saved')), [file]));
  return { rig, file };
}

async function startWithResult(rig: Rig) {
  const acknowledged = acknowledging(rig);
  await rig.server.runCommand({ command: '/imagine', text: 'a fox' });
  const status = await acknowledged;
  const files = [await rig.makeFile('fox-1.png'), await rig.makeFile('fox-2.png')];
  const [posted] = await status.deliver(deliveryOf(files));
  if (!posted) throw new Error('nothing was posted');
  return { card: status.ref, posted };
}
