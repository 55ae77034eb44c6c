/** What Slack's part of the environment means: two tokens, or a token and a signing secret. */
import { z } from 'zod';
import { hostList, webAddress, wordIssues } from '../../setting-kinds.ts';
import type { Environment } from '../platform.ts';

export const SLACK_VARIABLES = [
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SLACK_API_URL',
  'SLACK_FILE_HOSTS',
  'SLACK_COMMAND',
] as const;

/** The command that `SLACK_COMMAND` renames: the one that people type most. */
export const MAIN_COMMAND = 'imagine';

export interface SlackSettings {
  readonly botToken: string;
  /** How events arrive. */
  readonly intake:
    | { readonly kind: 'socket'; readonly appToken: string }
    | { readonly kind: 'http'; readonly signingSecret: string };
  /** Ends with a slash. */
  readonly apiUrl: string;
  /** Where Slack keeps files; the bot token goes to these hosts and no others. */
  readonly fileHosts: readonly string[];
  /** With its slash; Slack gives a name to whichever app was installed last. */
  readonly command: string;
}
export type SlackReading =
  | { readonly state: 'on'; readonly settings: SlackSettings }
  | { readonly state: 'off' }
  | { readonly state: 'mistaken'; readonly mistakes: readonly string[] };

const WHERE_BOT_TOKEN =
  'it starts with xoxb- and stands at api.slack.com/apps → your app → OAuth & Permissions';
const WHERE_APP_TOKEN =
  'it starts with xapp-, has the scope connections:write and is made at api.slack.com/apps → your app → Basic Information → App-Level Tokens';
const WHERE_SECRET = 'it stands at api.slack.com/apps → your app → Basic Information';

const slackCommand = z.string().regex(/^\/[a-z\d_-]{1,31}$/u);
const schema = z.object({
  SLACK_BOT_TOKEN: z
    .string()
    .startsWith('xoxb-', `is not a bot token: ${WHERE_BOT_TOKEN}`)
    .optional(),
  SLACK_APP_TOKEN: z
    .string()
    .startsWith('xapp-', `is not an app-level token: ${WHERE_APP_TOKEN}`)
    .optional(),
  SLACK_SIGNING_SECRET: z.string().optional(),
  SLACK_API_URL: webAddress('https://slack.com/api').transform((address) => `${address}/`),
  SLACK_FILE_HOSTS: hostList.default(['files.slack.com']),
  SLACK_COMMAND: z
    .string()
    .default(`/${MAIN_COMMAND}`)
    .transform((name) => (name.startsWith('/') ? name : `/${name}`))
    .refine((name) => slackCommand.safeParse(name).success, {
      error: 'must be up to 32 lower-case letters, digits, - or _, such as /imagine',
    }),
});
type Variables = z.infer<typeof schema>;

/** Half-set means mistaken: a bot that hears but cannot speak would look like a bug. */
export function readSlackSettings(environment: Environment): SlackReading {
  const isWanted = ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET'].some(
    (name) => environment[name] !== undefined,
  );
  if (!isWanted) return { state: 'off' };
  const parsed = schema.safeParse(environment);
  const mistakes = [
    ...(parsed.success ? [] : wordIssues(parsed.error)),
    ...findMissing(environment),
  ];
  if (!parsed.success || mistakes.length > 0) return { state: 'mistaken', mistakes };
  const settings = toSettings(parsed.data);
  return settings ? { state: 'on', settings } : { state: 'off' };
}

function findMissing(environment: Environment): string[] {
  const hasIntake =
    environment['SLACK_APP_TOKEN'] !== undefined ||
    environment['SLACK_SIGNING_SECRET'] !== undefined;
  return [
    ...(environment['SLACK_BOT_TOKEN'] === undefined
      ? [`SLACK_BOT_TOKEN is missing: ${WHERE_BOT_TOKEN}.`]
      : []),
    ...(hasIntake
      ? []
      : [
          `SLACK_APP_TOKEN is missing: ${WHERE_APP_TOKEN}. (For events by HTTP set SLACK_SIGNING_SECRET instead: ${WHERE_SECRET}.)`,
        ]),
  ];
}

/** With both given, Socket Mode wins: it works without a public address. */
function toSettings(variables: Variables): SlackSettings | undefined {
  const { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET } = variables;
  const intake = toIntake(SLACK_APP_TOKEN, SLACK_SIGNING_SECRET);
  if (SLACK_BOT_TOKEN === undefined || intake === undefined) return undefined;
  return {
    botToken: SLACK_BOT_TOKEN,
    intake,
    apiUrl: variables.SLACK_API_URL,
    fileHosts: variables.SLACK_FILE_HOSTS,
    command: variables.SLACK_COMMAND,
  };
}

function toIntake(
  appToken: string | undefined,
  signingSecret: string | undefined,
): SlackSettings['intake'] | undefined {
  if (appToken !== undefined) return { kind: 'socket', appToken };
  return signingSecret === undefined ? undefined : { kind: 'http', signingSecret };
}
