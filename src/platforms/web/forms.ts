/** Turns what the composer sends into wishes. */
import type { Context } from 'hono';
import type { Command } from '../../command.ts';
import {
  type CommandLine,
  DEFAULT_COMMAND,
  mainOption,
  parseCommandLine,
  REPLY_COMMAND,
} from '../../command-line.ts';
import { UserError } from '../../errors.ts';
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
  { text, submission, files, reply }: MessageForm,
  parts: RouteParts,
): Promise<Response> {
  const tooLong = findLengthMistake(text);
  if (tooLong !== undefined) throw new UserError(tooLong);
  const answered = await readAnswered(reply, parts.chat.conversation);
  const plainWords = answered ? REPLY_COMMAND : DEFAULT_COMMAND;
  const commandLine = parseCommandLine(text, parts.commands, { plainWords });
  const isBare = files.length === 0 && isWordless(commandLine, parts.commands);
  if (isBare) return offerForm(context, { text, reply }, parts);
  const uploads = files.map((file) => ({ file, media: 'attachment', option: undefined }) as const);
  await sendWish(context, { ...commandLine, text, submission, files: uploads, answered }, parts);
  return answerDone(context);
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
