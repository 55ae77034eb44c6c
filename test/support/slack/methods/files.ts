import { z } from 'zod';
import { messageBlocks } from '../block-limits.ts';
import { defineMethod, json, SlackRefusal, type MethodParts } from '../method.ts';
import { checkThread, findJoinedChannel } from '../places.ts';
import { addMessage, identity, type State, type StoredFile } from '../state.ts';
import { toWireFile } from '../wire.ts';
import { readContent } from '../content.ts';

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
        subtype: '',
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
        for (const post of posts) share({ ...post, ...content, files }, parts);
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
      const file = state.files.get(args.file);
      if (file === undefined || !isReadable(state, file)) throw new SlackRefusal('file_not_found');
      return { file: toWireFile(state, file.id) };
    },
  }),
};

/** The bot reads its own files and those shared where it is. */
export function isReadable(state: State, file: StoredFile): boolean {
  if (file.owner === identity.botUserId) return true;
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
    readonly files: readonly StoredFile[];
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
