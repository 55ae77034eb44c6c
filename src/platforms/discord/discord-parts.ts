/** What every part of this folder works with. */
import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import type { Command } from '../../command.ts';
import type { DiscordApi } from './api.ts';

export interface DiscordParts {
  readonly api: DiscordApi;
  readonly clock: Clock;
  readonly log: Logger;
  readonly commands: readonly Command[];
  /** Known once the gateway is open. */
  readonly botId: () => string;
}
