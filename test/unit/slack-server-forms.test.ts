/** The loopback Slack's forms against the real Bolt: menus, dependent fields, what stays filled in. */
import type { ModalView } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { modal } from '../support/slack/block-limits.ts';
import { startBoltBot, type BoltBot } from '../support/slack/bolt-bot.ts';
import { startSlackServer, type SlackServer } from '../support/slack/slack-server.ts';
import type { OpenView } from '../support/slack/slack-types.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const option = (value: string) => ({ text: plain(value), value });
type Field = Extract<ModalView['blocks'][number], { type: 'input' }>;

const field = (name: string, element: Field['element'], more: Partial<Field> = {}): Field => ({
  type: 'input',
  block_id: name,
  label: plain(name),
  element,
  optional: true,
  ...more,
});
const text = (name: string, actionId = 'text') =>
  field(name, { type: 'plain_text_input', action_id: actionId });
const city = field(
  'city',
  { type: 'external_select', action_id: 'city', min_query_length: 0 },
  { dispatch_action: true },
);
const formOf = (...blocks: Field[]): ModalView => ({
  type: 'modal',
  callback_id: 'trip',
  title: plain('Trip'),
  submit: plain('Go'),
  blocks,
});

describe.each(['socket', 'http'] as const)('over %s', (transport) => {
  let slack: SlackServer;
  let bot: BoltBot;

  beforeEach(async () => {
    slack = await startSlackServer({ acknowledgeWithinMs: 300 });
    bot = await startBoltBot(slack, transport);
  });
  afterEach(async () => {
    await bot.stop();
    await slack.close();
  });

  async function open(view: ModalView): Promise<OpenView> {
    bot.app.command('/trip', async ({ ack, client, body }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view });
    });
    await slack.runCommand({ command: '/trip', text: '' });
    return slack.waitFor(() => slack.openViews[0]);
  }

  test('a menu shows what the bot offers, and only that can be chosen', async () => {
    const asked: unknown[] = [];
    bot.app.options('city', async ({ ack, options, body }) => {
      asked.push([options.value, 'view' in body && body.view?.callback_id]);
      await ack({
        options: ['Oslo', 'Rome'].filter((name) => name.includes(options.value)).map(option),
      });
    });
    bot.app.action('city', ({ ack }) => ack());
    const { id: viewId } = await open(formOf(city));

    const all = await slack.openMenu({ viewId, field: 'city' });
    const some = await slack.openMenu({ viewId, field: 'city', typed: 'Os' });
    await slack.fillView({ viewId, values: { city: 'Rome' } });

    expect(all.choices.map(({ value }) => value)).toEqual(['Oslo', 'Rome']);
    expect(some.choices.map(({ value }) => value)).toEqual(['Oslo']);
    expect(asked).toEqual([
      ['', 'trip'],
      ['Os', 'trip'],
      ['Rome', 'trip'],
    ]);
    await expect(slack.fillView({ viewId, values: { city: 'Paris' } })).rejects.toThrow(
      'does not offer',
    );
    expect(slack.violations).toEqual([]);
  });

  test.each([
    ['too many choices', { options: Array.from({ length: 101 }, (_, at) => option(`${at}`)) }],
    ['too long a value', { options: [{ text: plain('x'), value: 'x'.repeat(76) }] }],
    ['too long a text', { options: [{ text: plain('x'.repeat(76)), value: 'x' }] }],
    ['neither choices nor groups', {}],
  ])('%s in a menu are not shown', async (_, answer) => {
    bot.app.options('city', ({ ack }) => ack(answer as { options: ReturnType<typeof option>[] }));
    const { id: viewId } = await open(formOf(city));

    const menu = await slack.openMenu({ viewId, field: 'city' });

    expect(menu.choices).toEqual([]);
    expect(menu.errors).not.toEqual([]);
  });

  test('a menu that is not answered in time stays empty', async () => {
    bot.app.options('city', () => Promise.resolve());
    const { id: viewId } = await open(formOf(city));

    const menu = await slack.openMenu({ viewId, field: 'city' });

    expect(menu).toMatchObject({ choices: [], acknowledgedAfterMs: undefined });
    expect(menu.errors).toHaveLength(1);
  });

  test('a choice is told with everything that is filled in, and the update keeps what stays', async () => {
    const told: unknown[] = [];
    bot.app.options('city', ({ ack }) => ack({ options: [option('Oslo')] }));
    bot.app.action({ type: 'block_actions', action_id: 'city' }, async ({ ack, body, client }) => {
      await ack();
      const { view } = body;
      told.push(view?.state.values['name']?.['text']?.value, body.container['type']);
      await client.views.update({
        view_id: view?.id ?? '',
        hash: view?.hash ?? '',
        view: formOf(text('name'), city, text('street'), text('note', 'other')),
      });
    });
    const submitted: unknown[] = [];
    bot.app.view('trip', async ({ ack, view }) => {
      submitted.push(view.state.values);
      await ack();
    });
    const form = await open(formOf(text('name'), city, text('gone'), text('note')));
    const { id: viewId, hash } = form;

    await slack.fillView({ viewId, values: { name: 'Ada', gone: 'x', note: 'y', city: 'Oslo' } });
    await slack.waitFor(() => form.hash !== hash);
    await slack.submitView({ viewId, values: { street: 'High Street' } });

    expect(told).toEqual(['Ada', 'view']);
    expect(submitted).toMatchObject([
      {
        name: { text: { value: 'Ada' } },
        city: { city: { selected_option: { value: 'Oslo' } } },
        street: { text: { value: 'High Street' } },
        note: { other: { value: null } },
      },
    ]);
    expect(JSON.stringify(submitted)).not.toContain('gone');
    expect(slack.violations).toEqual([]);
  });

  test('a field that keeps its ids but not its kind or its choice is written down', async () => {
    const select = (...values: string[]) =>
      field('how', { type: 'static_select', action_id: 'a', options: values.map(option) });
    const form = await open(formOf(select('rail', 'road'), text('name')));
    const { id: viewId } = form;
    await slack.fillView({ viewId, values: { how: 'rail', name: 'Ada' } });

    await bot.app.client.views.update({
      view_id: viewId,
      view: formOf(
        select('sea'),
        field('name', { type: 'number_input', action_id: 'text', is_decimal_allowed: false }),
      ),
    });

    expect(slack.violations).toEqual([
      expect.stringContaining('how keeps a value'),
      expect.stringContaining('name keeps a value'),
    ]);
  });

  test('a form that was closed cannot be updated', async () => {
    const { id: viewId } = await open(formOf(text('name')));
    slack.closeView(viewId);

    await expect(
      bot.app.client.views.update({ view_id: viewId, view: formOf(text('name')) }),
    ).rejects.toThrow('not_found');
  });

  test.each([
    ['1.5', 'is no such number'],
    ['two', 'is no such number'],
    ['0', 'is out of bounds'],
    ['11', 'is out of bounds'],
  ])('%s in a field for whole numbers from 1 to 10 is not sent', async (value, complaint) => {
    const count = field('count', {
      type: 'number_input',
      is_decimal_allowed: false,
      min_value: '1',
      max_value: '10',
    });
    const { id: viewId } = await open(formOf(count));

    expect(await slack.submitView({ viewId, values: { count: value } })).toMatchObject({
      errors: [`count: ${complaint}`],
    });
  });

  test('errors beside what is no field are written down', async () => {
    bot.app.view('trip', ({ ack }) =>
      ack({ response_action: 'errors', errors: { nowhere: 'x', name: 'x'.repeat(2001) } }),
    );
    const { id: viewId } = await open(formOf(text('name')));

    await slack.submitView({ viewId, values: {} });

    expect(slack.violations).toHaveLength(2);
  });
});

test.each<[string, ModalView]>([
  ['101 fields', formOf(...Array.from({ length: 101 }, (_, at) => text(`f${at}`)))],
  ['a long title', { ...formOf(text('a')), title: plain('x'.repeat(25)) }],
  ['much metadata', { ...formOf(text('a')), private_metadata: 'x'.repeat(3001) }],
  [
    'a long hint',
    formOf(field('a', { type: 'plain_text_input' }, { hint: plain('x'.repeat(2001)) })),
  ],
  [
    'a long placeholder',
    formOf(field('a', { type: 'plain_text_input', placeholder: plain('x'.repeat(151)) })),
  ],
  [
    'a number with an exponent as its bound',
    formOf(field('a', { type: 'number_input', is_decimal_allowed: true, max_value: '1e21' })),
  ],
  [
    'bounds the wrong way round',
    formOf(
      field('a', {
        type: 'number_input',
        is_decimal_allowed: true,
        min_value: '2',
        max_value: '1',
      }),
    ),
  ],
  [
    'an initial choice that is none',
    formOf(
      field('a', { type: 'static_select', options: [option('x')], initial_option: option('y') }),
    ),
  ],
  ['a text without end', formOf(field('a', { type: 'plain_text_input', max_length: 3001 }))],
  ['eleven files', formOf(field('a', { type: 'file_input', max_files: 11 }))],
])('%s make a form that Slack refuses', (_, view) => {
  expect(modal.safeParse(view).success).toBe(false);
  expect(modal.safeParse(formOf(text('a'))).success).toBe(true);
});
