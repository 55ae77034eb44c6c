/** A pressed button: a wish at once, or the form that asks for what the command needs first. */
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { randomUUID } from 'node:crypto';
import type { Command } from '../../command.ts';
import { UserError } from '../../errors.ts';
import { line, message } from '../../message.ts';
import type { RawValues } from '../../option.ts';
import type { FormTarget } from './form-target.ts';
import type { Wish } from './invocation.ts';
import { showForm, toContent } from './option-forms.ts';
import { toAnswered, toQuoted } from './quote.ts';
import { type PressForm, readPressForm, readPressQuery } from './read-form.ts';
import { renderChat, type RouteParts } from './route-parts.ts';
import { readPerson } from './security.ts';
import { refuseWhenClosed } from './send-wish.ts';
import { WEB_PLACE } from './status-message.ts';
import type { FormValues } from './to-command-line.ts';

export async function answerPress(context: Context, parts: RouteParts): Promise<Response> {
  refuseWhenClosed(parts);
  const press = await readPressForm(context);
  const command = findPressed(press, parts.commands);
  const target = await readTarget(press, parts);
  if (target.job === undefined) return answerChoice(context, command, target, parts);
  if (command.asks) return offerAsked(context, press, target, parts);
  // A button tells by itself what it is about.
  const request = { options: { job: target.job }, answered: undefined, pressedOn: press.message };
  return send(context, { commandName: command.name, ...request }, parts);
}

/** An entry of a message's menu is about that message, as an answer to it would be. */
async function answerChoice(
  context: Context,
  { name }: Command,
  target: FormTarget,
  parts: RouteParts,
): Promise<Response> {
  const { message } = target;
  if (message) {
    const request = { options: {}, answered: toAnswered(message), pressedOn: message.id };
    return send(context, { commandName: name, ...request }, parts);
  }
  await sayInstead('That message is no longer here.', target, parts);
  return answerDone(context);
}

async function send(
  context: Context,
  request: Pick<Wish, 'commandName' | 'options' | 'answered' | 'pressedOn'>,
  { wishes }: RouteParts,
): Promise<Response> {
  const person = readPerson(context);
  await wishes.send({ ...request, id: `web:${randomUUID()}`, person, attachments: [], text: '' });
  return answerDone(context);
}

function findPressed({ command, job }: PressForm, commands: readonly Command[]): Command {
  const found = commands.find(({ name }) => name === command);
  if (found && (job !== undefined || found.menu !== undefined)) return found;
  throw new HTTPException(400, { message: 'That button belongs to no command.' });
}

/** The form of a button as a page of its own, for browsers without scripts. */
export async function answerAsked(context: Context, parts: RouteParts): Promise<Response> {
  const press = readPressQuery(context);
  const target = await readTarget(press, parts);
  try {
    return context.html(await startAsked(context, press.command, target, parts));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const draft = { text: '', mistake: error.message, answered: undefined };
    return context.html(renderChat(parts, draft), 422);
  }
}

async function offerAsked(
  context: Context,
  { command, job = '' }: PressForm,
  target: FormTarget,
  parts: RouteParts,
): Promise<Response> {
  try {
    const form = await startAsked(context, command, target, parts);
    if (context.req.header('hx-request')) return context.html(form);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    await sayInstead(error.message, target, parts);
    return answerDone(context);
  }
  const query = new URLSearchParams({ command, job, message: target.message?.id ?? '' });
  return context.redirect(`/web/asked?${query.toString()}`, 303);
}

/** Throws `UserError` where this person may not do that here. */
async function startAsked(
  context: Context,
  command: string,
  target: FormTarget,
  parts: RouteParts,
) {
  const person = readPerson(context);
  const asked = { commandName: command, job: target.job, person, place: WEB_PLACE };
  const values = toFormValues(await parts.startForm(asked));
  const content = toContent({ command, values, target }, {}, parts);
  return showForm(context, { ...content, wasSent: false }, parts);
}

async function readTarget({ job, message }: PressForm, { chat }: RouteParts): Promise<FormTarget> {
  return {
    job,
    message: message === undefined ? undefined : await chat.conversation.read(message),
  };
}

/** The same kind of answer as one of the core's. */
async function sayInstead(words: string, target: FormTarget, { chat }: RouteParts): Promise<void> {
  await chat.conversation.add({
    author: 'note',
    id: randomUUID(),
    at: chat.clock.now(),
    message: message(line(words)),
    files: [],
    ...(target.message && { answers: toQuoted(target.message) }),
  });
}

function toFormValues(values: RawValues): FormValues {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
    ),
  );
}

function answerDone(context: Context): Response {
  return context.req.header('hx-request') ? context.body(null, 204) : context.redirect('/', 303);
}
