/** The JSON in which Slack tells of messages, files and channels. */
import { findMessage, identity, type Channel, type State, type StoredFile } from './state.ts';
import type { SlackMessage } from './slack-types.ts';

export function toWireMessage(state: State, message: SlackMessage): Record<string, unknown> {
  return {
    type: 'message',
    ...(message.files.length > 0 && { subtype: 'file_share', upload: false }),
    user: message.userId,
    ...(message.fromBot && {
      bot_id: identity.botId,
      app_id: identity.appId,
      bot_profile: { id: identity.botId, app_id: identity.appId, name: 'Easel', deleted: false },
    }),
    ts: message.ts,
    team: identity.teamId,
    text: message.text,
    blocks: message.blocks,
    ...(message.edits.length > 0 && {
      edited: { user: message.userId, ts: message.ts },
    }),
    ...threadFields(state, message),
    ...(message.files.length > 0 && {
      files: message.files.map((file) => toWireFile(state, file.id)),
    }),
  };
}

/** A root carries its own `thread_ts` only once somebody has answered. */
function threadFields(state: State, message: SlackMessage): Record<string, unknown> {
  const { ts, threadTs, channelId } = message;
  if (threadTs !== undefined && threadTs !== ts) {
    const root = findMessage(state, channelId, threadTs);
    return { thread_ts: threadTs, ...(root !== undefined && { parent_user_id: root.userId }) };
  }
  const replies = state.messages.filter(
    (other) => other.channelId === channelId && other.threadTs === ts,
  );
  return replies.length === 0 ? {} : { thread_ts: ts, reply_count: replies.length };
}

export function toWireFile(state: State, fileId: string): Record<string, unknown> {
  const file = state.files.get(fileId);
  if (file === undefined) return { id: fileId, mode: 'tombstone' };
  const link = file.externalUrl || `http://${state.host}/files-pri/${identity.teamId}-${file.id}`;
  const name = encodeURIComponent(file.name);
  return {
    id: file.id,
    created: Math.floor(state.now() / 1000),
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: file.name.split('.').at(-1) ?? '',
    user: file.owner,
    user_team: identity.teamId,
    size: file.bytes.length,
    mode: file.externalUrl === '' ? 'hosted' : 'external',
    is_external: file.externalUrl !== '',
    external_type: file.externalUrl === '' ? '' : 'gdrive',
    url_private: file.externalUrl === '' ? `${link}/${name}` : link,
    url_private_download: file.externalUrl === '' ? `${link}/download/${name}` : link,
    permalink: `https://${identity.teamDomain}.slack.com/files/${file.owner}/${file.id}/${name}`,
    ...(file.altText !== '' && { alt_txt: file.altText }),
    ...clipFields(file),
    ...sharesOf(state, file),
  };
}

function clipFields(file: StoredFile): Record<string, unknown> {
  if (file.subtype === '') return {};
  return {
    subtype: file.subtype,
    media_display_type: file.subtype === 'slack_audio' ? 'audio' : 'video',
    duration_ms: 2000,
    transcription: { status: 'processing' },
  };
}

function sharesOf(state: State, file: StoredFile): Record<string, unknown> {
  const shares: Record<string, Record<string, { ts: string; thread_ts?: string }[]>> = {};
  for (const { channelId, ts, threadTs } of file.shares) {
    const visibility = state.channels.get(channelId)?.kind === 'channel' ? 'public' : 'private';
    const byChannel = (shares[visibility] ??= {});
    (byChannel[channelId] ??= []).push({
      ts,
      ...(threadTs !== undefined && { thread_ts: threadTs }),
    });
  }
  const inKind = (kind: Channel['kind']) => [
    ...new Set(
      file.shares
        .map(({ channelId }) => channelId)
        .filter((channelId) => state.channels.get(channelId)?.kind === kind),
    ),
  ];
  return { shares, channels: inKind('channel'), groups: inKind('group'), ims: inKind('im') };
}

export function toWireChannel(channel: Channel): Record<string, unknown> {
  return {
    id: channel.id,
    ...(channel.kind !== 'im' && { name: channel.name, name_normalized: channel.name }),
    ...(channel.kind === 'im' && { user: channel.name }),
    is_channel: channel.kind === 'channel',
    is_group: channel.kind === 'group',
    is_im: channel.kind === 'im',
    is_mpim: false,
    is_private: channel.kind !== 'channel',
    is_archived: false,
    is_member: channel.members.has(identity.botUserId),
    context_team_id: identity.teamId,
  };
}
