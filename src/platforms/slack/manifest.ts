/**
 * Prints the app manifest to paste at api.slack.com/apps → Create New App → From a manifest.
 *
 *   npm run slack:manifest                                  Socket Mode
 *   npm run slack:manifest -- --http https://easel.example  events by HTTP
 *   npm run slack:manifest -- --command /draw               together with SLACK_COMMAND=/draw
 */
import { parseArgs } from 'node:util';
import type { Command } from '../../command.ts';
import type { Option } from '../../option.ts';
import { loadCommands } from '../../load-folder.ts';
import { loadModels } from '../../models/load-models.ts';
import { cutText } from '../../cut-text.ts';
import { toSlashName } from './publish.ts';
import { MAIN_COMMAND } from './settings.ts';

/** Slack's limits. */
const DESCRIPTION_LENGTH = 2000;
const USAGE_LENGTH = 1000;
const USAGE_FLAGS = 4;
const MENU_DESCRIPTION_LENGTH = 150;

/** The least that works, each with what it is for. */
const SCOPES: Readonly<Record<string, string>> = {
  commands: 'slash commands, forms and the menu of every message',
  'chat:write': 'status messages and private answers',
  'files:write': 'posting pictures, sound and other results',
  'files:read':
    'reading pictures and recordings that people attach, and seeing that ours are shown',
  'app_mentions:read': 'being asked by mention',
  'channels:history':
    'mentions with pictures and recordings, what a thread shows, recordings that a channel wants written down; finding a post again after a lost answer',
  'groups:history': 'the same in private channels',
  'im:history': 'direct messages',
  'mpim:history': 'mentions in group conversations',
  'channels:join': 'working in public channels without an invitation',
  'channels:read': 'seeing whether who gives a link to a message is in its channel',
  'groups:read': 'the same for private channels',
  'im:read': 'the same for direct messages',
  'mpim:read': 'the same for group conversations',
  'users:read': 'seeing whether somebody is an admin, who may delete what others made',
};

const EVENTS = ['app_mention', 'message.channels', 'message.groups', 'message.im', 'message.mpim'];

export interface ManifestChoices {
  /** Such as `https://easel.example`; undefined for Socket Mode. */
  readonly httpAddress: string | undefined;
  /** What `/imagine` is called here, with its slash. */
  readonly mainName: string;
}

export function toManifest(
  commands: readonly Command[],
  { httpAddress, mainName }: ManifestChoices,
) {
  const address = httpAddress && { url: new URL('/slack/events', httpAddress).href };
  const requests = address && { request_url: address.url };
  return {
    display_information: {
      name: 'Easel',
      description:
        'Turns words into pictures and speech, pictures into other pictures, and recordings into words',
      background_color: '#1f2a44',
    },
    features: {
      bot_user: { display_name: 'Easel', always_online: true },
      // Without both of these people cannot write to the bot directly.
      app_home: {
        home_tab_enabled: false,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: false,
      },
      slash_commands: commands
        .filter(({ published }) => published)
        .map((command) => ({ ...toSlashCommand(command, mainName), ...address })),
      shortcuts: commands.flatMap(toMenuEntry),
    },
    oauth_config: { scopes: { bot: Object.keys(SCOPES) } },
    settings: {
      event_subscriptions: { bot_events: EVENTS, ...requests },
      // Where selects with many choices ask for them: the same address, for they are told apart.
      interactivity: {
        is_enabled: true,
        ...requests,
        ...(address && { message_menu_options_url: address.url }),
      },
      org_deploy_enabled: false,
      socket_mode_enabled: httpAddress === undefined,
      token_rotation_enabled: false,
    },
  };
}

function toSlashCommand(command: Command, mainName: string) {
  const usage = cutText(toUsage(command), USAGE_LENGTH);
  return {
    command: toSlashName(command, mainName),
    description: cutText(command.description, DESCRIPTION_LENGTH),
    ...(usage !== '' && { usage_hint: usage }),
    should_escape: false,
  };
}

/** Its events come to the address for interactivity. */
function toMenuEntry({ name, menu, description }: Command) {
  if (menu === undefined) return [];
  const about = cutText(description, MENU_DESCRIPTION_LENGTH);
  return [{ name: menu, type: 'message', callback_id: name, description: about }];
}

/** Such as `<prompt> [--model …] [--ar …]`: a reminder while one types, not the whole list. */
function toUsage({ options }: Command): string {
  const typed = Object.entries(options).filter(([, { kind }]) => kind !== 'file');
  const main =
    typed.find(([, { kind }]) => kind === 'text') ??
    typed.find(([, { kind }]) => kind === 'suggested');
  const flags = typed
    .filter(([name]) => name !== main?.[0])
    .slice(0, USAGE_FLAGS)
    .map(([name, { aliases = [] }]) => `[--${shortest([name, ...aliases])} …]`);
  return [...(main ? [toMainUsage(...main)] : []), ...flags].join(' ');
}

/** But not so short that it says nothing. */
function shortest(names: readonly string[]): string | undefined {
  return names.filter((name) => name.length > 1).toSorted((a, b) => a.length - b.length)[0];
}

function toMainUsage(name: string, { required }: Option): string {
  return required === true ? `<${name}>` : `[${name}]`;
}

function readChoices(): ManifestChoices {
  const { values } = parseArgs({
    options: { http: { type: 'string' }, command: { type: 'string' } },
  });
  const name = values.command ?? MAIN_COMMAND;
  return {
    httpAddress: values.http,
    mainName: name.startsWith('/') ? name : `/${name}`,
  };
}

if (import.meta.main) {
  const commands = await loadCommands({ models: await loadModels() });
  process.stdout.write(`${JSON.stringify(toManifest(commands, readChoices()), undefined, 2)}\n`);
}
