/** A form that was sent: an invocation of the command that asked. */
import type { ModalSubmitInteraction } from 'discord.js';
import type { Command } from '../../command.ts';
import { line, message } from '../../message.ts';
import { answerFirst } from './answer.ts';
import { parseCustomId, parseMenuFormId } from './custom-id.ts';
import type { DiscordParts } from './discord-parts.ts';
import { readFormAnswers } from './form-answers.ts';
import { askerOf } from './interaction-parts.ts';
import { toFirstInvocation, toPressInvocation, type Wish } from './invocation.ts';
import type { OnInvocation } from './listen.ts';
import type { KeptForm } from './menu-forms.ts';
import { confirmPress } from './press.ts';

const UNKNOWN = 'This form is from another version of Easel. Please open it again.';
const OVER = 'This form is more than a day old. Please open it again from the menu of the message.';
const FOREIGN = 'This form was opened by somebody else, or elsewhere. Please open one yourself.';

export async function receiveForm(
  interaction: ModalSubmitInteraction,
  parts: DiscordParts,
  onInvocation: OnInvocation,
): Promise<void> {
  const { customId } = interaction;
  const menu = parseMenuFormId(customId);
  const press = menu ? undefined : parseCustomId(customId);
  const name = (menu ?? press)?.command;
  const command = parts.commands.find((one) => one.name === name);
  if (!command) return refuse(interaction, UNKNOWN, parts);
  if (menu)
    return receiveMenuForm(interaction, { command, key: menu.key }, { parts, onInvocation });
  const { options, attachments } = readFormAnswers(interaction, command);
  const wish: Wish = {
    commandName: command.name,
    options: { ...options, job: press?.job },
    attachments,
  };
  if (!interaction.isFromMessage()) {
    return onInvocation(toFirstInvocation(interaction, { wish, answered: undefined }, parts));
  }
  if (!(await confirmPress(interaction, parts))) return;
  await onInvocation(toPressInvocation(interaction, wish, parts));
}

async function receiveMenuForm(
  interaction: ModalSubmitInteraction,
  { command, key }: { command: Command; key: string },
  { parts, onInvocation }: { parts: DiscordParts; onInvocation: OnInvocation },
): Promise<void> {
  const kept = await parts.menuForms.find(key);
  if (!kept) return refuse(interaction, OVER, parts);
  if (!isTheirs(kept, interaction, command)) return refuse(interaction, FOREIGN, parts);
  const wish: Wish = { commandName: command.name, ...readFormAnswers(interaction, command) };
  const { answered } = kept;
  await onInvocation(toFirstInvocation(interaction, { wish, answered }, parts));
}

/** Clients can send any custom id: what stands behind it is for one person in one place. */
function isTheirs(kept: KeptForm, interaction: ModalSubmitInteraction, command: Command): boolean {
  const { person, place } = askerOf(interaction);
  return (
    kept.person === person.id && kept.channel === place.channel && kept.command === command.name
  );
}

function refuse(
  interaction: ModalSubmitInteraction,
  why: string,
  { api }: DiscordParts,
): Promise<void> {
  return answerFirst(interaction, { message: message(line(why)) }, api);
}
