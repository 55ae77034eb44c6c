/** What happens to a command's form: it is opened, changes while it is filled in, and is sent. */
import type { Context } from 'hono';
import { html } from 'hono/html';
import { HTTPException } from 'hono/http-exception';
import type { Command } from '../../command.ts';
import { type CommandLine, DEFAULT_COMMAND, parseCommandLine } from '../../command-line.ts';
import { UserError } from '../../errors.ts';
import type { AttachmentRef } from '../../request.ts';
import type { GivenUpload } from './check-file.ts';
import { checkForm, type FilledForm, type FormCheck, toFilledForm } from './filled-form.ts';
import { type FormContent, renderChanges, renderForm } from './option-page.ts';
import { renderOptionPage } from './page.ts';
import { type OptionForm, readDraft, readOptionForm } from './read-form.ts';
import { renderPartial } from './render.ts';
import type { Html } from './render-words.ts';
import type { RouteParts } from './route-parts.ts';
import { readPerson } from './security.ts';
import { answerDone, refuseWhenClosed, sendWish } from './send-wish.ts';

/** As many as a list below a field can show without becoming a page. */
const SUGGESTED = 50;

/** A form with what the composer holds already. */
export async function answerOpen(context: Context, parts: RouteParts): Promise<Response> {
  const isPost = context.req.method === 'POST';
  const text = isPost ? (await readDraft(context)).text : (context.req.query('text') ?? '');
  return context.html(await openForm(context, text, parts));
}

/** In the page's dialogue for htmx, else a whole page. */
export async function openForm(context: Context, text: string, parts: RouteParts): Promise<Html> {
  readPerson(context);
  context.header('Cache-Control', 'no-store');
  const { commandName, options } = readLine(text, parts.commands);
  const form = toFilledForm(findCommand(commandName, parts), options);
  const content = { form, check: checkForm(form, [], parts), wasSent: false };
  if (!isLive(context)) return showPage({ ...content, isLive: false }, parts);
  return renderPartial('#options', 'innerHTML', renderForm({ ...content, isLive: true }));
}

export async function answerPreview(context: Context, parts: RouteParts): Promise<Response> {
  const sent = await readOptionForm(context);
  return answerForm(
    context,
    { ...readFilled(sent, parts), wasSent: sent.tried !== undefined },
    parts,
  );
}

export async function answerSuggestions(context: Context, parts: RouteParts): Promise<Response> {
  const { command, values, of = '' } = await readOptionForm(context);
  const option = toFilledForm(findCommand(command, parts), values).fields.find(
    ({ name }) => name === of,
  )?.option;
  if (option?.kind !== 'suggested') return context.json([]);
  return context.json(option.suggest(values[of] ?? '', values).slice(0, SUGGESTED));
}

/** The same wish as the command line would be; what is wrong comes back, and nothing has happened then. */
export async function answerOptions(context: Context, parts: RouteParts): Promise<Response> {
  refuseWhenClosed(parts);
  const sent = await readOptionForm(context);
  const { form, check } = readFilled(sent, parts);
  const complaint = isFine(check) ? await trySending(context, sent, { form, check }, parts) : [];
  if (complaint === undefined) return answerDone(context, emptyDialogue());
  const strays = [...check.strays, ...complaint];
  context.status(422);
  return answerForm(context, { form, check: { ...check, strays }, wasSent: true }, parts);
}

function readFilled(
  { command, values, files }: OptionForm,
  parts: RouteParts,
): Pick<FormContent, 'form' | 'check'> {
  const form = toFilledForm(findCommand(command, parts), values);
  return { form, check: checkForm(form, mentionFiles(form, files), parts) };
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
  { form, check }: Pick<FormContent, 'form' | 'check'>,
  parts: RouteParts,
): Promise<readonly string[] | undefined> {
  try {
    await sendWish(
      context,
      {
        submission: sent.submission ?? crypto.randomUUID(),
        text: check.commandLine,
        commandName: form.command.name,
        options: form.values,
        files: toUploads(form, sent.files),
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

/** Words that are no command are a wish like any other; what cannot be read leaves an empty form. */
function readLine(text: string, commands: readonly Command[]): CommandLine {
  try {
    return parseCommandLine(text, commands);
  } catch (error) {
    if (error instanceof UserError) return { commandName: DEFAULT_COMMAND, options: {} };
    throw error;
  }
}

function findCommand(name: string, { commands }: RouteParts): Command {
  const command = commands.find((known) => known.published && known.name === name);
  if (!command) throw new HTTPException(400, { message: 'That form belongs to no command.' });
  return command;
}

function showPage(content: FormContent, { assets }: RouteParts): Html {
  return renderOptionPage(assets.base, renderForm(content));
}

function isLive(context: Context): boolean {
  return context.req.header('hx-request') !== undefined;
}
