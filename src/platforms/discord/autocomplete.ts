/** Suggestions while somebody fills in a command. They only help with typing: nothing is begun. */
import { ApplicationCommandOptionType, type AutocompleteInteraction } from 'discord.js';
import type { Choice, RawValues } from '../../option.ts';
import { matchChoices, toDiscordChoices } from './choices.ts';
import type { DiscordParts } from './discord-parts.ts';
import { toOwnName, toPublishedOptions, type PublishedOption } from './published-options.ts';
import { explained, isAnswerOver } from './trouble.ts';

export function suggest(interaction: AutocompleteInteraction, parts: DiscordParts): Promise<void> {
  const choices = toDiscordChoices(findSuggestions(interaction, parts));
  return explained(async () => {
    try {
      await parts.api.suggest(interaction, choices);
    } catch (error) {
      if (!isAnswerOver(error)) throw error;
      parts.log.debug({ event: `discord:${interaction.id}` }, 'suggestions came too late');
    }
  });
}

/** Without suggestions, whatever is typed can still be sent: no reason to fail. */
function findSuggestions(
  interaction: AutocompleteInteraction,
  { commands, log }: DiscordParts,
): readonly Choice[] {
  const command = commands.find(({ name }) => name === interaction.commandName);
  try {
    return command ? suggestFor(interaction, toPublishedOptions(command.options)) : [];
  } catch (error) {
    log.error({ error, command: interaction.commandName }, 'suggestions failed');
    return [];
  }
}

function suggestFor(
  { options }: AutocompleteInteraction,
  published: readonly PublishedOption[],
): readonly Choice[] {
  const focused = options.data.find((given) => given.focused);
  const option = published.find(({ publishedName }) => publishedName === focused?.name)?.option;
  const begun = String(focused?.value ?? '');
  if (option?.kind === 'choice') return matchChoices(option.choices, begun);
  return option?.kind === 'suggested'
    ? option.suggest(begun, readFilledIn(options, published))
    : [];
}

/** The values of the other options, which may be half typed; files have none. */
function readFilledIn(
  { data }: AutocompleteInteraction['options'],
  published: readonly PublishedOption[],
): RawValues {
  const others = data.filter(
    ({ focused, type }) => !focused && type !== ApplicationCommandOptionType.Attachment,
  );
  return Object.fromEntries(others.map(({ name, value }) => [toOwnName(name, published), value]));
}
