import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  startDiscordServer,
  type DiscordServer,
  type JsonObject,
  type TestInteraction,
} from '../support/discord/discord-server.ts';
import { callApi } from '../support/discord/test-client.ts';

let server: DiscordServer;

const PICTURE = { fileName: 'me.png', contentType: 'image/png', bytes: Buffer.from('picture') };
const QUESTION = {
  type: 18,
  label: 'Words',
  component: { type: 4, custom_id: 'words', style: 2, value: 'at night', max_length: 100 },
};
const FORM = { custom_id: 'form', title: 'Edit', components: [QUESTION] };

beforeEach(async () => {
  server = await startDiscordServer();
  const path = `/applications/${server.applicationId}/commands`;
  const body = [
    { name: 'draw', description: 'Draws' },
    { name: 'Edit picture', type: 3 },
  ];
  await callApi(server, { method: 'PUT', path, body });
});

afterEach(() => server.close());

function answer({ id, token }: TestInteraction, body: unknown) {
  const path = `/interactions/${id}/${token}/callback`;
  return callApi(server, { method: 'POST', path, body, token: '' });
}

/** What a client is told of an interaction. */
function payloadOf(interaction: TestInteraction): Record<string, unknown> {
  return (interaction as unknown as { payload: Record<string, unknown> }).payload;
}

async function openForm(form: object = FORM): Promise<TestInteraction> {
  const opening = await server.runCommand({ name: 'draw' });
  const { status, body } = await answer(opening, { type: 9, data: form });
  expect(body).toEqual({});
  expect(status).toBe(204);
  return opening;
}

test('the target of a message command comes whole, whoever wrote it', async () => {
  const { channelId } = server;
  const robot = { ...server.user('robot'), bot: true };
  const message = await server.sendMessage({
    channelId,
    content: 'look',
    user: robot,
    attachments: [PICTURE],
  });
  const opened = await server.openMenu({ name: 'Edit picture', messageId: message.id });
  expect(payloadOf(opened)).toMatchObject({
    type: 2,
    data: {
      type: 3,
      target_id: message.id,
      resolved: {
        messages: {
          [message.id]: { content: 'look', attachments: [{ filename: 'me.png' }] },
        },
      },
    },
  });
});

test('a form is sent as it was shown, but for what was changed', async () => {
  const shown = {
    ...FORM,
    components: [
      QUESTION,
      {
        type: 18,
        label: 'Size',
        component: {
          type: 3,
          custom_id: 'size',
          options: [
            { label: 'Small', value: 's' },
            { label: 'Large', value: 'l', default: true },
          ],
        },
      },
      { type: 18, label: 'Picture', component: { type: 19, custom_id: 'file', required: false } },
    ],
  };
  const opening = await openForm(shown);
  const sent = await server.sendModal(opening, { values: { file: [PICTURE] } });
  const { data } = payloadOf(sent) as { data: Record<string, JsonObject> };
  const [attachment] = Object.values((data['resolved']?.['attachments'] ?? {}) as JsonObject);
  expect(attachment).toMatchObject({ filename: 'me.png', ephemeral: true });
  expect(data).toMatchObject({
    custom_id: 'form',
    components: [
      { component: { custom_id: 'words', value: 'at night' } },
      { component: { custom_id: 'size', values: ['l'] } },
      {
        component: { custom_id: 'file', values: [(attachment as { id: string } | undefined)?.id] },
      },
    ],
  });
  expect(server.violations).toEqual([]);
});

test('a form that a button opened knows the message of the button', async () => {
  const { channelId } = server;
  const button = { type: 2, style: 2, label: 'Edit', custom_id: 'edit' };
  const { body } = await callApi(server, {
    method: 'POST',
    path: `/channels/${channelId}/messages`,
    body: { content: 'here', components: [{ type: 1, components: [button] }] },
  });
  const messageId = String(body['id']);
  const press = await server.pressButton({ messageId, label: 'Edit' });
  await answer(press, { type: 9, data: FORM });
  const fromButton = await server.sendModal(press);
  expect(payloadOf(fromButton)).toMatchObject({ type: 5, message: { id: messageId } });
  const fromCommand = await server.sendModal(await openForm());
  expect(payloadOf(fromCommand)).not.toHaveProperty('message');
});

test('clients send no form that breaks its own rules', async () => {
  const opening = await openForm();
  await expect(server.sendModal(opening, { values: { words: '' } })).rejects.toThrow('words');
  const long = { words: 'a'.repeat(101) };
  await expect(server.sendModal(opening, { values: long })).rejects.toThrow('words');
  await expect(server.sendModal(opening, { values: { other: 'x' } })).rejects.toThrow('other');
});

test('a form can only be the first answer, and none to another form', async () => {
  const opening = await openForm();
  expect(await answer(opening, { type: 9, data: FORM })).toMatchObject({ body: { code: 40060 } });
  const sent = await server.sendModal(opening);
  expect(await answer(sent, { type: 9, data: FORM })).toMatchObject({ body: { code: 50035 } });
});

describe('is refused:', () => {
  const text = QUESTION.component;
  const withField = (component: object) => ({ components: [{ ...QUESTION, component }] });
  const manyOptions = Array.from({ length: 26 }, (_, at) => ({ label: `${at}`, value: `${at}` }));
  test.each<[string, object]>([
    ['six questions', { components: Array.from({ length: 6 }, () => QUESTION) }],
    ['two questions of one id', { components: [QUESTION, QUESTION] }],
    ['no question', { components: [] }],
    ['a long title', { title: 'a'.repeat(46) }],
    ['a long label', { components: [{ ...QUESTION, label: 'a'.repeat(46) }] }],
    ['a long description', { components: [{ ...QUESTION, description: 'a'.repeat(101) }] }],
    ['a text longer than its limit', withField({ ...text, value: 'a'.repeat(101) })],
    ['a limit beyond Discord’s', withField({ ...text, max_length: 4001 })],
    ['a disabled field', withField({ type: 3, custom_id: 'a', disabled: true, options: [] })],
    ['26 options', withField({ type: 3, custom_id: 'a', options: manyOptions })],
    ['a button', withField({ type: 2, custom_id: 'a', label: 'a', style: 1 })],
    ['eleven files', withField({ type: 19, custom_id: 'a', max_values: 11 })],
  ])('%s', async (_, wrong) => {
    const opening = await server.runCommand({ name: 'draw' });
    const { body } = await answer(opening, { type: 9, data: { ...FORM, ...wrong } });
    expect(body).toMatchObject({ code: 50035 });
    expect(opening.response).toBeUndefined();
  });
});
