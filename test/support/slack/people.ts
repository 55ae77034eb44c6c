/** Messages and uploads of people, with the pair of events that a mention causes. */
import { addMessage, findMessage, identity, type State, type StoredFile } from './state.ts';
import type { EventSender } from './events.ts';
import type { SentFile, SentMessage } from './slack-types.ts';
import { toWireFile, toWireMessage } from './wire.ts';

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
      blocks: text === '' ? [] : [toRichText(state, text)],
      files,
    });
    for (const { shares } of files) {
      shares.push({ channelId, ts: message.ts, ...(threadTs !== undefined && { threadTs }) });
    }
    if (!channel.members.has(identity.botUserId)) return message.ts;
    const wire = { ...toWireMessage(state, message), channel: channelId, event_ts: message.ts };
    if (text.includes(`<@${identity.botUserId}>`) && channel.kind !== 'im') {
      events.send(toMention(wire));
    }
    events.send({
      ...wire,
      channel_type: channel.kind,
      client_msg_id: state.nextId('client'),
      ...(files.length > 0 && { files: toEventFiles(state, files, sent.files ?? []) }),
    });
    return message.ts;
  };
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

function toRichText(state: State, text: string) {
  return {
    type: 'rich_text',
    block_id: state.nextId('block'),
    elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
  };
}

function toEventFiles(state: State, files: readonly StoredFile[], sent: readonly SentFile[]) {
  return files.map(({ id }, index) =>
    sent[index]?.stub === true
      ? { id, mode: 'file_access', file_access: 'check_file_info' }
      : toWireFile(state, id),
  );
}

function storeFile(state: State, owner: string, sent: SentFile): StoredFile {
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
    subtype: sent.subtype ?? '',
    externalUrl: sent.externalUrl ?? '',
  };
  state.files.set(file.id, file);
  return file;
}
