/** What every part of this folder works with. */
import type { Client } from 'discord.js';
import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import type { Command } from '../../command.ts';
import type { PlatformParts } from '../platform.ts';
import type { DiscordApi } from './api.ts';
import type { MenuForms } from './menu-forms.ts';
import type { SeenPayloads } from './seen-payloads.ts';

export interface DiscordParts extends Pick<PlatformParts, 'startForm' | 'settingsOf'> {
  readonly api: DiscordApi;
  /** What discord.js knows of guilds and their members. */
  readonly client: Client;
  readonly clock: Clock;
  readonly log: Logger;
  readonly commands: readonly Command[];
  readonly menuForms: MenuForms;
  readonly payloads: SeenPayloads;
  /** Whether the operator has asked for the intent to read what is not meant for the bot. */
  readonly seesContent: boolean;
  /** Known once the gateway is open. */
  readonly botId: () => string;
}
