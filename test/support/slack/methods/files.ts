import { z } from 'zod';
import { messageBlocks } from '../block-limits.ts';
import { defineMethod, json, SlackRefusal, type MethodParts } from '../method.ts';
import { checkThread, findJoinedChannel } from '../places.ts';
import { addMessage, identity, type State, type StoredFile } from '../state.ts';
import { toWireFile } from '../wire.ts';
import { readContent, removeMessage } from '../content.ts';
import type { SlackMessage } from '../slack-types.ts';

export const fileMethods = {
  'files.getUploadURLExternal': defineMethod({
    scope: 'files:write',
    args: {
      filename: z.string().min(1),
      length: z.coerce.number().int().positive(),
      alt_txt: z.string().max(1000).optional(),
      snippet_type: z.string().optional(),
    },
    run(args, { state }) {
      const id = state.nextId('F');
      const uploadPath = `/upload/v1/${state.nextId('capability')}`;
      state.files.set(id, {
        id,
        name: args.filename,
        title: '',
        altText: args.alt_txt ?? '',
        mimetype: '',
        bytes: new Uint8Array(),
        owner: identity.botUserId,
        shares: [],
        completions: 0,
        announcedLength: args.length,
        uploadPath,
        uploaded: false,
        detected: '',
        inForm: false,
        subtype: '',
        seconds: 0,
        externalUrl: '',
      });
      return { upload_url: `http://${state.host}${uploadPath}`, file_id: id };
    },
  }),

  'files.completeUploadExternal': defineMethod({
    scope: 'files:write',
    args: {
      files: json(z.array(z.strictObject({ id: z.string(), title: z.string().optional() })).min(1)),
      channel_id: z.string().optional(),
      channels: z.string().optional(),
      thread_ts: z.string().optional(),
      initial_comment: z.string().optional(),
      blocks: json(messageBlocks).optional(),
    },
    run(args, parts) {
      const { state } = parts;
      const channels = (args.channel_id ?? args.channels ?? '')
        .split(',')
        .filter((id) => id !== '');
      const posts = channels.map((channel) => {
        findJoinedChannel(state, channel);
        checkThread(state, {
          channelId: channel,
          threadTs: args.thread_ts,
          method: 'files.completeUploadExternal',
        });
        return { channelId: channel, threadTs: args.thread_ts };
      });
      const content = readCaption(state, args);
      const files = args.files.map(({ id, title }) => complete(state, id, title));
      state.later(state.processingMs, () => {
        for (const file of files) file.mimetype = file.detected;
        if (parts.fault?.sharesNothing === true) return;
        const left = files.filter(({ id }) => state.files.has(id));
        if (left.length === 0) return;
        for (const post of posts) share({ ...post, ...content, files: [...left] }, parts);
      });
      return { files: files.map(({ id, title }) => ({ id, title })) };
    },
  }),

  'files.info': defineMethod({
    scope: 'files:read',
    args: {
      file: z.string(),
      count: z.string().optional(),
      cursor: z.string().optional(),
      limit: z.string().optional(),
      page: z.string().optional(),
    },
    run(args, { state }) {
      if (state.deletedFiles.has(args.file)) throw new SlackRefusal('file_deleted');
      const file = state.files.get(args.file);
      if (file === undefined || !isReadable(state, file)) throw new SlackRefusal('file_not_found');
      return { file: toWireFile(state, file.id) };
    },
  }),

  'files.delete': defineMethod({
    scope: 'files:write',
    args: { file: z.string() },
    run(args, { state, events }) {
      if (state.deletedFiles.has(args.file)) throw new SlackRefusal('file_deleted');
      const file = state.files.get(args.file);
      if (file === undefined) throw new SlackRefusal('file_not_found');
      if (file.owner !== identity.botUserId) throw new SlackRefusal('cant_delete_file');
      state.files.delete(file.id);
      state.deletedFiles.add(file.id);
      for (const message of state.messages.filter(({ files }) => files.includes(file))) {
        events.sendChange(message, removeFile(state, message, file));
      }
      return {};
    },
  }),
};

/** A message that was nothing but its files goes with the last one of them. */
function removeFile(state: State, message: SlackMessage, file: StoredFile) {
  message.files.splice(message.files.indexOf(file), 1);
  const isEmpty = message.files.length === 0 && message.text === '' && message.blocks.length === 0;
  if (!isEmpty) return 'message_changed';
  removeMessage(state, message);
  return 'message_deleted';
}

/** The bot reads its own files and those shared where it is. */
export function isReadable(state: State, file: StoredFile): boolean {
  if (file.owner === identity.botUserId || file.inForm) return true;
  return file.shares.some(({ channelId }) =>
    state.channels.get(channelId)?.members.has(identity.botUserId),
  );
}

/**
 * Slack's answer to completing a file twice is undocumented; here it shares once more, so that a
 * bot that repeats the call is caught with two posts.
 */
function complete(state: State, id: string, title: string | undefined): StoredFile {
  const file = state.files.get(id);
  if (file === undefined) throw new SlackRefusal('file_not_found');
  if (!file.uploaded) throw new SlackRefusal('file_update_failed');
  file.completions += 1;
  if (file.completions > 1) {
    state.violations.push(`files.completeUploadExternal: ${file.name} was completed again`);
  }
  file.title = title ?? file.name;
  return file;
}

function readCaption(
  state: State,
  args: Parameters<typeof readContent>[1] & { readonly initial_comment?: string | undefined },
) {
  if (args.initial_comment !== undefined && args.blocks !== undefined) {
    state.violations.push('files.completeUploadExternal: initial_comment and blocks together');
  }
  if (args.blocks === undefined) return { text: args.initial_comment ?? '', blocks: [] };
  const { blocks } = readContent(
    state,
    { text: ' ', blocks: args.blocks },
    'files.completeUploadExternal',
  );
  return { text: '', blocks };
}

function share(
  post: Pick<Parameters<typeof addMessage>[1], 'channelId' | 'threadTs' | 'text' | 'blocks'> & {
    readonly files: StoredFile[];
  },
  { state, events }: MethodParts,
): void {
  const message = addMessage(state, { ...post, userId: identity.botUserId });
  for (const file of post.files) {
    file.shares.push({
      channelId: post.channelId,
      ts: message.ts,
      ...(post.threadTs !== undefined && { threadTs: post.threadTs }),
    });
  }
  events.sendMessageEvent(message);
}
