/** Sound on Discord, where a bot may not read what people write to each other. */
import { MessageFlags, PermissionFlagsBits } from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDiscordChat, type DiscordChat } from '../support/chats/discord-chat.ts';
import type { ServerMessage } from '../support/discord/types.ts';
import { probeBytes } from '../support/sound/probe.ts';
import { hasSoundTools } from '../support/sound/tools.ts';
import { HURRIED_PACE, startWorld, type World } from '../support/world.ts';
import { findBugs } from './chat-faults-rig.ts';
import { playOne, record } from './voice-notes-rig.ts';

const WORDS = 'Bring the red folder.';
const FACTS = 'For … · minimax-speech-02-hd · … s';
const { ViewChannel, SendMessages, AttachFiles, ReadMessageHistory } = PermissionFlagsBits;
const WITHOUT_VOICE = ViewChannel | SendMessages | AttachFiles | ReadMessageHistory;

describe.skipIf(!hasSoundTools())('without the intent', () => {
  let world: World<DiscordChat>;
  beforeAll(async () => {
    world = await startWorld(await startDiscordChat(), { pace: HURRIED_PACE });
  });
  afterAll(() => world?.close());

  test('nothing is overheard and nothing breaks, whatever the channel wants', async () => {
    const recording = await record(WORDS, 'ogg');
    const { asked, words } = await playOne(world, {
      async play({ chat, hear, makes }) {
        hear(WORDS);
        await chat.set('--voice transcribe');
        expect(chat.privateTexts().at(-1)).toContain('Easel is not shown what people post here');
        await chat.chatter('good morning');
        await chat.chatter('', [recording]);
        const { server } = world.chat;
        await server.sendVoiceNote({ channelId: server.channelId, bytes: recording.bytes });
        await makes(() => chat.command('transcribe', '', [recording]));
        await chat.set('--voice off');
      },
    });
    expect(asked).toHaveLength(1);
    expect(words[0]).toBe(WORDS);
    expect(findBugs(world)).toEqual([]);
  });

  test('the menu hears somebody’s recording, and a reply hears one’s own', async () => {
    const recording = await record(WORDS, 'ogg');
    const { asked, words } = await playOne(world, {
      async play({ chat, hear, makes }) {
        hear(WORDS);
        const shown = await chat.show([recording]);
        await makes(() => chat.choose('Transcribe', shown));
        hear('Which folder?');
        const answered = await chat.newestResult();
        await makes(() => chat.sayAloud(recording, { to: answered }));
      },
    });
    expect(asked).toHaveLength(2);
    expect(words).toEqual(expect.arrayContaining([WORDS, 'Which folder?']));
  });

  test('what is spoken is a voice message, and a file where those are not allowed', async () => {
    const { server } = world.chat;
    const { found, words } = await playOne(world, {
      async play({ chat, makes, posted }) {
        await makes(() => chat.command('speak', WORDS));
        server.permit(WITHOUT_VOICE);
        await makes(() => chat.command('speak', WORDS));
        return posted();
      },
    });
    expect(words).toEqual([WORDS, FACTS, WORDS, FACTS]);
    const messages = server.messages(server.channelId);
    const shown = found.map(({ id }) => messages.find((message) => message.id === id));
    expect(shown.map((message) => message && isVoice(message))).toEqual([true, false, false]);
    expect(found.map(({ files }) => files.length)).toEqual([1, 0, 1]);
    const [{ voice, bytes } = { voice: undefined, bytes: Buffer.alloc(0) }] =
      shown[0]?.attachments ?? [];
    const heard = await probeBytes(bytes);
    expect(heard).toMatchObject({
      container: 'ogg',
      codec: 'opus',
      sampleRate: 48_000,
      channels: 1,
    });
    expect(voice?.seconds).toBeCloseTo(heard.seconds, 1);
    const wave = Buffer.from(voice?.waveform ?? '', 'base64');
    expect(wave.length).toBe(Math.floor(heard.seconds / 0.1));
    expect(Math.max(...wave)).toBeGreaterThan(20);
    expect(await probeBytes(shown[2]?.attachments[0]?.bytes ?? Buffer.alloc(0))).toMatchObject({
      container: 'ogg',
    });
  });
});

function isVoice({ flags }: ServerMessage): boolean {
  return (flags & MessageFlags.IsVoiceMessage) !== 0;
}
