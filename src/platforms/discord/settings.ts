/** What the operator can say about Discord, checked before anything is loaded. */
import { z } from 'zod';
import { hostList, webAddress, wordIssues } from '../../setting-kinds.ts';
import type { Environment } from '../platform.ts';

export const DISCORD_VARIABLES = [
  'DISCORD_TOKEN',
  'DISCORD_API_URL',
  'DISCORD_FILE_HOSTS',
  'DISCORD_MESSAGE_CONTENT',
] as const;

/** Attachments, and the proxies through which Discord shows pictures of the web. */
const FILE_HOSTS = [
  'cdn.discordapp.com',
  'media.discordapp.net',
  'images-ext-1.discordapp.net',
  'images-ext-2.discordapp.net',
];

const REFUSED_TOKEN =
  'does not look like a bot token (three parts joined by dots): copy it again from discord.com/developers/applications → Bot → Reset Token';

const settingsSchema = z.object({
  DISCORD_TOKEN: z
    .string()
    .transform((token) => token.replace(/^Bot\s+/iu, ''))
    .pipe(z.string().regex(/^[\w-]{20,}\.[\w-]{5,}\.[\w-]{25,}$/u, REFUSED_TOKEN)),
  DISCORD_API_URL: webAddress('https://discord.com/api'),
  DISCORD_FILE_HOSTS: hostList.default([...FILE_HOSTS]),
  DISCORD_MESSAGE_CONTENT: z
    .enum(['on', 'off'], {
      error: 'must be on or off; on needs the Message Content intent in the developer portal',
    })
    .default('off')
    .transform((word) => word === 'on'),
});

export interface DiscordSettings {
  readonly token: string;
  readonly apiUrl: string;
  /** Hosts that hand out attachments. */
  readonly fileHosts: readonly string[];
  /** Whether to ask for the privileged intent to read messages that do not mention the bot. */
  readonly messageContent: boolean;
}

type Reading =
  | { readonly state: 'on'; readonly settings: DiscordSettings }
  | { readonly state: 'off'; readonly turnOnWith: string }
  | { readonly state: 'mistaken'; readonly mistakes: readonly string[] };

export function readSettings(environment: Environment): Reading {
  if (environment['DISCORD_TOKEN'] === undefined) return readWithoutToken(environment);
  const parsed = settingsSchema.safeParse(environment);
  if (!parsed.success) return { state: 'mistaken', mistakes: wordIssues(parsed.error) };
  return {
    state: 'on',
    settings: {
      token: parsed.data.DISCORD_TOKEN,
      apiUrl: parsed.data.DISCORD_API_URL,
      fileHosts: parsed.data.DISCORD_FILE_HOSTS,
      messageContent: parsed.data.DISCORD_MESSAGE_CONTENT,
    },
  };
}

function readWithoutToken(environment: Environment): Reading {
  const lonely = DISCORD_VARIABLES.filter((name) => environment[name] !== undefined);
  if (lonely.length === 0) return { state: 'off', turnOnWith: 'DISCORD_TOKEN' };
  return {
    state: 'mistaken',
    mistakes: lonely.map(
      (name) => `${name} has no effect without DISCORD_TOKEN: set the token too, or remove it.`,
    ),
  };
}
