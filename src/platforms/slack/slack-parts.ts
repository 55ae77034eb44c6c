/** What every piece of the Slack platform may use. */
import type { PlatformParts } from '../platform.ts';
import type { SlackCalls } from './calls.ts';
import type { RenderParts } from './markup.ts';
import type { Pace } from './pace.ts';
import type { SlackSettings } from './settings.ts';

export interface SlackParts extends PlatformParts {
  readonly calls: SlackCalls;
  readonly settings: SlackSettings;
  readonly bot: Bot;
  /** For the pages of long words. */
  readonly pace: Pace;
  /** Whether this person is in charge of the workspace. */
  isModerator(person: string): Promise<boolean>;
}

/** Who Easel is in this workspace. */
export interface Bot {
  readonly userId: string;
  readonly botId: string;
  /** Its user name, as in `/invite @easel`. */
  readonly name: string;
  readonly teamId: string;
  /** Such as `https://acme.slack.com/`. */
  readonly workspaceUrl: string;
}

/** What a message's text may depend on beside the message. */
export function renderPartsOf({ clock, bot }: SlackParts): RenderParts {
  return { now: clock.now(), workspaceUrl: bot.workspaceUrl };
}
