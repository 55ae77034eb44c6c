import { PermissionFlagsBits } from 'discord.js';
import { startDiscordServer } from '../discord/discord-server.ts';
import type {
  CommandCall,
  DiscordServer,
  DiscordServerOptions,
  ServerMessage,
  TestInteraction,
} from '../discord/types.ts';
import type { PostedMessage, TestChat, Upload, Where } from './chat.ts';
import { fileOptionsOf, parseFlagsForTest } from './flags.ts';
import { readDiscordWords } from './read-words.ts';

export interface DiscordChat extends TestChat {
  readonly server: DiscordServer;
  /** What is suggested for an option of /imagine (or of another command) while it is typed. */
  suggest(
    optionName: string,
    begun: string,
    filledIn?: CommandCall['options'],
    commandName?: string,
  ): Promise<readonly Suggestion[]>;
}

interface Suggestion {
  readonly label: string;
  readonly value: string | number;
}

export async function startDiscordChat(options: DiscordServerOptions = {}): Promise<DiscordChat> {
  const server = await startDiscordServer(options);
  const channels: Record<Where, string> = {
    channel: server.channelId,
    thread: server.threadId,
    direct: server.dmChannelId,
  };
  const interactions: TestInteraction[] = [];
  const ours = (): ServerMessage[] =>
    Object.values(channels)
      .flatMap((channel) => server.messages(channel))
      .filter((message) => message.author.id === server.botUserId && !message.deleted)
      .toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
  const statuses = (): ServerMessage[] =>
    ours().filter((message) => message.attachments.length === 0 && !message.ephemeral);
  const posted = (): ServerMessage[] => ours().filter(isResult);
  const findButton = (label: string): ServerMessage => {
    const message = ours().findLast(({ components }) => labelsOf(components).includes(label));
    if (!message) throw new Error(`no message has a button ${label}`);
    return message;
  };

  async function run(
    name: string,
    text: string,
    uploads: readonly Upload[],
    where: Where,
  ): Promise<void> {
    const fileOptions = fileOptionsOf(name);
    const interaction = await server.runCommand({
      name,
      options: { ...(name === 'imagine' && { prompt: '' }), ...parseFlagsForTest(text, name) },
      channelId: channels[where],
      attachments: uploads.map((upload, at) => ({ ...upload, optionName: fileOptions[at] ?? '' })),
    });
    interactions.push(interaction);
  }

  return {
    name: 'discord',
    server,
    places: ['channel', 'thread', 'direct'],
    env: {
      DISCORD_TOKEN: server.token,
      DISCORD_API_URL: server.apiUrl,
      DISCORD_FILE_HOSTS: server.fileHost,
      WEB_CHAT: 'off',
    },
    attach: async () => {
      await server.waitFor(() => server.gateway.connected && server.publishedCommands.length > 0);
    },
    ask: (text, where = 'channel', uploads = []) => run('imagine', text, uploads, where),
    records: 'ogg',
    command: (name, text, files = [], where = 'channel') => run(name, text, files, where),
    async sayAloud({ bytes }, { to, where = 'channel' } = {}) {
      const note = { channelId: channels[where], bytes };
      await server.sendVoiceNote(to === undefined ? note : { ...note, repliesTo: to });
    },
    async chatter(content, files = [], by = 'person') {
      const user = { ...server.user(by === 'bot' ? 'robot' : 'guest'), bot: by === 'bot' };
      const { channelId } = server;
      await server.sendMessage({ channelId, user, content, attachments: files });
    },
    async choose(name, messageId) {
      interactions.push(await server.openMenu({ name, messageId }));
    },
    async pressAndAnswer(label, values) {
      const opening = await server.pressButton({ messageId: findButton(label).id, label });
      await server.waitFor(() => opening.response?.modal);
      interactions.push(await server.sendModal(opening, { values }));
    },
    async set(flags, by = 'moderator') {
      const user = server.user(by);
      if (by === 'moderator') server.empower(user, PermissionFlagsBits.ManageMessages);
      const options = parseFlagsForTest(flags, 'settings');
      const call = await server.runCommand({ name: 'settings', options, user });
      await server.waitFor(() => call.response);
    },
    posted: async () => posted().map((message) => toPosted(message, channels)),
    buttons: async () =>
      labelsOf(posted().findLast(({ components }) => components.length > 0)?.components ?? []),
    handedOut: async () =>
      ours().flatMap((one) => (one.ephemeral ? toPosted(one, channels).files : [])),
    async suggest(option, begun, filledIn = {}, name = 'imagine') {
      const typing = await server.typeInto({ name, option, begun, options: filledIn });
      const response = await server.waitFor(() => typing.response);
      return (response.choices ?? []).map(({ name: label, value }) => ({ label, value }));
    },
    acknowledgedAfterMs: () => interactions.at(-1)?.acknowledgedAfterMs,
    statusTexts: () => statuses().flatMap(({ versions }) => versions.map(({ content }) => content)),
    newestStatus: () => statuses().at(-1)?.content ?? '',
    statusCount: () => statuses().length,
    privateTexts: () =>
      ours()
        .filter(({ ephemeral }) => ephemeral)
        .map(({ content }) => content),
    deliveries: async () =>
      ours()
        .filter(({ attachments }) => attachments.length > 0)
        .map((message) => toPosted(message, channels)),
    async press(label) {
      const { id: messageId, channelId } = findButton(label);
      interactions.push(await server.pressButton({ messageId, label, channelId }));
    },
    async show(pictures, where = 'channel') {
      const shown = { channelId: channels[where], content: 'look', attachments: pictures };
      return (await server.sendMessage(shown)).id;
    },
    newestResult: () => posted().at(-1)?.id ?? '',
    async reply(to, content, pictures = [], where = 'channel') {
      await server.sendMessage({
        channelId: channels[where],
        content,
        attachments: pictures,
        repliesTo: to,
        mentionsBot: where !== 'direct',
      });
    },
    async redeliver() {
      const newest = interactions.at(-1);
      if (newest) server.redeliver(newest);
    },
    problems: () => [
      ...server.violations,
      ...(server.tooManyRequests > 0 ? [`${server.tooManyRequests} answers with 429`] : []),
      ...ours()
        .filter(({ pings }) => pings.everyone || pings.users.length + pings.roles.length > 0)
        .map(({ content }) => `pings: ${content}`),
    ],
    close: () => server.close(),
  };
}

const STATUS = /^\*\*Sending it off\*\*/u;

/** What tells of a job's progress is no result; what is said to one person alone neither. */
function isResult({ ephemeral, versions }: ServerMessage): boolean {
  return !ephemeral && !versions.some(({ content }) => STATUS.test(content));
}

function labelsOf(components: ServerMessage['components']): readonly string[] {
  const labels = JSON.stringify(components).matchAll(/"label":("(?:[^"\\]|\\.)*")/gu);
  return [...labels].map(([, label = '""']) => String(JSON.parse(label)));
}

function toPosted(message: ServerMessage, channels: Record<Where, string>): PostedMessage {
  const where = (Object.keys(channels) as Where[]).find(
    (key) => channels[key] === message.channelId,
  );
  return {
    id: message.id,
    where: where ?? 'channel',
    text: message.content,
    words: readDiscordWords(message.content),
    files: message.attachments.map(({ filename, description, bytes }) => ({
      name: filename,
      altText: description ?? '',
      bytes,
    })),
  };
}
