/** The rules of voice messages that the loopback Discord keeps, as the real one does. */
import { MessageFlags, PermissionFlagsBits } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startDiscordServer, type DiscordServer } from '../support/discord/discord-server.ts';
import { callApi, connectClient, next } from '../support/discord/test-client.ts';

const WAVEFORM = Buffer.from([0, 128, 255]).toString('base64');
const FACTS = { id: '0', filename: 'voice-message.ogg', duration_secs: 1.5, waveform: WAVEFORM };
const flags = MessageFlags.IsVoiceMessage;

let server: DiscordServer;
beforeEach(async () => void (server = await startDiscordServer()));
afterEach(() => server.close());

interface Sent {
  readonly body?: object;
  readonly types?: readonly string[];
}

function post({ body = {}, types = ['audio/ogg'] }: Sent) {
  const form = new FormData();
  for (const [at, type] of types.entries()) {
    form.append(`files[${at}]`, new Blob(['OggS'], { type }), 'voice-message.ogg');
  }
  form.append('payload_json', JSON.stringify({ flags, attachments: [FACTS], ...body }));
  return callApi(server, { method: 'POST', path: `/channels/${server.channelId}/messages`, form });
}

test('a voice message of a bot is one, with its length and its waveform', async () => {
  const { status, body } = await post({});
  expect(status).toBe(200);
  expect(body).toMatchObject({
    flags,
    content: '',
    attachments: [{ content_type: 'audio/ogg', duration_secs: 1.5, waveform: WAVEFORM }],
  });
  expect(server.violations).toEqual([]);
});

test.each<Sent & { readonly name: string; readonly code: number }>([
  { name: 'words', body: { content: 'hello' }, code: 50159 },
  { name: 'an embed', body: { embeds: [{ title: 'hello' }] }, code: 50159 },
  { name: 'no file', types: [], body: { attachments: [] }, code: 50160 },
  { name: 'two files', types: ['audio/ogg', 'audio/ogg'], code: 50160 },
  { name: 'a file that does not come as sound', types: ['application/ogg'], code: 50161 },
  { name: 'no facts', body: { attachments: [{ id: '0' }] }, code: 50161 },
  { name: 'no waveform', body: { attachments: [{ ...FACTS, waveform: '' }] }, code: 50161 },
  { name: 'no length', body: { attachments: [{ ...FACTS, duration_secs: 0 }] }, code: 50161 },
  ...[257, 400].map((points) => ({
    name: `${points} points`,
    body: { attachments: [{ ...FACTS, waveform: Buffer.alloc(points).toString('base64') }] },
    code: 50035,
  })),
])('with $name it is refused with $code', async ({ code, ...sent }) => {
  expect(await post(sent)).toMatchObject({ status: 400, body: { code } });
  expect(server.messages(server.channelId)).toEqual([]);
});

test('it takes a permission of its own, and none for files', async () => {
  const { ViewChannel, SendMessages, SendVoiceMessages, AttachFiles } = PermissionFlagsBits;
  server.permit(ViewChannel | SendMessages | AttachFiles);
  expect(await post({})).toMatchObject({ status: 403, body: { code: 50173 } });
  server.permit(ViewChannel | SendMessages | SendVoiceMessages);
  expect(await post({})).toMatchObject({ status: 200 });
});

test('it cannot be changed, only taken away', async () => {
  const { body } = await post({});
  const path = `/channels/${server.channelId}/messages/${String(body['id'])}`;
  const edit = await callApi(server, { method: 'PATCH', path, body: { content: 'hello' } });
  expect(edit).toMatchObject({ status: 400, body: { code: 50162 } });
  expect(await callApi(server, { method: 'DELETE', path })).toMatchObject({ status: 204 });
});

test('of an ordinary message, length and waveform are not kept', async () => {
  const { body } = await post({ body: { flags: 0 } });
  expect(body['attachments']).toMatchObject([{ filename: 'voice-message.ogg' }]);
  expect(JSON.stringify(body)).not.toContain('waveform');
});

test('what people record reaches a bot without its sound, unless it is said to the bot', async () => {
  const client = await connectClient(server);
  const { channelId, dmChannelId } = server;
  const bytes = Buffer.from('OggS');
  const told = async (note: { channelId: string; repliesTo?: string }) => {
    const event = next(client, 'messageCreate');
    await server.sendVoiceNote({ ...note, bytes });
    const [message] = await event;
    return [message.flags.has(flags), message.attachments.first()?.duration];
  };
  expect(await told({ channelId })).toEqual([true, undefined]);
  expect(await told({ channelId: dmChannelId })).toEqual([true, 2.5]);
  const posted = next(client, 'messageCreate');
  const path = `/channels/${channelId}/messages`;
  await callApi(server, { method: 'POST', path, body: { content: 'hello' } });
  const [{ id }] = await posted;
  expect(await told({ channelId, repliesTo: id })).toEqual([true, 2.5]);
  await client.destroy();
});
