/** Turns what the composer sends into wishes. */
import type { Context } from 'hono';
import type { Command } from '../../command.ts';
import {
  type CommandLine,
  DEFAULT_COMMAND,
  mainOption,
  OVERHEARD_COMMAND,
  parseCommandLine,
  REPLY_COMMAND,
  SPOKEN_COMMAND,
} from '../../command-line.ts';
import { UserError } from '../../errors.ts';
import { isRecording } from './check-file.ts';
import { renderMistake } from './composer.ts';
import { openForm } from './option-forms.ts';
import { readAnswered } from './form-target.ts';
import {
  type DraftForm,
  findLengthMistake,
  type MessageForm,
  readMessageForm,
} from './read-form.ts';
import { readQuoted, renderChat, type RouteParts } from './route-parts.ts';
import { answerDone, refuseWhenClosed, sendWish } from './send-wish.ts';
import { WEB_PLACE } from './status-message.ts';
import type { StoredMessage } from './stored-message.ts';

/** A text file looks like anything to whoever only sees its bytes: these commands judge it themselves. */
const READS_TEXTS: ReadonlySet<string> = new Set(['speak']);

export async function answerSend(context: Context, parts: RouteParts): Promise<Response> {
  refuseWhenClosed(parts);
  const form = await readMessageForm(context);
  try {
    return await sendMessage(context, form, parts);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    // What the person can mend comes back as a sentence; nothing has happened then.
    const mistake = error.message;
    context.status(422);
    if (context.req.header('hx-request')) return context.html(renderMistake(mistake));
    const answered = await readQuoted(form.reply, parts);
    return context.html(renderChat(parts, { text: form.text, mistake, answered }));
  }
}

async function sendMessage(
  context: Context,
  form: MessageForm,
  parts: RouteParts,
): Promise<Response> {
  const { text, submission, files, reply } = form;
  const tooLong = findLengthMistake(text);
  if (tooLong !== undefined) throw new UserError(tooLong);
  const answered = await readAnswered(reply, parts.chat.conversation);
  const order = await readOrder(form, answered, parts);
  const isBare = files.length === 0 && isWordless(order, parts.commands);
  if (isBare) return offerForm(context, { text, reply }, parts);
  const media = READS_TEXTS.has(order.commandName) ? 'any' : 'attachment';
  const uploads = files.map((file) => ({ file, media, option: undefined }) as const);
  await sendWish(context, { ...order, text, submission, files: uploads, answered }, parts);
  return answerDone(context);
}

/** What is typed, or else what is said in a recording: it is heard only later. */
async function readOrder(
  { text, files }: MessageForm,
  answered: StoredMessage | undefined,
  { commands, settingsOf }: RouteParts,
): Promise<CommandLine> {
  if (text === '' && (await Promise.all(files.map(isRecording))).includes(true)) {
    const isOverheard = !answered && (await settingsOf(WEB_PLACE)).voice === 'transcribe';
    return { commandName: isOverheard ? OVERHEARD_COMMAND : SPOKEN_COMMAND, options: {} };
  }
  const plainWords = answered ? REPLY_COMMAND : DEFAULT_COMMAND;
  return parseCommandLine(text, commands, { plainWords });
}

/** A command of many options that is sent without its main words: its form says what there is. */
function isWordless({ commandName, options }: CommandLine, commands: readonly Command[]): boolean {
  const command = commands.find(({ name }) => name === commandName);
  return command?.takesMore === true && options[mainOption(command.options) ?? ''] === undefined;
}

async function offerForm(
  context: Context,
  { text, reply }: DraftForm,
  parts: RouteParts,
): Promise<Response> {
  if (context.req.header('hx-request')) {
    return context.html(await openForm(context, { text, reply }, parts));
  }
  const query = new URLSearchParams({ text, ...(reply !== undefined && { reply }) });
  return context.redirect(`/web/options?${query.toString()}`, 303);
}
