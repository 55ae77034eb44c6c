/** Buttons: one asks for something first, the others invoke their command at once. */
import type { BaseInteraction, ButtonInteraction } from 'discord.js';
import { line, message } from '../../message.ts';
import { answerFirst } from './answer.ts';
import { parseCustomId, toCustomId } from './custom-id.ts';
import type { DiscordParts } from './discord-parts.ts';
import { toPressInvocation } from './invocation.ts';
import { openForm, takesForm } from './open-form.ts';
import type { OnInvocation } from './listen.ts';
import { refusalCode } from './trouble.ts';

export async function receivePress(
  interaction: ButtonInteraction,
  parts: DiscordParts,
  onInvocation: OnInvocation,
): Promise<void> {
  const press = parseCustomId(interaction.customId);
  if (!press) {
    const text = message(line('This button is from another version of Easel. Please start anew.'));
    return answerFirst(interaction, { message: text }, parts.api);
  }
  const { command: commandName, job } = press;
  const command = parts.commands.find(({ name }) => name === commandName);
  if (command && takesForm(command)) {
    return openForm(interaction, { command, job, customId: toCustomId(press) }, parts);
  }
  if (!(await confirmPress(interaction, parts))) return;
  const wish = { commandName, options: { job }, attachments: [] };
  await onInvocation(toPressInvocation(interaction, wish, parts));
}

/** False when Discord says that the press is somebody else's, or over. */
export async function confirmPress(
  interaction: BaseInteraction,
  { api, log }: DiscordParts,
): Promise<boolean> {
  try {
    await api.defer(interaction, 'update');
    return true;
  } catch (error) {
    const code = refusalCode(error);
    log.info({ event: `discord:${interaction.id}`, code }, 'a button press was not confirmed');
    return code === undefined;
  }
}
