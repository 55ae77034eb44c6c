/** What happens to a command's form: it is opened, changes while it is filled in, and is sent. */
import type { Context } from 'hono';
import { html } from 'hono/html';
import { HTTPException } from 'hono/http-exception';
import type { Command } from '../../command.ts';
import {
  type CommandLine,
  DEFAULT_COMMAND,
  parseCommandLine,
  REPLY_COMMAND,
} from '../../command-line.ts';
import { UserError } from '../../errors.ts';
import type { AttachmentRef } from '../../request.ts';
import type { GivenUpload } from './check-file.ts';
import { LONGEST_TEXT } from './composer.ts';
import { checkForm, type FilledForm, type FormCheck, toFilledForm } from './filled-form.ts';
import { askedOptions, type FormTarget, mentionPicture, readAnswered } from './form-target.ts';
import { type FormContent, renderChanges, renderForm } from './option-page.ts';
import { renderOptionPage } from './page.ts';
import { type DraftForm, type OptionForm, readDraft, readOptionForm } from './read-form.ts';
import { renderPartial } from './render.ts';
import type { Html } from './render-words.ts';
import type { RouteParts } from './route-parts.ts';
import { readPerson } from './security.ts';
import type { FormValues } from './to-command-line.ts';
import { answerDone, refuseWhenClosed, sendWish } from './send-wish.ts';

/** As many as a list below a field can show without becoming a page. */
const SUGGESTED = 50;

/** A form with what the composer holds already. */
export async function answerOpen(context: Context, parts: RouteParts): Promise<Response> {
  const draft = context.req.method === 'POST' ? await readDraft(context) : readQuery(context);
  return context.html(await openForm(context, draft, parts));
}

/** In the page's dialogue for htmx, else a whole page. */
export async function openForm(
  context: Context,
  { text, reply }: DraftForm,
  parts: RouteParts,
): Promise<Html> {
  const message = reply === undefined ? undefined : await parts.chat.conversation.read(reply);
  const { commandName, options } = readLine(text, message !== undefined, parts.commands);
  const draft = { command: commandName, values: options, target: { job: undefined, message } };
  return showForm(context, { ...toContent(draft, {}, parts), wasSent: false }, parts);
}

/** A form as it is opened. */
export function showForm(
  context: Context,
  content: Omit<FormContent, 'isLive'>,
  parts: RouteParts,
): Html {
  readPerson(context);
  context.header('Cache-Control', 'no-store');
  if (!isLive(context)) return showPage({ ...content, isLive: false }, parts);
  return renderPartial('#options', 'innerHTML', renderForm({ ...content, isLive: true }));
}

export async function answerPreview(context: Context, parts: RouteParts): Promise<Response> {
  const sent = await readOptionForm(context);
  const wasSent = sent.tried !== undefined;
  return answerForm(context, { ...(await readFilled(sent, parts)), wasSent }, parts);
}

export async function answerSuggestions(context: Context, parts: RouteParts): Promise<Response> {
  const { command, values, job, of = '' } = await readOptionForm(context);
  const target = { job, message: undefined };
  const { fields } = toFilledForm(findCommand(command, target, parts), values);
  const option = fields.find(({ name }) => name === of)?.option;
  if (option?.kind !== 'suggested') return context.json([]);
  return context.json(option.suggest(values[of] ?? '', values).slice(0, SUGGESTED));
}

/** The same wish as the command line would be; what is wrong comes back, and nothing has happened then. */
export async function answerOptions(context: Context, parts: RouteParts): Promise<Response> {
  refuseWhenClosed(parts);
  const sent = await readOptionForm(context);
  const filled = await readFilled(sent, parts);
  const { check } = filled;
  const complaint = isFine(check) ? await trySending(context, sent, filled, parts) : [];
  if (complaint === undefined) return answerDone(context, emptyDialogue());
  const strays = [...check.strays, ...complaint];
  context.status(422);
  return answerForm(context, { ...filled, check: { ...check, strays }, wasSent: true }, parts);
}

type Filled = Pick<FormContent, 'form' | 'check' | 'target'>;

async function readFilled({ job, reply, ...form }: OptionForm, parts: RouteParts): Promise<Filled> {
  const message = reply === undefined ? undefined : await parts.chat.conversation.read(reply);
  return toContent({ ...form, target: { job, message } }, form.files, parts);
}

/** Throws `HTTPException` for a form that no command has. */
export function toContent(
  filled: { readonly command: string; readonly values: FormValues; readonly target: FormTarget },
  files: OptionForm['files'],
  parts: RouteParts,
): Filled {
  const { target, values } = filled;
  const command = findCommand(filled.command, target, parts);
  const form = toFilledForm(command, values, askedOptions(command, target));
  const given = mentionFiles(form, files);
  const subject = mentionPicture(target, command.name === REPLY_COMMAND && given.length === 0);
  const about = { attachments: [...subject, ...given], job: target.job };
  return { form, target, check: checkForm(form, about, parts) };
}

/** For htmx what has changed, else the whole page. */
function answerForm(
  context: Context,
  content: Omit<FormContent, 'isLive'>,
  parts: RouteParts,
): Response | Promise<Response> {
  return isLive(context)
    ? context.html(renderChanges({ ...content, isLive: true }))
    : context.html(showPage({ ...content, isLive: false }, parts));
}

function emptyDialogue(): Html {
  return renderPartial('#options', 'innerHTML', html``);
}

/** Undefined once it is under way, else what was wrong with the files. */
async function trySending(
  context: Context,
  sent: OptionForm,
  { form, check, target }: Filled,
  parts: RouteParts,
): Promise<readonly string[] | undefined> {
  const { job } = target;
  try {
    await sendWish(
      context,
      {
        submission: sent.submission ?? crypto.randomUUID(),
        text: job === undefined ? check.commandLine : wordAsked(form.command, check.commandLine),
        commandName: form.command.name,
        options: job === undefined ? form.values : { ...form.values, job },
        files: toUploads(form, sent.files),
        // Where a button says what it is about, its message may be gone.
        answered:
          job === undefined
            ? await readAnswered(sent.reply, parts.chat.conversation)
            : target.message,
      },
      parts,
    );
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error.message.split('\n');
    throw error;
  }
}

function isFine({ mistakes, strays }: FormCheck): boolean {
  return Object.keys(mistakes).length === 0 && strays.length === 0;
}

/** Only the options that this form has: a file for a model that was left again goes nowhere. */
function toUploads(form: FilledForm, files: OptionForm['files']): readonly GivenUpload[] {
  return form.fields.flatMap(({ name, option, places }) => {
    if (option.kind !== 'file') return [];
    const given = (files[name] ?? []).filter((file) => file instanceof File && isGiven(file));
    return given.flatMap((file, at) => {
      // One too many is for the model to refuse or to leave out, with its own words.
      const place = places[at] ?? places.at(-1);
      return file instanceof File ? [{ file, media: option.media, option: place }] : [];
    });
  });
}

/** An empty file input sends one file without name and content. */
function isGiven(file: File): boolean {
  return file.name !== '' || file.size > 0;
}

/** Enough of each file to say what would become of it. */
function mentionFiles(form: FilledForm, files: OptionForm['files']): readonly AttachmentRef[] {
  return form.fields.flatMap(({ name, places }) =>
    (files[name] ?? []).map(toMention).flatMap(({ claimedType, fileName }, at) => {
      const option = places[at] ?? places.at(-1) ?? name;
      if (fileName === '') return [];
      return [{ platform: 'web', id: option, fileName, claimedType, bytes: 0, url: '', option }];
    }),
  );
}

function readMention(mention: string): { claimedType: string; fileName: string } {
  const [claimedType = '', ...name] = mention.split(';');
  return { claimedType, fileName: name.join(';') };
}

function toMention(file: File | string): { claimedType: string; fileName: string } {
  if (typeof file === 'string') return readMention(file);
  return { claimedType: file.type, fileName: file.name };
}

/** What a form that a button opened says in the conversation: a command would not mean the same. */
function wordAsked({ name, asks }: Command, commandLine: string): string {
  const rest = commandLine.slice(name.length + 1).trim();
  const title = asks?.title ?? name;
  return rest === '' ? title : `${title}: ${rest}`;
}

function readQuery(context: Context): DraftForm {
  const { text = '', reply } = context.req.query();
  return { text: text.slice(0, LONGEST_TEXT), reply };
}

/** Words that are no command are a wish like any other; what cannot be read leaves an empty form. */
function readLine(text: string, isReply: boolean, commands: readonly Command[]): CommandLine {
  const plainWords = isReply ? REPLY_COMMAND : DEFAULT_COMMAND;
  try {
    return parseCommandLine(text, commands, { plainWords });
  } catch (error) {
    if (error instanceof UserError) return { commandName: plainWords, options: {} };
    throw error;
  }
}

function findCommand(name: string, { job }: FormTarget, { commands }: RouteParts): Command {
  const hasForm = ({ published, asks }: Command): boolean =>
    job === undefined ? published : asks !== undefined;
  const command = commands.find((known) => known.name === name && hasForm(known));
  if (!command) throw new HTTPException(400, { message: 'That form belongs to no command.' });
  return command;
}

function showPage(content: FormContent, { assets }: RouteParts): Html {
  return renderOptionPage(assets.base, renderForm(content));
}

function isLive(context: Context): boolean {
  return context.req.header('hx-request') !== undefined;
}
