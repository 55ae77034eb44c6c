/** Commands → Discord's JSON, written only when it differs from what was written last. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Command } from '../../command.ts';
import type { RecordStore } from '../platform.ts';
import type { DiscordApi } from './api.ts';
import { toCommandJson } from './command-json.ts';

const recordSchema = z.object({ sha256: z.string() });

/** True when Discord's list was written. */
export async function publishCommands(
  commands: readonly Command[],
  { api, records }: { api: DiscordApi; records: RecordStore },
): Promise<boolean> {
  const body = commands.filter((command) => command.published).map(toCommandJson);
  const sha256 = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  const application = await api.readApplicationId();
  const last = recordSchema.safeParse(await records.read('published-commands', application));
  if (last.data?.sha256 === sha256) return false;
  await api.writeCommands(application, body);
  await records.write('published-commands', application, { sha256 });
  return true;
}
