/** Entries in the menu of every message: Discord shows Easel the whole message, whoever wrote it. */
import type { MessageContextMenuCommandInteraction } from 'discord.js';
import { z } from 'zod';
import { line, message } from '../../message.ts';
import type { AnsweredMessage } from '../platform.ts';
import { answerFirst } from './answer.ts';
import { describeMessage } from './answered.ts';
import { toMenuFormId } from './custom-id.ts';
import type { DiscordParts } from './discord-parts.ts';
import { askerOf } from './interaction-parts.ts';
import { toFirstInvocation } from './invocation.ts';
import type { OnInvocation } from './listen.ts';
import { openForm, takesForm, type AskingCommand } from './open-form.ts';
import { parseMessage, type SeenMessage } from './seen-message.ts';

const targetSchema = z.object({
  data: z.object({ resolved: z.object({ messages: z.record(z.string(), z.unknown()) }) }),
});

export async function receiveMenu(
  interaction: MessageContextMenuCommandInteraction,
  parts: DiscordParts,
  onInvocation: OnInvocation,
): Promise<void> {
  const payload = targetSchema.parse(parts.payloads.take(interaction.id));
  const target = parseMessage(payload.data.resolved.messages[interaction.targetId]);
  const command = parts.commands.find(({ menu }) => menu === interaction.commandName);
  if (!command) {
    const text = 'This entry is from another version of Easel. Please try again in a while.';
    return answerFirst(interaction, { message: message(line(text)) }, parts.api);
  }
  const answered = describeMessage(target, interaction.guildId ?? '@me', parts);
  if (takesForm(command)) {
    return openMenuForm(interaction, { command, answered, target }, parts);
  }
  const wish = { commandName: command.name, options: {}, attachments: [] };
  await onInvocation(toFirstInvocation(interaction, { wish, answered }, parts));
}

interface Menu {
  readonly command: AskingCommand;
  readonly answered: AnsweredMessage;
  readonly target: SeenMessage;
}

async function openMenuForm(
  interaction: MessageContextMenuCommandInteraction,
  { command, answered, target }: Menu,
  parts: DiscordParts,
): Promise<void> {
  // A result of Easel's own may be a picture that was too large to be posted.
  if (answered.files.length === 0 && target.author.id !== parts.botId()) {
    const text = message(line('There is no picture in that message.'));
    return answerFirst(interaction, { message: text }, parts.api);
  }
  const { person, place } = askerOf(interaction);
  const key = interaction.id;
  await parts.menuForms.keep(key, {
    person: person.id,
    channel: place.channel,
    command: command.name,
    answered: {
      ...answered,
      files: [...answered.files],
      recordings: [...answered.recordings],
      nearer: [],
    },
  });
  const customId = toMenuFormId({ command: command.name, key });
  await openForm(interaction, { command, job: undefined, customId }, parts);
  await parts.menuForms.sweep();
}
