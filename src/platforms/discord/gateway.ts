/** The connection over which Discord tells what happens; the library resumes it by itself. */
import { once } from 'node:events';
import {
  Client,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayCloseCodes,
  GatewayIntentBits,
  Options,
  Partials,
  Status,
  type ClientOptions,
} from 'discord.js';
import type { Logger } from 'pino';
import { UpstreamError, UserError } from '../../errors.ts';
import type { DiscordSettings } from './settings.ts';

const OPEN_WITHIN_MS = 60_000;
/** A guild that Discord cannot reach must not hold up the others. */
const GUILDS_WITHIN_MS = 5000;

/** Close codes after which Discord takes no second try, and what the operator does about each. */
const REMEDIES: ReadonlyMap<number, string> = new Map([
  [
    GatewayCloseCodes.AuthenticationFailed,
    'Discord refused DISCORD_TOKEN: reset the token in the developer portal and set the new one.',
  ],
  [
    GatewayCloseCodes.DisallowedIntents,
    'Discord refused the Message Content intent: switch it on in the developer portal under Bot, or set DISCORD_MESSAGE_CONTENT=off.',
  ],
  [
    GatewayCloseCodes.ShardingRequired,
    'This bot is in so many servers that Discord asks for sharding, which restarting provides.',
  ],
]);

export interface Gateway {
  readonly client: Client;
  open(): Promise<void>;
  isOpen(): boolean;
  close(): Promise<void>;
}

export function createGateway(settings: DiscordSettings, log: Logger): Gateway {
  const client = new Client(toClientOptions(settings));
  let closeCode: number | undefined;

  client.on(Events.Error, (error) => log.error({ error }, 'the Discord client failed'));
  client.on(Events.Warn, (warning) => log.warn({ warning }, 'the Discord client warns'));
  client.on(Events.ShardError, (error) => log.warn({ error }, 'the gateway connection failed'));
  client.on(Events.ShardReconnecting, () => log.debug('the gateway connection closed'));
  client.on(Events.ShardResume, () => log.debug('the gateway resumed'));
  client.on(Events.ShardDisconnect, ({ code }) => {
    closeCode = code;
    log.fatal({ code }, wordRemedy(code));
  });

  return {
    client,
    async open() {
      const limit = AbortSignal.timeout(OPEN_WITHIN_MS);
      try {
        const isReady = once(client, Events.ClientReady, { signal: limit });
        await Promise.all([isReady, client.login(settings.token)]);
      } catch (error) {
        await client.destroy();
        throw explainRefusal(error, closeCode);
      }
    },
    isOpen: () =>
      client.isReady() && client.ws.shards.every((shard) => shard.status === Status.Ready),
    close: () => client.destroy(),
  };
}

/** Events are acted upon as they come: next to nothing is kept. */
function toClientOptions({ apiUrl, messageContent }: DiscordSettings): ClientOptions {
  const { Guilds, GuildMessages, DirectMessages, MessageContent } = GatewayIntentBits;
  return {
    intents: [Guilds, GuildMessages, DirectMessages, ...(messageContent ? [MessageContent] : [])],
    /** Without it, direct messages in channels not seen before are dropped. */
    partials: [Partials.Channel],
    waitGuildTimeout: GUILDS_WITHIN_MS,
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      PresenceManager: 0,
      ReactionManager: 0,
      GuildEmojiManager: 0,
      GuildStickerManager: 0,
      UserManager: { maxSize: 100, keepOverLimit: (user) => user.id === user.client.user.id },
      GuildMemberManager: {
        maxSize: 50,
        keepOverLimit: (member) => member.id === member.client.user.id,
      },
    }),
    allowedMentions: { parse: [], repliedUser: false },
    rest: { api: apiUrl },
  };
}

function explainRefusal(error: unknown, closeCode: number | undefined): Error {
  if (closeCode !== undefined) return new UserError(wordRemedy(closeCode), { cause: error });
  if (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid) {
    return new UserError(wordRemedy(GatewayCloseCodes.AuthenticationFailed), { cause: error });
  }
  return new UpstreamError('Discord', 'Discord could not be reached at start.', {
    retryable: true,
    cause: error,
  });
}

function wordRemedy(code: number): string {
  const remedy = REMEDIES.get(code);
  return remedy ?? `Discord closed the connection for good with code ${code}: restart Easel.`;
}
