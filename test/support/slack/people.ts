/** Messages and uploads of people and of another app, with the events that they cause. */
import {
  addMessage,
  findMessage,
  identity,
  otherApp,
  type Channel,
  type State,
  type StoredFile,
} from './state.ts';
import { isHeard, type EventSender } from './events.ts';
import { isMember } from './places.ts';
import { toRichText } from './rich-text.ts';
import type { AppMessage, SentFile, SentMessage, SlackMessage } from './slack-types.ts';
import { toForwarded, toPreview, toWireFile, toWireMessage } from './wire.ts';

export function createSendMessage(state: State, events: EventSender) {
  return async (sent: SentMessage): Promise<string> => {
    const { channelId = identity.channelId, user = identity.userId, threadTs } = sent;
    const channel = state.channels.get(channelId);
    if (channel === undefined) throw new Error(`No channel ${channelId}.`);
    if (threadTs !== undefined && findMessage(state, channelId, threadTs) === undefined) {
      throw new Error(`No message ${threadTs} in ${channelId}.`);
    }
    const typed = escapeTyped(sent.text);
    const text = sent.mentionsBot === true ? `<@${identity.botUserId}> ${typed}` : typed;
    const files = (sent.files ?? []).map((file) => storeFile(state, user, file));
    const message = addMessage(state, {
      channelId,
      threadTs,
      userId: user,
      text,
      blocks: text === '' ? [] : [toRichText(state.nextId('block'), text)],
      files,
      attachments: forwarded(state, sent),
    });
    noteShares(files, message);
    const wire = { ...toWireMessage(state, message), channel: channelId, event_ts: message.ts };
    if (isMention(state, channel, text)) events.send(toMention(wire));
    if (!isHeard(state, channelId)) return message.ts;
    const told = toEventFiles(state, files, sent.files ?? []);
    events.send({
      ...(told.length > 0 ? toFileShare(wire, told) : wire),
      channel_type: channel.kind,
      client_msg_id: state.nextId('client'),
    });
    showPreviews(message, sent, events);
    return message.ts;
  };
}

export function createPostAsApp(state: State, events: EventSender) {
  return (sent: AppMessage): string => {
    const { channelId = identity.channelId, threadTs, text, blocks = [], attachments = [] } = sent;
    const files = (sent.files ?? []).map((file) => storeFile(state, otherApp.userId, file));
    const message = addMessage(state, {
      channelId,
      threadTs,
      userId: otherApp.userId,
      text,
      blocks,
      files,
      attachments,
    });
    noteShares(files, message);
    events.sendMessageEvent(message);
    return message.ts;
  };
}

function forwarded(state: State, { forwards }: SentMessage): Record<string, unknown>[] {
  if (forwards === undefined) return [];
  const original = findMessage(state, forwards.channelId, forwards.ts);
  if (original === undefined) throw new Error(`No message ${forwards.ts} to forward.`);
  return [toForwarded(state, original)];
}

/** Slack looks at linked pages after it has told of the message. */
function showPreviews(message: SlackMessage, { previews = [] }: SentMessage, events: EventSender) {
  if (previews.length === 0) return;
  message.attachments = [...message.attachments, ...previews.map(toPreview)];
  events.sendChange(message, 'message_changed');
}

function noteShares(files: readonly StoredFile[], { channelId, ts, threadTs }: SlackMessage): void {
  for (const { shares } of files) {
    shares.push({ channelId, ts, ...(threadTs !== undefined && { threadTs }) });
  }
}

/** In direct messages the bot is always meant, so that Slack sends no mention there. */
function isMention(state: State, channel: Channel, text: string): boolean {
  if (channel.kind === 'im' || !isMember(channel)) return false;
  return text.includes(`<@${identity.botUserId}>`) && state.scopes.includes('app_mentions:read');
}

/** `&`, `<` and `>` arrive as entities; mentions and links are Slack's own markup. */
export function escapeTyped(text: string): string {
  const markup = /<(?:@[UW][A-Z0-9]+|#C[A-Z0-9]+(?:\|[^<>]*)?|https?:[^<>]+)>/gu;
  const kept = text.match(markup) ?? [];
  return text
    .split(markup)
    .map((part, index) => escape(part) + (kept[index] ?? ''))
    .join('');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The mention's event may come first and knows nothing of the uploads of its message. */
function toMention({ files: _files, subtype: _subtype, ...wire }: Record<string, unknown>) {
  return { ...wire, type: 'app_mention' };
}

/** Of messages with files, Slack may not tell from which workspace they are. */
function toFileShare({ team: _team, ...wire }: Record<string, unknown>, files: readonly unknown[]) {
  return { ...wire, files };
}

function toEventFiles(state: State, files: readonly StoredFile[], sent: readonly SentFile[]) {
  return files.map(({ id }, index) =>
    sent[index]?.stub === true
      ? { id, mode: 'file_access', file_access: 'check_file_info' }
      : toWireFile(state, id),
  );
}

export function storeFile(
  state: State,
  owner: string,
  sent: SentFile & { readonly inForm?: true },
): StoredFile {
  const file: StoredFile = {
    id: state.nextId('F'),
    name: sent.name,
    title: sent.name,
    altText: '',
    mimetype: sent.mimetype,
    bytes: sent.bytes,
    owner,
    shares: [],
    completions: 0,
    announcedLength: sent.bytes.length,
    uploadPath: '',
    uploaded: true,
    detected: sent.mimetype,
    inForm: sent.inForm ?? false,
    subtype: sent.subtype ?? '',
    seconds: sent.seconds ?? 2,
    externalUrl: sent.externalUrl ?? '',
  };
  state.files.set(file.id, file);
  return file;
}
