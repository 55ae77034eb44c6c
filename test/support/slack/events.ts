/** The Events API: every event once, and again while nobody acknowledges it. */
import type { Carrier } from './carrier.ts';
import { isMember, toScope } from './places.ts';
import { identity, type State } from './state.ts';
import type { EventAttempt, SentEvent, SlackMessage } from './slack-types.ts';
import { toWireMessage } from './wire.ts';

export interface EventSender {
  send(event: Readonly<Record<string, unknown>>): SentEvent;
  /** The `message` event; none where the bot is not in the channel. */
  sendMessageEvent(message: SlackMessage): void;
  sendChange(message: SlackMessage, subtype: 'message_changed' | 'message_deleted'): void;
  redeliver(event: SentEvent, reason: string): Promise<void>;
}

export function createEventSender(state: State, carrier: Carrier): EventSender {
  return {
    send,
    sendMessageEvent(message) {
      if (!isHeard(state, message.channelId)) return;
      send({ ...toWireMessage(state, message), ...placeOf(state, message) });
    },
    sendChange(message, subtype) {
      if (!isHeard(state, message.channelId)) return;
      const wire = toWireMessage(state, message);
      send({
        type: 'message',
        subtype,
        hidden: true,
        ...(subtype === 'message_changed' && { message: wire }),
        ...(subtype === 'message_deleted' && { deleted_ts: message.ts }),
        previous_message: { ...wire, ...message.edits.at(-1) },
        ...placeOf(state, message),
        ts: state.nextTs(),
      });
    },
    async redeliver(event, reason) {
      await attempt(event, { number: event.attempts.length, reason });
    },
  };

  function send(event: Readonly<Record<string, unknown>>): SentEvent {
    const eventId = state.nextId('Ev');
    const sent: SentEvent = { eventId, body: toEnvelope(state, eventId, event), attempts: [] };
    state.events.push(sent);
    void attemptUntilHeard(sent);
    return sent;
  }

  async function attemptUntilHeard(event: SentEvent): Promise<void> {
    let carried = await attempt(event, undefined);
    for (const [index, pause] of state.retryAfterMs.entries()) {
      if (carried.acknowledgedAfterMs !== undefined || carried.noRetry) return;
      await new Promise<void>((resolve) => state.later(pause, resolve));
      carried = await attempt(event, { number: index + 1, reason: carried.retryReason });
    }
  }

  async function attempt(event: SentEvent, retry: { number: number; reason: string } | undefined) {
    const at = state.now();
    const carried = await carrier.carry({
      kind: 'events_api',
      body: event.body,
      ...(retry !== undefined && { retry }),
    });
    const { acknowledgedAfterMs, connection } = carried;
    const record: EventAttempt = {
      at,
      reason: retry?.reason ?? '',
      acknowledgedAfterMs,
      connection,
    };
    event.attempts.push(record);
    return carried;
  }
}

/** Events come from where the bot is, and only of the kinds of channel that it may read. */
export function isHeard(state: State, channelId: string): boolean {
  const channel = state.channels.get(channelId);
  if (channel === undefined || !isMember(channel)) return false;
  return state.scopes.includes(toScope(channel, 'history'));
}

function placeOf(state: State, { channelId, ts }: SlackMessage): Record<string, unknown> {
  const channelType = state.channels.get(channelId)?.kind ?? 'channel';
  return { channel: channelId, channel_type: channelType, event_ts: ts };
}

function toEnvelope(
  state: State,
  eventId: string,
  event: Readonly<Record<string, unknown>>,
): SentEvent['body'] {
  return {
    token: 'deprecated',
    team_id: identity.teamId,
    context_team_id: identity.teamId,
    context_enterprise_id: null,
    api_app_id: identity.appId,
    type: 'event_callback',
    event,
    event_id: eventId,
    event_time: Math.floor(state.now() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: identity.teamId,
        user_id: identity.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event_context: `context-${eventId}`,
  };
}
