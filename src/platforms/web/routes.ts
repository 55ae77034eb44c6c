/** The addresses of the web chat: `/` for the page, all else below `/web/`, and `/p/` for guests. */
import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { html } from 'hono/html';
import { HTTPException } from 'hono/http-exception';
import { streamSSE } from 'hono/streaming';
import type { Logger } from 'pino';
import { fileHeaders } from '../../file-response.ts';
import type { Conversation } from './conversation.ts';
import { addDoor } from './door.ts';
import { streamConversation } from './events.ts';
import { answerSend } from './forms.ts';
import { answerHints } from './hint-answer.ts';
import { answerOpen, answerOptions, answerPreview, answerSuggestions } from './option-forms.ts';
import { answerAsked, answerPress } from './press.ts';
import { limitSmallForm } from './read-form.ts';
import { LONGEST_TEXT, renderMistake } from './composer.ts';
import { addPictures } from './picture-routes.ts';
import { renderReply } from './render-quote.ts';
import { readQuoted, renderChat, type RouteParts } from './route-parts.ts';
import { allowHosts, pageHeaders, readPerson, sameOrigin } from './security.ts';
import { sendFile } from './send-file.ts';
import { addSharedTrees } from './shared-tree-routes.ts';

export function addRoutes(parent: Hono, parts: RouteParts): void {
  const app = new Hono();
  app.onError((error, context) => answerError(error, context, parts.log));
  // Named one by one: the server has other tenants, such as `/healthz`.
  for (const path of ['/', '/web/*']) {
    app.use(path, headers, allowHosts(parts.allowedHosts), ...sameOrigin);
  }
  addDoor(app, parts);
  addPage(app, parts);
  app.post('/web/messages', parts.takeForm, (context) => answerSend(context, parts));
  app.post('/web/press', limitSmallForm, (context) => answerPress(context, parts));
  addOptionForms(app, parts);
  addPictures(app, parts);
  addSharedTrees(app, parts);
  parent.route('/', app);
}

const FILES = /^\/web\/(?:files\/|pictures\/[^/]+\/)/u;
const headers: MiddlewareHandler = (context, next) =>
  (FILES.test(context.req.path) ? fileHeaders : pageHeaders)(context, next);

function addPage(app: Hono, parts: RouteParts): void {
  const { chat, stopping } = parts;
  app.get('/', async (context) => {
    readPerson(context);
    context.header('Cache-Control', 'no-store');
    const { text = '', reply, message } = context.req.query();
    const answered = await readQuoted(reply, parts);
    const older = message === undefined ? undefined : await findOlder(message, chat.conversation);
    const draft = { text: text.slice(0, LONGEST_TEXT), mistake: '', answered, older };
    return context.html(renderChat(parts, draft));
  });
  addMessages(app, parts);
  app.get('/web/events', (context) => {
    const since = context.req.header('last-event-id') ?? context.req.query('since');
    return streamSSE(context, (stream) => streamConversation({ stream, since, stopping }, chat));
  });
  app.get('/web/files/:id', async (context) => {
    const file = await chat.shelf.find(context.req.param('id'));
    return file ? sendFile(context, file) : context.notFound();
  });
}

function addMessages(app: Hono, parts: RouteParts): void {
  const { conversation } = parts.chat;
  app.get('/web/messages/:id', async (context) => {
    const id = context.req.param('id');
    const [message, older] = [await conversation.read(id), await findOlder(id, conversation)];
    if (message) return context.redirect(`/${older ? `?message=${id}` : ''}#message-${id}`, 303);
    context.header('Cache-Control', 'no-store');
    const mistake = 'That message is no longer here.';
    return context.html(renderChat(parts, { text: '', mistake, answered: undefined }), 404);
  });
  app.get('/web/reply/:id', async (context) => {
    context.header('Cache-Control', 'no-store');
    const answered = await readQuoted(context.req.param('id'), parts);
    if (answered) return context.html(html`${renderReply(answered)}`);
    throw new HTTPException(404, { message: 'That message is no longer here.' });
  });
}

/** A message that the page does not show by itself any more. */
async function findOlder(id: string, conversation: Conversation) {
  const isShown = conversation.list().some((shown) => shown.id === id);
  return isShown ? undefined : conversation.read(id);
}

function addOptionForms(app: Hono, parts: RouteParts): void {
  app.get('/web/asked', (context) => answerAsked(context, parts));
  app.get('/web/options', (context) => answerOpen(context, parts));
  // The composer's whole form comes along, with the pictures that are attached already.
  app.post('/web/options/open', parts.takeForm, (context) => answerOpen(context, parts));
  app.post('/web/options/preview', parts.takeForm, (context) => answerPreview(context, parts));
  app.post('/web/options/send', parts.takeForm, (context) => answerOptions(context, parts));
  app.post('/web/options/suggestions', parts.takeForm, (context) =>
    answerSuggestions(context, parts),
  );
  app.post('/web/hints', parts.takeForm, (context) => answerHints(context, parts));
}

/** htmx shows the answer beside the composer; without it, plain text will do. */
function answerError(error: Error, context: Context, log: Logger): Response | Promise<Response> {
  const isForeseen = error instanceof HTTPException;
  if (!isForeseen) log.error({ error }, 'a web request failed');
  const status = isForeseen ? error.status : 500;
  const sentence = (isForeseen && error.message) || wordRefusal(status);
  context.status(status);
  if (context.req.header('hx-request')) return context.html(renderMistake(sentence));
  return context.text(sentence);
}

function wordRefusal(status: number): string {
  return status === 403
    ? 'This form did not come from Easel’s own page. Reload the page and try again.'
    : 'Something went wrong inside Easel. The log tells more; try again.';
}
