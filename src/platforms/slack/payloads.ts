/** The parts of Slack's payloads that Easel reads. Everything else stays unread and unknown. */
import { z } from 'zod';
import { slackFile } from './attachments.ts';
import { slackMessage } from './message-pictures.ts';

/** Null and absent mean the same to Slack. */
const optionalText = z
  .string()
  .nullish()
  .transform((text) => text ?? undefined);
const named = z.object({ id: z.string() });
const actor = z.object({ id: z.string(), username: optionalText, name: optionalText });

export const commandPayload = z.object({
  team_id: z.string(),
  enterprise_id: optionalText,
  channel_id: z.string(),
  user_id: z.string(),
  user_name: optionalText,
  command: z.string(),
  text: z.string().default(''),
  trigger_id: z.string(),
});

export const messageEvent = z.object({
  type: z.enum(['message', 'app_mention']),
  subtype: optionalText,
  hidden: z.boolean().nullish(),
  channel: z.string(),
  channel_type: optionalText,
  ts: z.string(),
  thread_ts: optionalText,
  /** Who wrote the root of the thread. */
  parent_user_id: optionalText,
  user: optionalText,
  bot_id: optionalText,
  text: z
    .string()
    .nullish()
    .transform((text) => text ?? ''),
  files: z.array(slackFile).default([]),
  user_profile: z.object({ display_name: optionalText, real_name: optionalText }).nullish(),
});
export type MessageEvent = z.infer<typeof messageEvent>;

/** The workspace in whose name an event came; in Slack Connect not always the sender's. */
export const eventEnvelope = z.object({
  team_id: optionalText,
  enterprise_id: optionalText,
  authorizations: z
    .array(z.object({ team_id: optionalText, enterprise_id: optionalText }))
    .nullish(),
});

const organisation = {
  team: named.nullish(),
  enterprise: named.nullish(),
  user: actor,
};

export const buttonPayload = z.object({
  ...organisation,
  container: z.object({
    channel_id: z.string(),
    message_ts: z.string(),
    thread_ts: optionalText,
    is_ephemeral: z.boolean().nullish(),
  }),
  trigger_id: z.string(),
  actions: z.array(
    z.object({ action_id: z.string(), value: z.string().default(''), action_ts: z.string() }),
  ),
});

/** An entry in the menu of a message. */
export const shortcutPayload = z.object({
  ...organisation,
  callback_id: z.string(),
  trigger_id: z.string(),
  action_ts: z.string(),
  channel: named,
  message: slackMessage,
});

const view = z.object({
  id: z.string(),
  hash: z.string(),
  callback_id: z.string(),
  private_metadata: z.string(),
  blocks: z.array(z.object({ block_id: z.string() })),
  state: z.object({ values: z.record(z.string(), z.record(z.string(), z.unknown())) }),
});

export const formPayload = z.object({ ...organisation, view });

/** Somebody chose in a select of a form on which other fields depend. */
export const decisionPayload = z.object({
  view,
  actions: z.array(z.object({ action_ts: z.string() })).min(1),
});

/** Somebody types into a select of a form; the values of the other fields do not come along. */
export const suggestionPayload = z.object({
  block_id: z.string(),
  action_id: z.string(),
  value: z.string(),
  view: view.pick({ callback_id: true, private_metadata: true }),
});
