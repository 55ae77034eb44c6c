/** Routes the gateway's events. Whatever goes wrong with one event ends here, in the log. */
import { Events, type Client, type Interaction, type Message } from 'discord.js';
import {
  DEFAULT_COMMAND,
  parseCommandLine,
  REPLY_COMMAND,
  type CommandLine,
} from '../../command-line.ts';
import { UserError } from '../../errors.ts';
import { line, message } from '../../message.ts';
import type { Invocation } from '../platform.ts';
import { answerMessage } from './answer.ts';
import { suggest } from './autocomplete.ts';
import type { DiscordParts } from './discord-parts.ts';
import { receiveForm } from './form-submission.ts';
import { toCommandInvocation, toMessageInvocation } from './invocation.ts';
import { receiveMenu } from './menu.ts';
import { findOrder, type Order } from './orders.ts';
import { receivePress } from './press.ts';
import { parseMessage } from './seen-message.ts';

export type OnInvocation = (invocation: Invocation) => Promise<void>;

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
  } else if (interaction.isMessageContextMenuCommand()) {
    await receiveMenu(interaction, parts, onInvocation);
  } else if (interaction.isButton()) {
    await receivePress(interaction, parts, onInvocation);
  } else if (interaction.isModalSubmit()) {
    await receiveForm(interaction, parts, onInvocation);
  } else if (interaction.isAutocomplete()) {
    await suggest(interaction, parts);
  }
}

async function receiveMessage(
  received: Message,
  parts: DiscordParts,
  onInvocation: OnInvocation,
): Promise<void> {
  const seen = parseMessage(parts.payloads.take(received.id));
  const order = await findOrder(received, seen, parts);
  if (!order) return;
  const commandLine = readWish(order, parts);
  if (commandLine instanceof UserError) {
    const refusal = message(line(commandLine.message));
    await answerMessage(received, { message: refusal }, parts.api);
    return;
  }
  const { attachments } = order;
  await onInvocation(toMessageInvocation(received, { seen, attachments, commandLine }, parts));
}

function readWish({ wish }: Order, { commands }: DiscordParts): CommandLine | UserError {
  if (wish.kind === 'sounds') return { commandName: wish.commandName, options: {} };
  try {
    const plainWords = wish.answers ? REPLY_COMMAND : DEFAULT_COMMAND;
    return parseCommandLine(wish.text, commands, { plainWords });
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}
