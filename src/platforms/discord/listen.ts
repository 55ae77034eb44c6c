/** Routes the gateway's events. Whatever goes wrong with one event ends here, in the log. */
import {
  Events,
  type ButtonInteraction,
  type Client,
  type Interaction,
  type Message,
} from 'discord.js';
import { parseCommandLine, type CommandLine } from '../../command-line.ts';
import { UserError } from '../../errors.ts';
import { line, message } from '../../message.ts';
import type { Invocation } from '../platform.ts';
import { answerCommand, answerMessage } from './answer.ts';
import { suggest } from './autocomplete.ts';
import { parseCustomId } from './custom-id.ts';
import type { DiscordParts } from './discord-parts.ts';
import { toCommandInvocation, toMessageInvocation, toPressInvocation } from './invocation.ts';
import { refusalCode } from './trouble.ts';

type OnInvocation = (invocation: Invocation) => Promise<void>;

export interface Listener {
  /** Takes no further events. Resolves when those under way are done. */
  stop(): Promise<void>;
}

export function listen(client: Client, parts: DiscordParts, onInvocation: OnInvocation): Listener {
  const underWay = new Set<Promise<void>>();

  function track(id: string, work: () => Promise<void>): void {
    const settled = work()
      .catch((error: unknown) =>
        parts.log.error({ error, event: `discord:${id}` }, 'an event failed'),
      )
      .finally(() => underWay.delete(settled));
    underWay.add(settled);
  }

  client.on(Events.InteractionCreate, (interaction) =>
    track(interaction.id, () => receiveInteraction(interaction, parts, onInvocation)),
  );
  client.on(Events.MessageCreate, (received) =>
    track(received.id, () => receiveMessage(received, parts, onInvocation)),
  );
  return {
    async stop() {
      client.removeAllListeners(Events.InteractionCreate);
      client.removeAllListeners(Events.MessageCreate);
      await Promise.all(underWay);
    },
  };
}

async function receiveInteraction(
  interaction: Interaction,
  parts: DiscordParts,
  onInvocation: OnInvocation,
): Promise<void> {
  if (interaction.isChatInputCommand()) {
    await onInvocation(toCommandInvocation(interaction, parts));
  } else if (interaction.isButton()) {
    await receivePress(interaction, parts, onInvocation);
  } else if (interaction.isAutocomplete()) {
    await suggest(interaction, parts);
  }
}

async function receivePress(
  interaction: ButtonInteraction,
  parts: DiscordParts,
  onInvocation: OnInvocation,
): Promise<void> {
  const press = parseCustomId(interaction.customId);
  if (!press) {
    const text = message(line('This button is from another version of Easel. Please start anew.'));
    return answerCommand(interaction, text, parts.api);
  }
  if (await confirmPress(interaction, parts)) {
    await onInvocation(toPressInvocation(interaction, press, parts));
  }
}

/** False when Discord says that the press is somebody else's, or over. */
async function confirmPress(
  interaction: ButtonInteraction,
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

async function receiveMessage(
  received: Message,
  parts: DiscordParts,
  onInvocation: OnInvocation,
): Promise<void> {
  const text = findOrder(received, parts.botId());
  if (text === undefined) return;
  const commandLine = readOrder(text, parts);
  if (commandLine instanceof UserError) {
    await answerMessage(received, message(line(commandLine.message)), parts.api);
    return;
  }
  await onInvocation(toMessageInvocation(received, commandLine, parts));
}

/** What is said to the bot: after a mention that opens the message, or anything in its own DMs. */
function findOrder(received: Message, botId: string): string | undefined {
  if (received.author.bot || received.webhookId !== null || received.system) return undefined;
  const mention = new RegExp(`^\\s*<@!?${botId}>[,:]?\\s*`, 'u');
  const isAddressed = received.guildId === null || mention.test(received.content);
  return isAddressed ? received.content.replace(mention, '') : undefined;
}

function readOrder(text: string, { commands }: DiscordParts): CommandLine | UserError {
  try {
    return parseCommandLine(text, commands);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}
