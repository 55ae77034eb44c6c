/** What Easel listens to: slash commands, forms, buttons, menus of messages, and messages. */
import type { App } from '@slack/bolt';
import type { Command } from '../../command.ts';
import { parseCommandLine, parseFlags } from '../../command-line.ts';
import { UserError } from '../../errors.ts';
import { line, message } from '../../message.ts';
import type { Invocation } from '../platform.ts';
import { aboutMessage, type AboutMessage } from './about.ts';
import { answer } from './answer.ts';
import { openAskedForm, openForm } from './form-opening.ts';
import { listenToForms } from './form-listeners.ts';
import { createInvocation, toPlace, type Occasion, type Wish } from './invocation.ts';
import { placeHearing, readMessageWish } from './message-wish.ts';
import { createMessageFilter } from './messages.ts';
import { fromButton, fromCommand, fromMessage, fromShortcut } from './occasions.ts';
import {
  buttonPayload,
  commandPayload,
  eventEnvelope,
  messageEvent,
  shortcutPayload,
} from './payloads.ts';
import { findBySlashName } from './publish.ts';
import type { SlackParts } from './slack-parts.ts';
import { decodeText } from './typed-text.ts';

type OnInvocation = (invocation: Invocation) => Promise<void>;

const ANY = /^/u;
const NO_PICTURE = 'There is no picture in this message. Choose this for a message that shows one.';
/** With a number where a block has several buttons of one command. */
const BUTTON = /^v1:([\w-]+)(?::\d+)?$/u;

export function listen(app: App, onInvocation: OnInvocation, parts: SlackParts): void {
  listenToCommands(app, onInvocation, parts);
  listenToForms(app, onInvocation, parts);
  listenToButtons(app, onInvocation, parts);
  listenToMenus(app, onInvocation, parts);
  listenToMessages(app, onInvocation, parts);
}

function listenToCommands(app: App, onInvocation: OnInvocation, parts: SlackParts): void {
  const { commands, settings, bot } = parts;
  app.command(ANY, async ({ ack, body, respond }) => {
    await ack();
    const payload = commandPayload.parse(body);
    const occasion = fromCommand(payload, respond);
    const text = decodeText(payload.text, bot.userId);
    await invoke(occasion, { onInvocation, parts }, async () => {
      const command = findBySlashName(payload.command, commands, settings.command);
      if (!command) return parseWish(`${payload.command} ${text}`, commands);
      if (text === '' && isWorthAForm(command)) {
        await openForm({ command, triggerId: payload.trigger_id, occasion }, parts);
        return undefined;
      }
      return wishFor(command.name, parseFlags(command, text));
    });
  });
}

function listenToButtons(app: App, onInvocation: OnInvocation, parts: SlackParts): void {
  app.action(BUTTON, async ({ ack, body }) => {
    await ack();
    const payload = buttonPayload.parse(body);
    const [press] = payload.actions;
    const commandName = BUTTON.exec(press?.action_id ?? '')?.[1];
    if (!press || commandName === undefined) return;
    const occasion = fromButton(payload, press.action_ts);
    const command = parts.commands.find(({ name }) => name === commandName);
    await invoke(occasion, { onInvocation, parts }, async () => {
      const job = press.value;
      if (!command?.asks) return wishFor(commandName, { job });
      await openAskedForm({ command, triggerId: payload.trigger_id, occasion, job }, parts);
      return undefined;
    });
  });
}

function listenToMenus(app: App, onInvocation: OnInvocation, parts: SlackParts): void {
  app.shortcut({ type: 'message_action' }, async ({ ack, body, respond }) => {
    await ack();
    const payload = shortcutPayload.parse(body);
    const command = parts.commands.find(
      ({ name, menu }) => menu !== undefined && name === payload.callback_id,
    );
    if (!command) return;
    const about = aboutMessage(payload.message, payload.channel.id, parts.bot);
    const occasion = fromShortcut(payload, { respond, about });
    await invoke(occasion, { onInvocation, parts }, async () => {
      if (!command.asks) return wishFor(command.name, {});
      // Nobody shall fill in a form for nothing.
      if (showsNothing(about)) throw new UserError(NO_PICTURE);
      const opening = { command, triggerId: payload.trigger_id, occasion, job: undefined };
      await openAskedForm(opening, parts);
      return undefined;
    });
  });
}

function listenToMessages(app: App, onInvocation: OnInvocation, parts: SlackParts): void {
  const hear = createMessageFilter(parts);
  const listener = async ({ event, body }: { event: unknown; body: unknown }) => {
    const spoken = messageEvent.safeParse(event);
    if (!spoken.success) return;
    const said = fromMessage(spoken.data, eventEnvelope.parse(body));
    const hearing = await hear(spoken.data, toPlace(said));
    if (hearing === undefined) return;
    const occasion = placeHearing(said, spoken.data, hearing);
    await invoke(occasion, { onInvocation, parts }, () =>
      readMessageWish(spoken.data, hearing, parts),
    );
  };
  app.event('app_mention', listener);
  app.event('message', listener);
}

/** A wish that cannot be read is answered here; what becomes of the others is the core's. */
async function invoke(
  occasion: Occasion,
  { onInvocation, parts }: { readonly onInvocation: OnInvocation; readonly parts: SlackParts },
  read: () => Wish | undefined | Promise<Wish | undefined>,
): Promise<void> {
  try {
    const wish = await read();
    if (wish) await onInvocation(createInvocation(occasion, wish, parts));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const words = message(...error.message.split('\n').map((text) => line(text)));
    await answer({ words, files: [] }, occasion, parts);
  }
}

/** One of Easel's own cards stands for what was posted below it. */
function showsNothing({ isOwn, pictures }: AboutMessage): boolean {
  return !isOwn && pictures.length === 0;
}

function parseWish(text: string, commands: readonly Command[]): Wish {
  const { commandName, options } = parseCommandLine(text, commands);
  return wishFor(commandName, options);
}

function wishFor(commandName: string, options: Readonly<Record<string, string>>): Wish {
  return { commandName, options, attachments: [] };
}

function isWorthAForm({ options, takesMore }: Command): boolean {
  return takesMore || Object.values(options).some(({ required }) => required === true);
}
