/** A message of the conversation as it is stored: JSON that zod has seen before it is shown. */
import { z } from 'zod';
import { messageRefSchema, ownAddressSchema, type Message } from '../../message.ts';

const inlineSchema = z.union([
  z.string(),
  z.object({ kind: z.enum(['strong', 'code']), text: z.string() }),
  z.object({ kind: z.literal('moment'), at: z.coerce.date() }),
  z.object({ kind: z.literal('link'), label: z.string(), address: ownAddressSchema }),
  z.object({ kind: z.literal('message-link'), label: z.string(), to: messageRefSchema }),
]);

const blockSchema = z.union([
  z.object({ kind: z.enum(['line', 'note']), parts: z.array(inlineSchema) }),
  z.object({ kind: z.literal('quote'), text: z.string() }),
]);

const buttonSchema = z.object({
  label: z.string(),
  style: z.enum(['primary', 'secondary', 'danger']),
  command: z.string(),
  job: z.string(),
});

const messageSchema: z.ZodType<Message> = z.object({
  blocks: z.array(blockSchema),
  buttons: z.array(buttonSchema),
});

const shownFileSchema = z.object({
  id: z.string(),
  fileName: z.string(),
  contentType: z.string(),
  bytes: z.number(),
  altText: z.string(),
  /** Pixels, where the file is a picture: keeps the page from jumping while it loads. */
  width: z.number().optional(),
  height: z.number().optional(),
  /** Hidden until somebody asks to see it. */
  isSpoiler: z.boolean().default(false),
  /** What it says, where it is a short text. */
  text: z.string().optional(),
  /** Whether `text` is only how it begins. */
  isBeginning: z.boolean().optional(),
});
export type ShownFile = z.infer<typeof shownFileSchema>;

/** Enough of an earlier message to recognise it by, where another one answers it. */
const quotedSchema = z.object({
  id: z.string(),
  /** Cut short; empty for one that was deleted since. */
  words: z.string(),
  /** How many pictures it has. */
  pictures: z.number(),
  /** The file that stands for them; undefined where none may be shown openly. */
  thumbnail: z.string().optional(),
});
export type Quoted = z.infer<typeof quotedSchema>;

/** What the person typed, with the files that came along. */
const askedSchema = z.object({
  author: z.literal('person'),
  id: z.string(),
  at: z.coerce.date(),
  text: z.string(),
  pictures: z.array(shownFileSchema),
  /** The message that it answers. */
  answers: quotedSchema.optional(),
});

/** A job's one message, from its first words to its pictures. */
const statusSchema = z.object({
  author: z.literal('easel'),
  id: z.string(),
  at: z.coerce.date(),
  message: messageSchema,
  files: z.array(shownFileSchema),
  /** What the person had typed: it stands right above, so quoting it again would be noise. */
  question: z.string(),
  /** The delivery's key, once its files are here. */
  delivered: z.string().optional(),
  /** The message whose button was pressed for it. */
  answers: quotedSchema.optional(),
});
export type StatusRecord = z.infer<typeof statusSchema>;

/** An answer for the person alone: help, a mistake in an option, saved originals. */
const noteSchema = z.object({
  author: z.literal('note'),
  id: z.string(),
  at: z.coerce.date(),
  message: messageSchema,
  files: z.array(shownFileSchema).default([]),
  /** The message whose button was pressed for it. */
  answers: quotedSchema.optional(),
});

export const storedMessageSchema = z.discriminatedUnion('author', [
  askedSchema,
  statusSchema,
  noteSchema,
]);
export type StoredMessage = z.infer<typeof storedMessageSchema>;
