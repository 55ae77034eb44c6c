/** Reads posted forms: everything in them is untrusted until here. */
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import { BYTES_PER_FORM } from './attachments.ts';
import { LONGEST_TEXT } from './composer.ts';

const FEW_BYTES = 16 * 1024;

const fileSchema = z.instanceof(File);
const messageForm = z.object({
  // Browsers send line ends as CR LF.
  text: z
    .string()
    .transform((text) => text.replaceAll('\r\n', '\n').trim())
    .default(''),
  submission: z.uuid(),
  files: z
    .union([fileSchema.transform((file) => [file]), z.array(fileSchema)])
    .default([])
    // An empty file input sends one file without name and content.
    .transform((files) => files.filter((file) => file.name !== '' || file.size > 0)),
});
export type MessageForm = z.infer<typeof messageForm>;

const pressForm = z.object({
  command: z.string().max(32),
  job: z.string().max(64),
  message: z.string().max(64),
});
export type PressForm = z.infer<typeof pressForm>;

const loginForm = z.object({ token: z.string().max(500) });

export const limitMessageForm = limitBody(BYTES_PER_FORM, 'That is too much for one message.');
export const limitSmallForm = limitBody(FEW_BYTES, 'That form is too large.');

export const readMessageForm = (context: Context): Promise<MessageForm> =>
  readForm(context, messageForm);
export const readPressForm = (context: Context): Promise<PressForm> => readForm(context, pressForm);
export const readLoginForm = (context: Context): Promise<{ token: string }> =>
  readForm(context, loginForm);

export function findLengthMistake(text: string): string | undefined {
  if (text.length <= LONGEST_TEXT) return undefined;
  return `That is ${text.length} characters; at most ${LONGEST_TEXT} go into one message.`;
}

async function readForm<T>(context: Context, schema: z.ZodType<T>): Promise<T> {
  const fields = await context.req.parseBody({ all: true }).catch((error: unknown) => {
    throw new HTTPException(400, { message: 'That form is broken.', cause: error });
  });
  const parsed = schema.safeParse(fields);
  if (parsed.success) return parsed.data;
  const names = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new HTTPException(400, { message: `That form is incomplete or wrong: ${names}.` });
}

function limitBody(maxSize: number, message: string) {
  return bodyLimit({
    maxSize,
    onError: () => {
      throw new HTTPException(413, { message });
    },
  });
}
