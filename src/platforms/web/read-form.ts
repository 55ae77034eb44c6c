/** Reads posted forms: everything in them is untrusted until here. */
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import { LONGEST_TEXT } from './composer.ts';
import { FILE_PREFIX, OPTION_PREFIX } from './option-field.ts';
import { limitForm, readFields } from './spool-form.ts';

const FEW_BYTES = 16 * 1024;
/** Models of speech read long texts. */
const LONGEST_VALUE = 100_000;

const fileSchema = z.instanceof(File);
/** The id of a message; a form that answers none may send nothing. */
const replySchema = z
  .string()
  .max(64)
  .transform((id) => (id === '' ? undefined : id))
  .optional();
const jobSchema = z.string().max(64);
const messageForm = z.object({
  // Browsers send line ends as CR LF.
  text: z
    .string()
    .transform((text) => text.replaceAll('\r\n', '\n').trim())
    .default(''),
  submission: z.uuid(),
  reply: replySchema,
  files: z
    .union([fileSchema.transform((file) => [file]), z.array(fileSchema)])
    .default([])
    // An empty file input sends one file without name and content.
    .transform((files) => files.filter((file) => file.name !== '' || file.size > 0)),
});
export type MessageForm = z.infer<typeof messageForm>;

const optionForm = z.object({
  command: z.string().max(32),
  submission: z.uuid().optional(),
  /** What the button is about that opened the form. */
  job: jobSchema.optional(),
  /** The message whose button that was, or else the one that is answered. */
  reply: replySchema,
  /** Present once it was sent and came back. */
  tried: z.literal('yes').optional(),
  /** The field whose suggestions are asked for. */
  of: z.string().max(100).optional(),
  values: z.record(
    z.string().regex(/^[A-Za-z][\w.-]{0,99}$/u),
    z
      .string()
      .max(LONGEST_VALUE)
      .transform((text) => text.replaceAll('\r\n', '\n')),
  ),
  /** By option; a string holds a file's type and name, such as `image/png;mask.png`. */
  files: z.record(z.string().max(100), z.array(z.union([fileSchema, z.string().max(500)]))),
});
export type OptionForm = z.infer<typeof optionForm>;

const draftForm = z.object({ text: z.string().default(''), reply: replySchema });
export type DraftForm = z.infer<typeof draftForm>;

const pressForm = z.object({
  command: z.string().max(32),
  /** Absent where an entry of a message's menu was chosen, which is about the message. */
  job: jobSchema.optional(),
  message: replySchema,
});
export type PressForm = z.infer<typeof pressForm>;

const loginForm = z.object({ token: z.string().max(500) });

export const limitSmallForm = limitForm(FEW_BYTES, 'That form is too large.');

export const readMessageForm = (context: Context): Promise<MessageForm> =>
  readForm(context, messageForm);
/** What the composer holds at the moment, sent or not. */
export const readDraft = (context: Context): Promise<DraftForm> => readForm(context, draftForm);
export const readOptionForm = (context: Context): Promise<OptionForm> =>
  readForm(context, z.record(z.string(), z.unknown()).transform(groupOptions).pipe(optionForm));
export const readPressForm = (context: Context): Promise<PressForm> => readForm(context, pressForm);
export function readPressQuery(context: Context): PressForm & { readonly job: string } {
  const parsed = pressForm.required({ job: true }).safeParse(context.req.query());
  if (parsed.success) return parsed.data;
  throw new HTTPException(400, { message: 'That address is incomplete or wrong.' });
}
export const readLoginForm = (context: Context): Promise<{ token: string }> =>
  readForm(context, loginForm);

function groupOptions(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const values = pick(fields, OPTION_PREFIX);
  const files = Object.entries(pick(fields, FILE_PREFIX)).map(([name, given]) => [
    name,
    [given].flat(),
  ]);
  return { ...fields, values, files: Object.fromEntries(files) };
}

/** The fields whose names begin so, without that beginning. */
function pick(fields: Readonly<Record<string, unknown>>, prefix: string): Record<string, unknown> {
  const found = Object.entries(fields).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(found.map(([name, value]) => [name.slice(prefix.length), value]));
}

export function findLengthMistake(text: string): string | undefined {
  if (text.length <= LONGEST_TEXT) return undefined;
  return `That is ${text.length} characters; at most ${LONGEST_TEXT} go into one message.`;
}

async function readForm<T>(context: Context, schema: z.ZodType<T>): Promise<T> {
  const parsed = schema.safeParse(await readFields(context));
  if (parsed.success) return parsed.data;
  const names = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new HTTPException(400, { message: `That form is incomplete or wrong: ${names}.` });
}
