/** Commands → Discord's JSON, written only when it differs from what was written last. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Command } from '../../command.ts';
import type { RecordStore } from '../platform.ts';
import type { DiscordApi } from './api.ts';
import { toCommandJson, toMenuJson } from './command-json.ts';

/** Discord's limits. */
const MOST_COMMANDS = 100;
const MOST_MENUS = 15;

const recordSchema = z.object({ sha256: z.string() });

/** True when Discord's list was written. */
export async function publishCommands(
  commands: readonly Command[],
  { api, records }: { api: DiscordApi; records: RecordStore },
): Promise<boolean> {
  const body = [...selectPublished(commands).map(toCommandJson), ...listMenus(commands)];
  const sha256 = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  const application = await api.readApplicationId();
  const last = recordSchema.safeParse(await records.read('published-commands', application));
  if (last.data?.sha256 === sha256) return false;
  await api.writeCommands(application, body);
  await records.write('published-commands', application, { sha256 });
  return true;
}

/** The first of each name, as for whoever runs it: Discord takes a name twice for a mistake in all. */
function selectPublished(commands: readonly Command[]): readonly Command[] {
  const published = commands.filter((command) => command.published);
  const byName = new Map(published.toReversed().map((command) => [command.name, command]));
  return published
    .filter((command) => byName.get(command.name) === command)
    .slice(0, MOST_COMMANDS);
}

/** Commands that nobody types may be in menus, too. */
function listMenus(commands: readonly Command[]): readonly object[] {
  const entries = commands.map(toMenuJson).filter((entry) => entry !== undefined);
  const byName = new Map(entries.toReversed().map((entry) => [entry.name, entry]));
  return entries.filter((entry) => byName.get(entry.name) === entry).slice(0, MOST_MENUS);
}
