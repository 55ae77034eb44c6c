/** Who may take away what others made: Slack has no moderators, so admins of the workspace are. */
import { z } from 'zod';
import { codeOf } from './errors.ts';
import type { SlackParts } from './slack-parts.ts';

const flag = z.boolean().nullish();
const profile = z.object({
  user: z.object({
    team_id: z.string().nullish(),
    is_admin: flag,
    is_owner: flag,
    is_primary_owner: flag,
    enterprise_user: z.object({ teams: z.array(z.string()).nullish() }).nullish(),
  }),
});
type User = z.infer<typeof profile>['user'];

type IsModerator = (person: string) => Promise<boolean>;

/** False where the app may not look people up: then nobody is one. */
export function createIsModerator({
  calls,
  log,
  bot,
}: Pick<SlackParts, 'calls' | 'log' | 'bot'>): IsModerator {
  let isSaid = false;

  return async (person) => {
    try {
      const { user } = profile.parse(
        await calls.surely((client) => client.users.info({ user: person })),
      );
      const isInCharge = [user.is_admin, user.is_owner, user.is_primary_owner].includes(true);
      return isInCharge && isAtHome(user, bot.teamId);
    } catch (error) {
      if (codeOf(error) !== 'missing_scope' && codeOf(error) !== 'user_not_found') throw error;
      if (!isSaid) log.warn({ error }, 'nobody counts as a moderator on Slack');
      isSaid = true;
      return false;
    }
  };
}

/** Admins of other workspaces, who share a channel, are guests here. */
function isAtHome({ team_id: home, enterprise_user: grid }: User, team: string): boolean {
  return home === team || (grid?.teams ?? []).includes(team);
}
