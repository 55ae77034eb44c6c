/** The JSON in which Slack tells of messages, files and channels. */
import {
  findMessage,
  identity,
  otherApp,
  type Channel,
  type State,
  type StoredFile,
} from './state.ts';
import type { SlackMessage } from './slack-types.ts';

export function toWireMessage(state: State, message: SlackMessage): Record<string, unknown> {
  return {
    type: 'message',
    ...(message.files.length > 0 && { subtype: 'file_share', upload: false }),
    user: message.userId,
    ...botFields(message),
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
    ...(message.attachments.length > 0 && { attachments: message.attachments }),
  };
}

function botFields({ fromBot, userId }: SlackMessage): Record<string, unknown> {
  if (!fromBot && userId !== otherApp.userId) return {};
  const { botId, appId } = fromBot ? identity : otherApp;
  const name = fromBot ? 'Easel' : 'Another app';
  return {
    bot_id: botId,
    app_id: appId,
    bot_profile: { id: botId, app_id: appId, name, deleted: false },
  };
}

/** A reply is only found through its thread. */
export function toPermalink(state: State, channelId: string, ts: string): string {
  const root = findMessage(state, channelId, ts)?.threadTs;
  const inThread = root === undefined || root === ts ? '' : `?thread_ts=${root}&cid=${channelId}`;
  return `https://${identity.teamDomain}.slack.com/archives/${channelId}/p${ts.replace('.', '')}${inThread}`;
}

/** A forwarded message, as it hangs on the message that forwards it. */
export function toForwarded(state: State, message: SlackMessage): Record<string, unknown> {
  const { ts, channelId, userId, text, blocks, files } = message;
  const link = toPermalink(state, channelId, ts);
  return {
    ts,
    author_id: userId,
    author_name: state.users.get(userId) ?? userId,
    channel_id: channelId,
    channel_team: identity.teamId,
    is_msg_unfurl: true,
    is_share: true,
    message_blocks: [{ team: identity.teamId, channel: channelId, ts, message: { blocks } }],
    ...(files.length > 0 && { files: files.map(({ id }) => toWireFile(state, id)) }),
    id: 1,
    original_url: link,
    from_url: link,
    fallback: `[${ts}] ${text}`,
    text,
    mrkdwn_in: ['text'],
  };
}

/** What Slack shows of a page that a message links to. */
export function toPreview(pictureUrl: string, at: number): Record<string, unknown> {
  return {
    id: at + 1,
    service_name: 'A page',
    title: 'A page',
    title_link: pictureUrl,
    from_url: pictureUrl,
    original_url: pictureUrl,
    image_url: pictureUrl,
    image_width: 640,
    image_height: 480,
    image_bytes: 12_345,
    fallback: 'A page',
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
    ...clipFields(state, file),
    ...sharesOf(state, file),
  };
}

/** What Slack makes of a clip: other encodings, subtitles, and words of its own after a while. */
function clipFields(state: State, file: StoredFile): Record<string, unknown> {
  if (file.subtype === '') return {};
  const made = `http://${state.host}/files-tmb/${identity.teamId}-${file.id}-0a1b2c3d4e`;
  const common = {
    subtype: file.subtype,
    duration_ms: file.seconds * 1000,
    vtt: `${made}/file.vtt`,
    hls: `${made}/file.m3u8?_xcb=0a1b2`,
    transcription: { status: 'processing' },
  };
  if (file.subtype === 'slack_video') {
    return { ...common, media_display_type: 'video', mp4: `${made}/file.mp4` };
  }
  return {
    ...common,
    media_display_type: 'audio',
    aac: `${made}/audio_message_audio.mp4`,
    audio_wave_samples: [0, 12, 64, 100, 37, 5],
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
