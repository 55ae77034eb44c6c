/** Shows what somebody asked for and hands it on, once; and what a form gets in return. */
import type { Context } from 'hono';
import { html } from 'hono/html';
import { HTTPException } from 'hono/http-exception';
import { randomUUID } from 'node:crypto';
import type { GivenUpload } from './check-file.ts';
import { renderSubmission } from './composer.ts';
import { toAnswered, toQuoted } from './quote.ts';
import { renderPartial } from './render.ts';
import type { Html } from './render-words.ts';
import type { RouteParts } from './route-parts.ts';
import { readPerson } from './security.ts';
import type { StoredMessage } from './stored-message.ts';

export interface SentForm {
  /** The form's own id: the same one is sent only once. */
  readonly submission: string;
  /** As it stands in the conversation. */
  readonly text: string;
  readonly commandName: string;
  readonly options: Readonly<Record<string, string>>;
  readonly files: readonly GivenUpload[];
  /** The message that it answers, or whose button opened the form. */
  readonly answered: StoredMessage | undefined;
}

/** Throws `UserError` for files that will not do; nothing has happened then. */
export async function sendWish(
  context: Context,
  { submission, files, answered, ...request }: SentForm,
  { chat, uploads, wishes }: RouteParts,
): Promise<void> {
  const kept = await uploads.keep(files);
  if (!(await wishes.isFirst(submission))) return;
  await chat.conversation.add({
    author: 'person',
    id: randomUUID(),
    at: chat.clock.now(),
    text: request.text,
    pictures: kept.map((upload) => upload.shown),
    ...(answered && { answers: toQuoted(answered) }),
  });
  await wishes.send({
    ...request,
    id: `web:${submission}`,
    person: readPerson(context),
    attachments: kept.map((upload) => upload.attachment),
    answered: answered && toAnswered(answered),
    pressedOn: undefined,
  });
}

/** htmx gets a fresh form id and whatever else changes; a browser without scripts the page again. */
export function answerDone(
  context: Context,
  more: Html | string = '',
): Response | Promise<Response> {
  if (!context.req.header('hx-request')) return context.redirect('/', 303);
  const fresh = renderPartial('#submission', 'outerHTML', renderSubmission());
  return context.html(html`${fresh}${more}`);
}

export function refuseWhenClosed({ wishes }: RouteParts): void {
  if (!wishes.isOpen()) {
    throw new HTTPException(503, { message: 'Easel is starting or stopping. Try again soon.' });
  }
}
