/**
 * A message as Discord tells it: in events, in answers of REST and as the target of a menu. Read
 * from the payload itself, because discord.js gives each of these another shape.
 */
import { z } from 'zod';

const attachmentSchema = z.object({
  id: z.string(),
  filename: z.string(),
  content_type: z.string().nullish(),
  size: z.number(),
  url: z.string(),
  /** Discord tells the length of voice messages. */
  duration_secs: z.number().nullish(),
});
export type SeenAttachment = z.infer<typeof attachmentSchema>;

/** A picture that is no attachment: Discord hands it out through a proxy of its own. */
const mediaSchema = z.object({
  url: z.string(),
  proxy_url: z.string().nullish(),
  content_type: z.string().nullish(),
});
export type SeenMedia = z.infer<typeof mediaSchema>;

const embedSchema = z.object({
  type: z.string().nullish(),
  image: mediaSchema.nullish(),
  thumbnail: mediaSchema.nullish(),
  title: z.string().nullish(),
  description: z.string().nullish(),
  fields: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
});

/** Components of any kind; only those that show pictures or words are looked into. */
const componentSchema = z.object({
  custom_id: z.string().nullish(),
  /** Words. */
  content: z.string().nullish(),
  media: mediaSchema.nullish(),
  items: z.array(z.object({ media: mediaSchema })).nullish(),
  get accessory() {
    return componentSchema.nullish();
  },
  get components() {
    return z.array(componentSchema).nullish();
  },
});
export type SeenComponent = z.infer<typeof componentSchema>;

const contentSchema = z.object({
  content: z.string().default(''),
  attachments: z.array(attachmentSchema).default([]),
  embeds: z.array(embedSchema).default([]),
  components: z.array(componentSchema).default([]),
  sticker_items: z.array(z.unknown()).default([]),
});
export type SeenContent = z.infer<typeof contentSchema>;

const messageSchema = contentSchema.extend({
  id: z.string(),
  channel_id: z.string(),
  author: z.object({ id: z.string() }),
  /** Present where a webhook wrote it: so do answers to interactions. */
  webhook_id: z.string().nullish(),
  mentions: z
    .array(
      z.object({
        id: z.string(),
        username: z.string().nullish(),
        global_name: z.string().nullish(),
      }),
    )
    .default([]),
  message_snapshots: z.array(z.object({ message: contentSchema })).default([]),
  message_reference: z
    .object({
      type: z.number().nullish(),
      channel_id: z.string().nullish(),
      message_id: z.string().nullish(),
    })
    .nullish(),
});

const seenMessageSchema = messageSchema.extend({
  /** Null where the answered message was deleted, absent where Discord did not look. */
  referenced_message: messageSchema.nullish(),
});
export type SeenMessage = z.infer<typeof seenMessageSchema>;

/** Throws where Discord sends something that is no message. */
export function parseMessage(payload: unknown): SeenMessage {
  return seenMessageSchema.parse(payload);
}

/** Every component, the nested ones behind those that hold them. */
export function flattenComponents(components: readonly SeenComponent[]): readonly SeenComponent[] {
  return components.flatMap((component) => [
    component,
    ...flattenComponents(component.components ?? []),
    ...(component.accessory ? flattenComponents([component.accessory]) : []),
  ]);
}

/** True for a message of which nothing at all is shown. */
export function isBlank(message: SeenMessage): boolean {
  return [message, ...message.message_snapshots.map((snapshot) => snapshot.message)].every(
    ({ content, attachments, embeds, components, sticker_items: stickers }) =>
      content === '' &&
      [attachments, embeds, components, stickers].every((list) => list.length === 0),
  );
}
