/** What a person starts: commands, buttons and shortcuts. */
import { z } from 'zod';
import { messageBlocks } from './block-limits.ts';
import type { Carried, Carrier } from './carrier.ts';
import type { EventSender } from './events.ts';
import { escapeTyped } from './people.ts';
import { readContent } from './content.ts';
import { createResponseUrl, say } from './response-url.ts';
import { findMessage, identity, type State } from './state.ts';
import type { Acknowledgement, SlackMessage, SlackServer } from './slack-types.ts';
import { toWireMessage } from './wire.ts';

export interface InteractionParts {
  readonly state: State;
  readonly carrier: Carrier;
  readonly events: EventSender;
}

type Interactions = Pick<
  SlackServer,
  'runCommand' | 'pressButton' | 'messageShortcut' | 'globalShortcut'
>;

const triggerLifeMs = 3000;

export function createInteractions(parts: InteractionParts): Interactions {
  const { state, carrier } = parts;
  const interact = (body: Record<string, unknown>) => carrier.carry({ kind: 'interactive', body });

  return {
    async runCommand({ command, text, channelId = identity.channelId, user = identity.userId }) {
      const place = { channelId, userId: user, original: undefined };
      const carried = await carrier.carry({
        kind: 'slash_commands',
        body: {
          token: 'deprecated',
          team_id: identity.teamId,
          team_domain: identity.teamDomain,
          channel_id: channelId,
          channel_name: channelNameFor(state, channelId),
          user_id: user,
          user_name: state.users.get(user) ?? user,
          command,
          text: escapeTyped(text),
          api_app_id: identity.appId,
          is_enterprise_install: 'false',
          response_url: createResponseUrl(state, place),
          trigger_id: createTrigger(state, user),
        },
      });
      return sayAcknowledgement(parts, place, carried);
    },

    async pressButton({ channelId, ts, actionId, label, user = identity.userId }) {
      const told = state.ephemerals.find((one) => one.channelId === channelId && one.ts === ts);
      const message = told ?? requireMessage(state, channelId, ts);
      const button = message.buttons.find(
        (candidate) => candidate.actionId === actionId || candidate.label === label,
      );
      if (button === undefined) throw new Error(`No button ${actionId ?? label} on message ${ts}.`);
      return toAcknowledgement(
        await interact({
          type: 'block_actions',
          ...commonFields(state, user),
          container: {
            type: 'message',
            message_ts: ts,
            channel_id: channelId,
            is_ephemeral: told !== undefined,
            ...(message.threadTs !== undefined && { thread_ts: message.threadTs }),
          },
          channel: channelField(state, channelId),
          // What one person alone was told does not come along.
          ...(told === undefined && {
            message: toWireMessage(state, requireMessage(state, channelId, ts)),
          }),
          response_url: createResponseUrl(state, { channelId, userId: user, original: ts }),
          state: { values: {} },
          actions: [
            {
              type: 'button',
              action_id: button.actionId,
              block_id: button.blockId,
              text: { type: 'plain_text', text: button.label, emoji: true },
              value: button.value,
              action_ts: state.nextTs(),
            },
          ],
        }),
      );
    },

    async messageShortcut({ callbackId, channelId, ts, user = identity.userId }) {
      const message = requireMessage(state, channelId, ts);
      return toAcknowledgement(
        await interact({
          type: 'message_action',
          callback_id: callbackId,
          ...commonFields(state, user),
          message_ts: ts,
          message: toWireMessage(state, message),
          channel: channelField(state, channelId),
          response_url: createResponseUrl(state, { channelId, userId: user, original: undefined }),
          action_ts: state.nextTs(),
        }),
      );
    },

    async globalShortcut({ callbackId, user = identity.userId }) {
      return toAcknowledgement(
        await interact({
          type: 'shortcut',
          callback_id: callbackId,
          ...commonFields(state, user),
          action_ts: state.nextTs(),
        }),
      );
    },
  };
}

function createTrigger(state: State, userId: string): string {
  const id = state.nextId('trigger.');
  state.triggers.set(id, { userId, used: false, expiresAt: state.now() + triggerLifeMs });
  return id;
}

/** What every interaction tells of its workspace and person. */
export function commonFields(state: State, user: string): Record<string, unknown> {
  const name = state.users.get(user) ?? user;
  return {
    team: { id: identity.teamId, domain: identity.teamDomain },
    user: { id: user, username: name, name, team_id: identity.teamId },
    enterprise: null,
    is_enterprise_install: false,
    api_app_id: identity.appId,
    token: 'deprecated',
    trigger_id: createTrigger(state, user),
  };
}

function channelField(state: State, channelId: string): Record<string, unknown> {
  return { id: channelId, name: channelNameFor(state, channelId) };
}

/** Slack keeps the names of private places from apps. */
function channelNameFor(state: State, channelId: string): string {
  const channel = state.channels.get(channelId);
  if (channel === undefined) throw new Error(`No channel ${channelId}.`);
  return { channel: channel.name, group: 'privategroup', im: 'directmessage' }[channel.kind];
}

function requireMessage(state: State, channelId: string, ts: string): SlackMessage {
  const message = findMessage(state, channelId, ts);
  if (message === undefined) throw new Error(`No message ${ts} in ${channelId}.`);
  return message;
}

export function toAcknowledgement(carried: Carried): Acknowledgement {
  return {
    acknowledgedAfterMs: carried.acknowledgedAfterMs,
    ackBody: carried.body,
    errors: carried.problem === '' ? [] : [carried.problem],
  };
}

const commandResponse = z.strictObject({
  text: z.string().optional(),
  blocks: messageBlocks.optional(),
  response_type: z.enum(['ephemeral', 'in_channel']).optional(),
});

/** The acknowledgement of a command may itself be the first message. */
function sayAcknowledgement(
  parts: InteractionParts,
  place: { readonly channelId: string; readonly userId: string },
  carried: Carried,
): Acknowledgement {
  const acknowledged = toAcknowledgement(carried);
  if (carried.problem !== '' || carried.body === undefined) return acknowledged;
  const parsed = commandResponse.safeParse(carried.body);
  if (!parsed.success) {
    parts.state.violations.push(`acknowledgement: ${z.prettifyError(parsed.error)}`);
    return acknowledged;
  }
  const content = readContent(parts.state, parsed.data, 'acknowledgement');
  say(parts, { ...place, by: 'acknowledgement' }, { ...parsed.data, ...content });
  return acknowledged;
}
