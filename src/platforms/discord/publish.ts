/** Commands → Discord's JSON, written only when it differs from what was written last. */
import { createHash } from 'node:crypto';
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type APIApplicationCommandBasicOption,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import { z } from 'zod';
import type { Command } from '../../command.ts';
import type { Option } from '../../option.ts';
import type { RecordStore } from '../platform.ts';
import type { DiscordApi } from './api.ts';

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

export function toCommandJson(command: Command): RESTPostAPIChatInputApplicationCommandsJSONBody {
  const options = Object.entries(command.options).map(([name, option]) =>
    toOptionJson(name, option),
  );
  return {
    type: ApplicationCommandType.ChatInput,
    name: command.name,
    description: command.description,
    options: options.toSorted((a, b) => Number(b.required) - Number(a.required)),
    contexts: [
      InteractionContextType.Guild,
      InteractionContextType.BotDM,
      InteractionContextType.PrivateChannel,
    ],
    integration_types: [
      ApplicationIntegrationType.GuildInstall,
      ApplicationIntegrationType.UserInstall,
    ],
  };
}

function toOptionJson(name: string, option: Option): APIApplicationCommandBasicOption {
  const base = { name, description: option.description, required: option.required ?? false };
  switch (option.kind) {
    case 'text':
      return {
        ...base,
        type: ApplicationCommandOptionType.String,
        min_length: 1,
        max_length: option.maxLength,
      };
    case 'choice':
      return {
        ...base,
        type: ApplicationCommandOptionType.String,
        choices: option.choices.map(({ value, label }) => ({ name: label, value })),
      };
    case 'integer':
      return { ...base, type: ApplicationCommandOptionType.Integer, ...rangeOf(option) };
    case 'number':
      return { ...base, type: ApplicationCommandOptionType.Number, ...rangeOf(option) };
    case 'flag':
      return { ...base, type: ApplicationCommandOptionType.Boolean };
    case 'picture':
      return { ...base, type: ApplicationCommandOptionType.Attachment, file_types: ['image'] };
  }
}

function rangeOf({ min, max }: { min: number; max: number }): {
  min_value: number;
  max_value: number;
} {
  return { min_value: min, max_value: max };
}
