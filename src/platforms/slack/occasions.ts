/** Who spoke and where, out of each kind of payload. */
import { createHash } from 'node:crypto';
import type { RespondFn } from '@slack/bolt';
import type { z } from 'zod';
import type { About } from './about.ts';
import type { FilledForm } from './form-answers.ts';
import { fromKept, type FormMetadata } from './form-metadata.ts';
import type { Occasion } from './invocation.ts';
import { isDirect, isDirectChannel } from './messages.ts';
import type {
  buttonPayload,
  commandPayload,
  eventEnvelope,
  formPayload,
  MessageEvent,
  shortcutPayload,
} from './payloads.ts';

/** Messages come without their author's name, and looking it up would take another permission. */
const UNNAMED = 'you';
const NOTHING: About = { kind: 'nothing' };

export function fromCommand(payload: z.infer<typeof commandPayload>, respond: RespondFn): Occasion {
  return {
    id: `${payload.team_id}:${payload.trigger_id}`,
    person: { id: payload.user_id, name: payload.user_name ?? UNNAMED },
    tenant: toTenant(payload.enterprise_id, payload.team_id),
    channel: payload.channel_id,
    // Slack has no slash commands inside threads.
    thread: undefined,
    isDirect: false,
    respond,
    about: NOTHING,
  };
}

/**
 * A form that did not close, because its acknowledgement was lost, may be sent again. The same
 * answers are the same wish then, whatever became of the view and its hash in between.
 */
export function fromForm(
  payload: z.infer<typeof formPayload>,
  { channel, thread, isDirect, about }: FormMetadata,
  { options, attachments }: FilledForm,
): Occasion {
  const { view } = payload;
  const answers = [
    ...Object.entries(options).map(([name, value]) => JSON.stringify([name, value])),
    ...attachments.map(({ id, option }) => JSON.stringify([option, id])),
  ];
  const digest = createHash('sha256').update(answers.toSorted().join('\n')).digest('base64url');
  return {
    ...fromOrganisation(payload),
    id: `${payload.team?.id ?? ''}:${view.id}:${digest}`,
    channel,
    thread,
    isDirect,
    respond: undefined,
    about: fromKept(about),
  };
}

export function fromButton(payload: z.infer<typeof buttonPayload>, pressedAt: string): Occasion {
  const { channel_id: channel, message_ts: id, thread_ts: root, is_ephemeral } = payload.container;
  // Nothing can hang on a message that only one person sees.
  const thread = root ?? (is_ephemeral === true ? undefined : id);
  return {
    ...fromOrganisation(payload),
    id: `${payload.team?.id ?? ''}:${channel}:${payload.user.id}:${pressedAt}`,
    channel,
    thread,
    isDirect: isDirectChannel(channel),
    respond: undefined,
    about: NOTHING,
  };
}

/** Works where Easel is no member, too, and perhaps it will not be one: Slack brought the message. */
export function fromShortcut(
  payload: z.infer<typeof shortcutPayload>,
  { respond, about }: Pick<Occasion, 'respond' | 'about'>,
): Occasion {
  const { channel, message, action_ts: chosenAt } = payload;
  return {
    ...fromOrganisation(payload),
    id: `${payload.team?.id ?? ''}:${channel.id}:${payload.user.id}:${chosenAt}`,
    channel: channel.id,
    thread: message.thread_ts ?? message.ts,
    isDirect: false,
    respond,
    about,
  };
}

export function fromMessage(
  event: MessageEvent,
  envelope: z.infer<typeof eventEnvelope>,
): Occasion {
  const home = envelope.authorizations?.[0] ?? envelope;
  const teamId = home.team_id ?? envelope.team_id ?? '';
  const thread = threadOf(event.thread_ts, event.ts);
  return {
    id: `${teamId}:${event.channel}:${event.ts}`,
    person: { id: event.user ?? '', name: nameOf(event) },
    tenant: toTenant(home.enterprise_id, teamId),
    channel: event.channel,
    thread,
    isDirect: isDirect(event),
    respond: undefined,
    about: thread === undefined ? NOTHING : { kind: 'thread', before: event.ts },
  };
}

function fromOrganisation({
  team,
  enterprise,
  user,
}: Pick<z.infer<typeof formPayload>, 'team' | 'enterprise' | 'user'>) {
  return {
    person: { id: user.id, name: user.name ?? user.username ?? UNNAMED },
    tenant: toTenant(enterprise?.id, team?.id ?? ''),
  };
}

/** A root that has replies names itself as its thread. */
function threadOf(threadTs: string | undefined, ts: string): string | undefined {
  return threadTs === ts ? undefined : threadTs;
}

function nameOf({ user_profile: profile }: MessageEvent): string {
  const names = [profile?.display_name, profile?.real_name];
  return names.find((name) => name !== undefined && name !== '') ?? UNNAMED;
}

function toTenant(enterpriseId: string | undefined, teamId: string): string {
  return `${enterpriseId ?? ''}:${teamId}`;
}
