import { describe, expect, test } from 'vitest';
import { line, message } from '../../src/message.ts';
import type { OpenView } from '../support/slack/slack-types.ts';
import { acknowledging, hastyClock, startRig, type Rig } from './slack-platform-rig.ts';
import { blockIdsOf } from '../support/slack/view-values.ts';

async function openForm({ server }: Rig, channelId = server.channelId): Promise<OpenView> {
  await server.runCommand({ command: '/imagine', text: '  ', channelId });
  return server.waitFor(() => server.openViews[0]);
}

async function choose(rig: Rig, form: OpenView, model: string): Promise<void> {
  await rig.server.fillView({ viewId: form.id, values: { model } });
  await rig.server.waitFor(() => String(form.view['private_metadata']).includes(model));
}

function redraws({ server }: Rig): number {
  return server.journal.filter(({ method }) => method === 'views.update').length;
}

describe.each(['socket', 'http'] as const)('by %s', (mode) => {
  test('an empty command opens a form, and what is filled in becomes the wish', async () => {
    const rig = await startRig({ mode });
    const { server } = rig;
    const acknowledged = acknowledging(rig);
    const form = await openForm(rig);
    const submitted = await server.submitView({
      viewId: form.id,
      values: {
        prompt: 'a fox in snow',
        aspect_ratio: '16:9',
        seed: '42',
        web_search: 'false',
        image: [{ name: 'fox.png', mimetype: 'image/png', bytes: new Uint8Array([1, 2, 3]) }],
      },
    });
    expect(submitted.errors).toEqual([]);
    const { ref } = await acknowledged;
    expect(ref.channel).toBe(server.channelId);
    expect(server.openViews).toEqual([]);
    expect(rig.invocations).toMatchObject([
      {
        commandName: 'imagine',
        options: { prompt: 'a fox in snow', aspect_ratio: '16:9', seed: '42', web_search: 'false' },
        attachments: [{ fileName: 'fox.png', claimedType: 'image/png', bytes: 3, option: 'image' }],
      },
    ]);
  });

  test('another model brings its own fields, and what was typed stays', async () => {
    const rig = await startRig({ mode });
    const { server } = rig;
    const form = await openForm(rig);
    const viewId = form.id;
    expect(blockIdsOf(form)).toContain('web_search');
    expect(blockIdsOf(form)).not.toContain('style');
    await server.fillView({ viewId, values: { prompt: 'a fox', web_search: 'true' } });

    const models = await server.openMenu({ viewId, field: 'model', typed: 'recraft' });
    expect(models.choices[0]).toMatchObject({ value: 'recraft-v3' });
    expect(models.acknowledgedAfterMs).toBeLessThan(1000);
    await choose(rig, form, 'recraft-v3');
    expect(blockIdsOf(form)).toContain('style');
    expect(blockIdsOf(form)).not.toContain('web_search');

    const styles = await server.openMenu({ viewId, field: 'style', typed: 'noir' });
    expect(styles.choices.length).toBeGreaterThan(0);
    const style = String(styles.choices[0]?.value);
    await server.submitView({ viewId, values: { style } });
    await server.waitFor(() => rig.invocations[0]);
    expect(rig.invocations[0]?.options).toEqual({ prompt: 'a fox', model: 'recraft-v3', style });
  });
});

test('the menu of models knows all of them, and never shows more than Slack takes', async () => {
  const rig = await startRig();
  const form = await openForm(rig);
  const all = await rig.server.openMenu({ viewId: form.id, field: 'model' });
  expect(all.choices.length).toBeGreaterThan(10);
  expect(all.choices.map(({ value }) => value)).toContain('qwen-image');
});

test('what is typed into a menu can be chosen, but no model that is not there', async () => {
  const rig = await startRig();
  const { server } = rig;
  const { id: viewId } = await openForm(rig);
  const ratios = await server.openMenu({ viewId, field: 'aspect_ratio', typed: '5:7' });
  expect(ratios.choices).toMatchObject([{ value: '5:7', text: { text: '“5:7”' } }]);
  const models = await server.openMenu({ viewId, field: 'model', typed: 'no such model' });
  expect(models.choices).toEqual([]);
});

test('of two models chosen in a row the later one counts', async () => {
  const rig = await startRig();
  const { server } = rig;
  const form = await openForm(rig);
  server.fail({ method: 'views.update', delayMs: 300 });
  await server.fillView({ viewId: form.id, values: { model: 'recraft-v3' } });
  await server.fillView({ viewId: form.id, values: { model: 'qwen-image' } });
  await server.waitFor(() => String(form.view['private_metadata']).includes('qwen-image'));
  expect(blockIdsOf(form)).not.toContain('style');
  expect(redraws(rig)).toBe(2);
});

test('a model that was taken back before its fields came does not bring them', async () => {
  const rig = await startRig();
  const { server } = rig;
  const form = await openForm(rig);
  await choose(rig, form, 'recraft-v3');
  server.fail({ method: 'views.update', delayMs: 200 });
  await server.fillView({ viewId: form.id, values: { model: 'qwen-image' } });
  await choose(rig, form, 'recraft-v3');
  await server.waitFor(() => redraws(rig) === 3);
  await server.waitFor(() => blockIdsOf(form).includes('style'));
  expect(form.view['private_metadata']).toContain('recraft-v3');
});

test('a model that is taken out again gives way to the fields of the usual one', async () => {
  const rig = await startRig();
  const form = await openForm(rig);
  await choose(rig, form, 'recraft-v3');
  await rig.server.fillView({ viewId: form.id, values: { model: null } });
  await rig.server.waitFor(() => blockIdsOf(form).includes('web_search'));
  expect(form.view['private_metadata']).not.toContain('recraft-v3');
});

test('an update whose answer was lost is made again, and the next one goes well', async () => {
  const rig = await startRig({ clock: hastyClock });
  const { server } = rig;
  const form = await openForm(rig);
  server.fail({ method: 'views.update', dropConnection: 'after' });
  await choose(rig, form, 'recraft-v3');
  await choose(rig, form, 'qwen-image');
  expect(server.journal.filter(({ error }) => error !== '').map(({ error }) => error)).toEqual([
    'hash_conflict',
  ]);
});

test('a form that was closed meanwhile is left alone', async () => {
  const rig = await startRig();
  const { server } = rig;
  const form = await openForm(rig);
  server.fail({ method: 'views.update', delayMs: 200 });
  await server.fillView({ viewId: form.id, values: { model: 'recraft-v3' } });
  server.closeView(form.id);
  await server.waitFor(() => server.journal.some(({ error }) => error === 'not_found'));
  expect(rig.logged.join('')).not.toContain('keeps its old fields');
});

test('what is submitted before the new fields are there is not lost', async () => {
  const rig = await startRig();
  const { server } = rig;
  const form = await openForm(rig);
  const viewId = form.id;
  server.fail({ method: 'views.update', delayMs: 400 });
  const early = await server.submitView({
    viewId,
    values: { prompt: 'a fox', limit_generations: 'true', model: 'recraft-v3' },
  });
  expect(early.ackBody).toMatchObject({
    errors: { limit_generations: expect.stringContaining('leave it empty') as unknown },
  });
  expect(rig.invocations).toEqual([]);
  await server.waitFor(() => blockIdsOf(form).includes('style'));
  await server.submitView({ viewId, values: {} });
  await server.waitFor(() => rig.invocations[0]);
  expect(rig.invocations[0]?.options).toEqual({ prompt: 'a fox', model: 'recraft-v3' });
});

test('what does not fit is shown beside its field, and the form stays open', async () => {
  const rig = await startRig();
  const { server } = rig;
  const form = await openForm(rig);
  const submitted = await server.submitView({
    viewId: form.id,
    values: { prompt: 'a fox', seed: '4'.repeat(40), aspect_ratio: '1234567890:9' },
  });
  expect(submitted.ackBody).toEqual({
    response_action: 'errors',
    errors: { aspect_ratio: expect.stringContaining('up to 9 characters') as unknown },
  });
  expect(rig.invocations).toEqual([]);
  expect(server.openViews).toHaveLength(1);
});

test('what only the model finds out is shown beside its field, and the form stays open', async () => {
  const rig = await startRig();
  const { server } = rig;
  const form = await openForm(rig);
  const submitted = await server.submitView({
    viewId: form.id,
    values: { prompt: 'a fox', seed: 'a lot' },
  });
  expect(submitted.ackBody).toEqual({
    response_action: 'errors',
    errors: { seed: expect.stringContaining('“seed”') as unknown },
  });
  expect(rig.invocations).toEqual([]);
  expect(server.openViews).toHaveLength(1);
});

describe('a form closes', () => {
  test('when its wish is answered in words', async () => {
    const rig = await startRig();
    const { server } = rig;
    rig.act((invocation) => invocation.answer(message(line('Not today.'))));
    const form = await openForm(rig);
    await server.submitView({ viewId: form.id, values: { prompt: 'a fox' } });
    await server.waitFor(() => server.ephemerals(server.channelId)[0]);
    expect(server.openViews).toEqual([]);
  });

  test('in time for Slack, however long the wish takes', async () => {
    const rig = await startRig({ clock: hastyClock });
    const { server } = rig;
    const { promise: waiting, resolve: goOn } = Promise.withResolvers<void>();
    rig.act(async (invocation) => {
      await waiting;
      await invocation.answer(message(line('Not today.')));
    });
    const form = await openForm(rig);
    const submitted = await server.submitView({ viewId: form.id, values: { prompt: 'a fox' } });
    expect(submitted).toMatchObject({ errors: [], ackBody: undefined });
    goOn();
    await server.waitFor(() => server.ephemerals(server.channelId)[0]);
  });

  test('after a bug as well', async () => {
    const rig = await startRig();
    rig.act(() => Promise.reject(new Error('a bug')));
    const form = await openForm(rig);
    const submitted = await rig.server.submitView({
      viewId: form.id,
      values: { prompt: 'a fox' },
    });
    expect(submitted.errors).toEqual([]);
    expect(rig.server.openViews).toEqual([]);
  });
});

test('a form sent again because its acknowledgement was lost is the same wish', async () => {
  const rig = await startRig({ acknowledgeWithinMs: 200 });
  const { server } = rig;
  const form = await openForm(rig);
  const viewId = form.id;
  await choose(rig, form, 'recraft-v3');
  rig.act(async () => {
    await new Promise((resolve) => setTimeout(resolve, 400));
  });
  const lost = await server.submitView({ viewId, values: { prompt: 'a fox' } });
  expect(lost.errors).toEqual(['operation_timeout']);
  rig.act(() => Promise.resolve());
  await choose(rig, form, 'qwen-image');
  await choose(rig, form, 'recraft-v3');
  await server.submitView({ viewId, values: {} });
  const ids = rig.invocations.map(({ id }) => id);
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(1);
});

test('a form sent again with other words is another wish', async () => {
  const rig = await startRig({ acknowledgeWithinMs: 200 });
  const { server } = rig;
  const { id: viewId } = await openForm(rig);
  rig.act(async () => {
    await new Promise((resolve) => setTimeout(resolve, 400));
  });
  await server.submitView({ viewId, values: { prompt: 'a fox' } });
  rig.act(() => Promise.resolve());
  await server.submitView({ viewId, values: { prompt: 'a hen' } });
  expect(new Set(rig.invocations.map(({ id }) => id)).size).toBe(2);
});

test('a form for a private channel without the bot ends in a direct message that says why', async () => {
  const rig = await startRig();
  const { server } = rig;
  const acknowledged = acknowledging(rig);
  const form = await openForm(rig, server.privateChannelId);
  await server.submitView({ viewId: form.id, values: { prompt: 'a fox' } });
  await expect(acknowledged).rejects.toMatchObject({ retryable: false });
  expect(server.messages(server.dmChannelId)).toMatchObject([
    { text: expect.stringContaining('/invite @') as unknown },
  ]);
});

test('a command without required options never opens a form', async () => {
  const rig = await startRig();
  await rig.server.runCommand({ command: '/help', text: '' });
  await rig.server.waitFor(() => rig.invocations[0]);
  expect(rig.invocations).toMatchObject([{ commandName: 'help', options: {} }]);
  expect(rig.server.openViews).toEqual([]);
});

test('a form that Slack does not open is made up for with words', async () => {
  const rig = await startRig();
  rig.server.fail({ method: 'views.open', error: 'expired_trigger_id' });
  await rig.server.runCommand({ command: '/imagine', text: '' });
  await rig.server.waitFor(() => rig.server.ephemerals(rig.server.channelId)[0]);
  expect(rig.server.ephemerals(rig.server.channelId)).toMatchObject([
    { text: expect.stringContaining('The form did not open') as unknown },
  ]);
});
