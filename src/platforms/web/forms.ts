/** Turns the page's forms into wishes. */
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { randomUUID } from 'node:crypto';
import { parseCommandLine } from '../../command-line.ts';
import { UserError } from '../../errors.ts';
import type { Upload } from './attachments.ts';
import type { Wish } from './invocation.ts';
import {
  findLengthMistake,
  type MessageForm,
  readMessageForm,
  readPressForm,
} from './read-form.ts';
import { renderMistake, renderSubmission } from './composer.ts';
import { renderPartial } from './render.ts';
import { renderChat, type RouteParts } from './route-parts.ts';
import { readPerson } from './security.ts';
import { toRef } from './status-message.ts';

export async function answerSend(context: Context, parts: RouteParts): Promise<Response> {
  refuseWhenClosed(parts);
  const form = await readMessageForm(context);
  const mistake = await sendMessage(context, form, parts);
  if (mistake === undefined) return answerDone(context);
  context.status(422);
  if (context.req.header('hx-request')) return context.html(renderMistake(mistake));
  return context.html(renderChat(parts, { text: form.text, mistake }));
}

export async function answerPress(context: Context, parts: RouteParts): Promise<Response> {
  refuseWhenClosed(parts);
  const { command, job, message } = await readPressForm(context);
  if (!parts.commands.some(({ name }) => name === command)) {
    throw new HTTPException(400, { message: 'That button belongs to no command.' });
  }
  await parts.wishes.send({
    id: `web:${randomUUID()}`,
    person: readPerson(context),
    commandName: command,
    options: { job },
    attachments: [],
    repliesTo: toRef(message),
    text: '',
  });
  return answerDone(context);
}

/** What the person can mend comes back as a sentence; nothing has happened then. */
async function sendMessage(
  context: Context,
  form: MessageForm,
  parts: RouteParts,
): Promise<string | undefined> {
  try {
    const tooLong = findLengthMistake(form.text);
    if (tooLong !== undefined) return tooLong;
    const commandLine = parseCommandLine(form.text, parts.commands);
    const uploads = await parts.uploads.keep(form.files);
    if (!(await parts.wishes.isFirst(form.submission))) return undefined;
    const wish = {
      ...commandLine,
      id: `web:${form.submission}`,
      person: readPerson(context),
      attachments: uploads.map((upload) => upload.attachment),
      repliesTo: undefined,
      text: form.text,
    };
    await showAsked(wish, uploads, parts);
    await parts.wishes.send(wish);
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

async function showAsked(
  wish: Wish,
  uploads: readonly Upload[],
  { chat }: RouteParts,
): Promise<void> {
  await chat.conversation.add({
    author: 'person',
    id: randomUUID(),
    at: chat.clock.now(),
    text: wish.text,
    pictures: uploads.map((upload) => upload.shown),
  });
}

/** htmx gets a fresh form id and an empty note; a browser without scripts gets the page again. */
function answerDone(context: Context): Response | Promise<Response> {
  if (!context.req.header('hx-request')) return context.redirect('/', 303);
  if (context.req.path !== '/web/messages') return context.body(null, 204);
  return context.html(renderPartial('#submission', 'outerHTML', renderSubmission()));
}

function refuseWhenClosed({ wishes }: RouteParts): void {
  if (!wishes.isOpen()) {
    throw new HTTPException(503, { message: 'Easel is starting or stopping. Try again soon.' });
  }
}
