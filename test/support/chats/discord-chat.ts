import { startDiscordServer } from '../discord/discord-server.ts';
import type {
  CommandCall,
  DiscordServer,
  DiscordServerOptions,
  ServerMessage,
  TestInteraction,
} from '../discord/types.ts';
import type { DeliveredMessage, TestChat, Where } from './chat.ts';
import { parseFlagsForTest } from './flags.ts';

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
    async ask(text, where = 'channel', uploads = []) {
      const { prompt, ...options } = parseFlagsForTest(text);
      const interaction = await server.runCommand({
        name: 'imagine',
        options: { prompt: prompt ?? '', ...options },
        channelId: channels[where],
        attachments: uploads.map((upload, at) => ({
          ...upload,
          optionName: at === 0 ? 'image' : `image${at + 1}`,
        })),
      });
      interactions.push(interaction);
    },
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
        .map((message) => toDelivered(message, channels)),
    async press(label) {
      const message = ours().findLast(({ components }) =>
        JSON.stringify(components).includes(`"label":${JSON.stringify(label)}`),
      );
      if (!message) throw new Error(`no message has a button ${label}`);
      const { id: messageId, channelId } = message;
      interactions.push(await server.pressButton({ messageId, label, channelId }));
    },
    async show(pictures, where = 'channel') {
      const shown = { channelId: channels[where], content: 'look', attachments: pictures };
      return (await server.sendMessage(shown)).id;
    },
    newestResult: () => ours().findLast(({ attachments }) => attachments.length > 0)?.id ?? '',
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

function toDelivered(message: ServerMessage, channels: Record<Where, string>): DeliveredMessage {
  const where = (Object.keys(channels) as Where[]).find(
    (key) => channels[key] === message.channelId,
  );
  return {
    where: where ?? 'channel',
    text: message.content,
    files: message.attachments.map(({ filename, description, bytes }) => ({
      name: filename,
      altText: description ?? '',
      bytes,
    })),
  };
}
