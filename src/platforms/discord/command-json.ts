/**
 * Commands as Discord publishes them. Discord takes all commands or none, so whatever a command
 * holds, what is made of it here stays within Discord's limits.
 */
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type APIApplicationCommandBasicOption,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  type RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from 'discord.js';
import type { Command } from '../../command.ts';
import { cutText } from '../../cut-text.ts';
import type { FileMedia } from '../../models/endpoint.ts';
import { toDiscordChoices } from './choices.ts';
import { toPublishedOptions, type PublishedOption } from './published-options.ts';

/** Discord's limits. */
const DESCRIPTION_LENGTH = 100;
const MOST_CHARACTERS = 8000;
const VALUE_LENGTH = 6000;
const MENU_LENGTH = 32;

export function toCommandJson(command: Command): RESTPostAPIChatInputApplicationCommandsJSONBody {
  const name = command.name;
  const description = toDescription(command.description, name);
  const published = toPublishedOptions(command.options);
  const words = published.map(({ publishedName, option }) =>
    [publishedName, toDescription(option.description, publishedName)].join(''),
  );
  const room = MOST_CHARACTERS - [name, description, ...words].join('').length;
  const listed = selectListed(published, room);
  return {
    type: ApplicationCommandType.ChatInput,
    name,
    description,
    options: published.map((option) => toOptionJson(option, listed.has(option))),
    ...EVERYWHERE,
  };
}

const EVERYWHERE = {
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

/** An entry in the menu of every message; undefined for a command that has none. */
export function toMenuJson({
  menu,
}: Command): RESTPostAPIContextMenuApplicationCommandsJSONBody | undefined {
  if (menu === undefined) return undefined;
  return { type: ApplicationCommandType.Message, name: cutText(menu, MENU_LENGTH), ...EVERYWHERE };
}

/** The options whose choices are published; those of the others are suggested while typing. */
function selectListed(
  options: readonly PublishedOption[],
  room: number,
): ReadonlySet<PublishedOption> {
  const sized = options.filter(canBeListed).map((option) => ({ option, size: sizeOf(option) }));
  const listed = new Set<PublishedOption>();
  let left = room;
  for (const { option, size } of sized.toSorted((a, b) => a.size - b.size)) {
    left -= size;
    if (left >= 0) listed.add(option);
  }
  return listed;
}

function canBeListed({ option }: PublishedOption): boolean {
  if (option.kind !== 'choice') return false;
  return toDiscordChoices(option.choices).length === option.choices.length;
}

function sizeOf({ option }: PublishedOption): number {
  if (option.kind !== 'choice') return 0;
  const words = toDiscordChoices(option.choices).flatMap(({ name, value }) => [name, value]);
  return words.join('').length;
}

function toOptionJson(
  { publishedName: name, option }: PublishedOption,
  isListed: boolean,
): APIApplicationCommandBasicOption {
  const description = toDescription(option.description, name);
  const base = { name, description, required: option.required ?? false };
  const text = { ...base, type: ApplicationCommandOptionType.String } as const;
  switch (option.kind) {
    case 'text':
      return { ...text, min_length: 1, max_length: Math.min(option.maxLength, VALUE_LENGTH) };
    case 'choice':
      if (isListed) return { ...text, choices: [...toDiscordChoices(option.choices)] };
      return { ...text, autocomplete: true };
    case 'suggested':
      return {
        ...text,
        max_length: Math.min(option.maxLength, VALUE_LENGTH),
        autocomplete: true,
      };
    case 'integer':
      return { ...base, type: ApplicationCommandOptionType.Integer, ...rangeOf(option) };
    case 'number':
      return { ...base, type: ApplicationCommandOptionType.Number, ...rangeOf(option) };
    case 'flag':
      return { ...base, type: ApplicationCommandOptionType.Boolean };
    case 'file':
      return {
        ...base,
        type: ApplicationCommandOptionType.Attachment,
        ...fileTypesOf(option.media),
      };
  }
}

function toDescription(description: string, name: string): string {
  return cutText(description.trim() === '' ? name : description.trim(), DESCRIPTION_LENGTH);
}

/** Discord's numbers are those of JavaScript that are exact. */
function rangeOf({ min, max }: { min: number; max: number }): {
  min_value: number;
  max_value: number;
} {
  return {
    min_value: Math.max(min, Number.MIN_SAFE_INTEGER),
    max_value: Math.min(max, Number.MAX_SAFE_INTEGER),
  };
}

/** By the file's extension only: the bytes are looked at later. */
function fileTypesOf(media: FileMedia): { file_types?: [Exclude<FileMedia, 'any'>] } {
  return media === 'any' ? {} : { file_types: [media] };
}
