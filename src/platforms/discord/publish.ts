/** Commands → Discord's JSON, written only when it differs from what was written last. */
import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Command } from '../../command.ts';
import type { RecordStore } from '../platform.ts';
import type { DiscordApi } from './api.ts';
import { toCommandJson, toMenuJson } from './command-json.ts';

/** Discord's limits. */
const MOST_COMMANDS = 100;
const MOST_MENUS = 15;
const TOO_MANY = `Discord takes ${MOST_COMMANDS} commands and ${MOST_MENUS} entries in menus: these are left out`;

const recordSchema = z.object({ sha256: z.string() });

/** True when Discord's list was written. */
export async function publishCommands(
  commands: readonly Command[],
  { api, records, log }: { api: DiscordApi; records: RecordStore; log: Logger },
): Promise<boolean> {
  const typed = onceEach(commands.filter(({ published }) => published).map(toCommandJson));
  const menus = onceEach(commands.map(toMenuJson).filter((entry) => entry !== undefined));
  const body = [...typed.slice(0, MOST_COMMANDS), ...menus.slice(0, MOST_MENUS)];
  const leftOut = [...typed.slice(MOST_COMMANDS), ...menus.slice(MOST_MENUS)];
  if (leftOut.length > 0) log.warn({ names: leftOut.map(({ name }) => name) }, TOO_MANY);
  const sha256 = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  const application = await api.readApplicationId();
  const last = recordSchema.safeParse(await records.read('published-commands', application));
  if (last.data?.sha256 === sha256) return false;
  await api.writeCommands(application, body);
  await records.write('published-commands', application, { sha256 });
  return true;
}

/**
 * The first of each name, as for whoever runs it: Discord takes a name twice for a mistake in all.
 * Commands that nobody types may be in menus, too.
 */
function onceEach<T extends { readonly name: string }>(entries: readonly T[]): readonly T[] {
  const byName = new Map(entries.toReversed().map((entry) => [entry.name, entry]));
  return entries.filter((entry) => byName.get(entry.name) === entry);
}
