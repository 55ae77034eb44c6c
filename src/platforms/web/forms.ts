/** Turns the page's forms into wishes. */
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { randomUUID } from 'node:crypto';
import type { Command } from '../../command.ts';
import { type CommandLine, mainOption, parseCommandLine } from '../../command-line.ts';
import { UserError } from '../../errors.ts';
import { renderMistake } from './composer.ts';
import { openForm } from './option-forms.ts';
import {
  findLengthMistake,
  type MessageForm,
  readMessageForm,
  readPressForm,
} from './read-form.ts';
import { renderChat, type RouteParts } from './route-parts.ts';
import { readPerson } from './security.ts';
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
    return context.html(renderChat(parts, { text: form.text, mistake }));
  }
}

export async function answerPress(context: Context, parts: RouteParts): Promise<Response> {
  refuseWhenClosed(parts);
  const { command, job } = await readPressForm(context);
  if (!parts.commands.some(({ name }) => name === command)) {
    throw new HTTPException(400, { message: 'That button belongs to no command.' });
  }
  await parts.wishes.send({
    id: `web:${randomUUID()}`,
    person: readPerson(context),
    commandName: command,
    options: { job },
    attachments: [],
    answered: undefined,
    text: '',
  });
  return context.req.header('hx-request') ? context.body(null, 204) : context.redirect('/', 303);
}

async function sendMessage(
  context: Context,
  { text, submission, files }: MessageForm,
  parts: RouteParts,
): Promise<Response> {
  const tooLong = findLengthMistake(text);
  if (tooLong !== undefined) throw new UserError(tooLong);
  const commandLine = parseCommandLine(text, parts.commands);
  const isBare = files.length === 0 && isWordless(commandLine, parts.commands);
  if (isBare) return offerForm(context, text, parts);
  const uploads = files.map((file) => ({ file, media: 'attachment', option: undefined }) as const);
  await sendWish(context, { ...commandLine, text, submission, files: uploads }, parts);
  return answerDone(context);
}

/** A command of many options that is sent without its main words: its form says what there is. */
function isWordless({ commandName, options }: CommandLine, commands: readonly Command[]): boolean {
  const command = commands.find(({ name }) => name === commandName);
  return command?.takesMore === true && options[mainOption(command.options) ?? ''] === undefined;
}

async function offerForm(context: Context, text: string, parts: RouteParts): Promise<Response> {
  if (context.req.header('hx-request')) return context.html(await openForm(context, text, parts));
  return context.redirect(`/web/options?text=${encodeURIComponent(text)}`, 303);
}
