/** Opens a command's form; Discord takes one as the first answer to an interaction only. */
import type { BaseInteraction } from 'discord.js';
import type { Asks, Command } from '../../command.ts';
import { explain, UserError } from '../../errors.ts';
import { line, message } from '../../message.ts';
import type { RawValues } from '../../option.ts';
import { answerFirst } from './answer.ts';
import type { DiscordParts } from './discord-parts.ts';
import { toForm } from './form.ts';
import { askerOf } from './interaction-parts.ts';
import { explained, isAnswerOver } from './trouble.ts';

export type AskingCommand = Command & { readonly asks: Asks };

export function takesForm(command: Command): command is AskingCommand {
  return command.asks !== undefined;
}

interface Opening {
  readonly command: AskingCommand;
  /** What the pressed button is about. */
  readonly job: string | undefined;
  readonly customId: string;
}

/** Where the person may not do that, they are told so instead. */
export async function openForm(
  interaction: BaseInteraction,
  { command, job, customId }: Opening,
  parts: DiscordParts,
): Promise<void> {
  const { api, log } = parts;
  let start: RawValues;
  try {
    const asked = { commandName: command.name, job, ...askerOf(interaction) };
    start = await parts.startForm(asked);
  } catch (error) {
    if (!(error instanceof UserError)) log.error({ error }, 'a form could not be begun');
    return answerFirst(interaction, { message: message(line(explain(error))) }, api);
  }
  await explained(async () => {
    try {
      await api.openForm(interaction, toForm(command, { customId, start }));
    } catch (error) {
      if (!isAnswerOver(error)) throw error;
      log.info({ event: `discord:${interaction.id}` }, 'a form was opened too late');
    }
  });
}
