import { checkCommands, type CommandDefinition } from './command-limits.ts';
import { toApplicationFlags } from './gateway.ts';
import { refuse, refuseForm } from './refusals.ts';
import type { Rest } from './rest.ts';
import type { World } from './state.ts';
import type { JsonObject } from './types.ts';
import { toGuildJson, toMemberJson, toUserJson } from './wire.ts';

/** Who the bot is, where its gateway is, and which commands it publishes. */
export function addApplicationRoutes(rest: Rest, world: World): void {
  rest.get('/gateway/bot', (context) =>
    context.json({
      url: world.origin.replace('http', 'ws'),
      shards: 1,
      session_start_limit: { total: 1000, remaining: 999, reset_after: 0, max_concurrency: 1 },
    }),
  );
  rest.get('/users/@me', (context) => context.json(toUserJson(world.bot)));
  rest.get('/applications/@me', (context) => context.json(toApplicationJson(world)));
  rest.get('/oauth2/applications/@me', (context) => context.json(toApplicationJson(world)));
  rest.get('/guilds/:guild', (context) => {
    if (context.req.param('guild') !== world.ids.guild) throw refuse('missingAccess');
    return context.json(toGuildJson(world));
  });
  rest.get('/guilds/:guild/members/:user', (context) => {
    const user = world.users.get(context.req.param('user'));
    if (context.req.param('guild') !== world.ids.guild || !user) throw refuse('missingAccess');
    return context.json(toMemberJson(user));
  });
  rest.get('/applications/:application/commands', (context) => context.json(world.commands));
  rest.put('/applications/:application/commands', (context) => {
    if (context.req.param('application') !== world.bot.id) throw refuse('missingAccess');
    const definitions = context.get('request').body as CommandDefinition[];
    const problems = checkCommands(definitions);
    if (problems.length > 0) throw refuseForm(problems);
    world.commands = definitions.map((definition) => toPublished(world, definition));
    world.commandWrites += 1;
    return context.json(world.commands);
  });
}

function toApplicationJson(world: World): JsonObject {
  return {
    id: world.bot.id,
    name: 'Easel',
    icon: null,
    description: '',
    bot: toUserJson(world.bot),
    bot_public: true,
    bot_require_code_grant: false,
    summary: '',
    verify_key: '0'.repeat(64),
    flags: toApplicationFlags(world),
    owner: toUserJson(world.person),
    team: null,
  };
}

/** A command keeps its id for as long as its name and type are published. */
function toPublished(world: World, definition: CommandDefinition): JsonObject {
  const { name, type = 1 } = definition;
  const earlier = world.commands.find((known) => known['name'] === name && known['type'] === type);
  return {
    type: 1,
    default_member_permissions: null,
    nsfw: false,
    ...definition,
    id: earlier?.['id'] ?? world.nextId(),
    application_id: world.bot.id,
    version: world.nextId(),
  };
}
