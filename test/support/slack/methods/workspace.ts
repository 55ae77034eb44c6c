import { z } from 'zod';
import { defineMethod, flag, SlackRefusal } from '../method.ts';
import { identity } from '../state.ts';

const { teamId, teamDomain, botUserId, botId, appId, adminUserId } = identity;

export const workspaceMethods = {
  'auth.test': defineMethod({
    scope: '',
    args: {},
    run: () => ({
      url: `https://${teamDomain}.slack.com/`,
      team: 'Easel Test',
      user: 'easel',
      team_id: teamId,
      user_id: botUserId,
      bot_id: botId,
      is_enterprise_install: false,
    }),
  }),

  'team.info': defineMethod({
    scope: 'team:read',
    args: { team: z.string().optional(), domain: z.string().optional() },
    run: () => ({ team: { id: teamId, name: 'Easel Test', domain: teamDomain } }),
  }),

  'users.info': defineMethod({
    scope: 'users:read',
    args: { user: z.string(), include_locale: flag.optional() },
    run(args, { state }) {
      const name = state.users.get(args.user);
      if (name === undefined) throw new SlackRefusal('user_not_found');
      const isBot = args.user === botUserId;
      return {
        user: {
          id: args.user,
          team_id: teamId,
          name,
          real_name: name,
          is_bot: isBot,
          is_admin: args.user === adminUserId,
          is_owner: false,
          is_primary_owner: false,
          is_restricted: false,
          profile: {
            display_name: name,
            real_name: name,
            ...(isBot && { bot_id: botId, api_app_id: appId }),
          },
          ...(args.include_locale === true && { locale: 'en-US' }),
        },
      };
    },
  }),

  'apps.connections.open': defineMethod({
    scope: '',
    tokenKind: 'app',
    args: {},
    run(_args, { state }) {
      const ticket = state.nextId('ticket');
      state.tickets.add(ticket);
      return { url: `ws://${state.host}/link/?ticket=${ticket}&app_id=${appId}` };
    },
  }),
};
