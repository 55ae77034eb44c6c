import { MessageFlags } from 'discord.js';
import {
  checkMessage,
  isV2,
  walkComponents,
  type AllowedMentions,
  type Component,
  type MessageBody,
} from './message-limits.ts';
import { refuse, refuseForm } from './refusals.ts';
import { signLink, type World } from './state.ts';
import type {
  Door,
  Pings,
  RecordedFile,
  ServerAttachment,
  ServerMessage,
  TestUser,
  VoiceFacts,
} from './types.ts';
import { checkVoice, isVoice, toVoiceFacts } from './voice-rules.ts';

/** What a request wants a message to be. */
export interface MessageWish {
  readonly body: MessageBody;
  readonly files: readonly RecordedFile[];
  readonly by: Door;
  readonly fileLimit: number;
}

export interface MessageOrigin {
  readonly channelId: string;
  readonly author: TestUser;
  readonly interactionId?: string;
  readonly isLoading?: boolean;
  readonly forwards?: ServerMessage | undefined;
  readonly viaWebhook?: boolean;
}

export const defaultFileLimit = 10 * 1024 * 1024;

/** Creates a message or throws Discord's refusal. */
export function createMessage(
  world: World,
  origin: MessageOrigin,
  wish: MessageWish,
): ServerMessage {
  const { body, by } = wish;
  const flags = body.flags ?? 0;
  checkWish(wish, flags);
  const repliesTo = body.message_reference?.message_id;
  const message: ServerMessage = {
    id: world.nextId(),
    channelId: origin.channelId,
    author: origin.author,
    createdAt: world.now(),
    by,
    interactionId: origin.interactionId,
    nonce: body.nonce === undefined || body.nonce === null ? undefined : String(body.nonce),
    repliesTo: repliesTo && world.messages.has(repliesTo) ? repliesTo : undefined,
    forwards: origin.forwards,
    viaWebhook: origin.viaWebhook ?? false,
    ephemeral: (flags & MessageFlags.Ephemeral) !== 0,
    content: body.content ?? '',
    embeds: body.embeds ?? [],
    components: body.components ?? [],
    flags:
      flags |
      (origin.isLoading ? MessageFlags.Loading : 0) |
      (origin.forwards ? MessageFlags.HasSnapshot : 0),
    attachments: [],
    loading: origin.isLoading ?? false,
    deleted: false,
    pings: { everyone: false, users: [], roles: [] },
    versions: [],
  };
  message.attachments = arrangeAttachments(world, message, wish);
  if (!message.loading && isEmpty(message)) throw refuse('emptyMessage');
  world.messages.set(message.id, message);
  recordVersion(world, message, wish);
  return message;
}

/** Applies an edit or throws Discord's refusal and leaves the message as it was. */
export function editMessage(world: World, message: ServerMessage, wish: MessageWish): void {
  const { body } = wish;
  const editable = MessageFlags.IsComponentsV2 | MessageFlags.SuppressEmbeds;
  const flags = message.flags | ((body.flags ?? 0) & editable);
  checkWish(wish, flags);
  const next = {
    content: body.content === undefined ? message.content : (body.content ?? ''),
    embeds: body.embeds === undefined ? message.embeds : (body.embeds ?? []),
    components: body.components === undefined ? message.components : (body.components ?? []),
    flags: flags & ~MessageFlags.Loading,
    attachments: arrangeAttachments(world, message, wish),
    loading: false,
  };
  if (isV2(flags) && (next.content !== '' || next.embeds.length > 0)) {
    const code = 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2';
    throw refuseForm([{ path: 'flags', code, message: 'Empty content and embeds first.' }]);
  }
  if (isEmpty({ ...message, ...next })) throw refuse('emptyMessage');
  Object.assign(message, next);
  recordVersion(world, message, wish);
}

function checkWish(wish: MessageWish, flags: number): void {
  const problems = checkMessage(wish.body, flags);
  if (problems.length > 0) throw refuseForm(problems);
  if (isVoice(flags)) checkVoice(wish);
  if (wish.files.length > 10) throw refuse('tooManyAttachments');
  if (wish.files.some(({ bytes }) => bytes.length > wish.fileLimit)) throw refuse('fileTooLarge');
}

function isEmpty(message: ServerMessage): boolean {
  const parts = [message.embeds, message.components, message.attachments];
  if (message.forwards) return false;
  return message.content === '' && parts.every((part) => part.length === 0);
}

/** The list in an edit names what stays; files that it does not describe are appended. */
function arrangeAttachments(
  world: World,
  message: ServerMessage,
  wish: MessageWish,
): ServerAttachment[] {
  const entries = wish.body.attachments ?? undefined;
  const existing = new Map(message.attachments.map((attachment) => [attachment.id, attachment]));
  const files = new Map(wish.files.map((file) => [toIndex(file.field), file]));
  const described = (entries ?? []).map((entry, index) => {
    const id = String(entry.id);
    const file = files.get(id);
    const kept = existing.get(id);
    files.delete(id);
    if (file) {
      return addAttachment(world, message, {
        ...file,
        name: entry.filename ?? file.name,
        description: entry.description ?? undefined,
        isSpoiler: entry.is_spoiler ?? false,
        voice: isVoice(message.flags) ? toVoiceFacts(entry) : undefined,
      });
    }
    if (!kept) {
      const problem = { code: 'ATTACHMENT_NOT_FOUND', message: 'Attachment data not found' };
      throw refuseForm([{ path: `attachments.${index}.id`, ...problem }]);
    }
    if (entry.description !== undefined) kept.description = entry.description ?? undefined;
    if (entry.is_spoiler !== undefined) kept.isSpoiler = entry.is_spoiler ?? false;
    return kept;
  });
  const kept = entries ? [] : message.attachments;
  const added = [...files.values()].map((file) => addAttachment(world, message, file));
  const result = [...kept, ...described, ...added];
  if (result.length > 10) throw refuse('tooManyAttachments');
  return result;
}

/** files[3] belongs to the entry with id 3. */
function toIndex(field: string): string {
  const index = /^files\[(\d)\]$/.exec(field)?.[1];
  if (index === undefined) {
    const message = `A file came as “${field}”, not as files[n].`;
    throw refuseForm([{ path: 'files', code: 'UPLOAD_FIELD_UNKNOWN', message }]);
  }
  return index;
}

interface Upload {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Buffer;
  readonly description?: string | undefined;
  readonly isSpoiler?: boolean;
  readonly voice?: VoiceFacts | undefined;
}

function addAttachment(world: World, message: ServerMessage, upload: Upload): ServerAttachment {
  return storeAttachment(world, `/attachments/${message.channelId}`, upload, message.ephemeral);
}

/** Puts bytes on the CDN; names lose what Discord's links cannot carry. */
export function storeAttachment(
  world: World,
  folder: string,
  upload: Upload,
  ephemeral: boolean,
): ServerAttachment {
  const id = world.nextId();
  const filename = upload.name.replaceAll(/[^\w.()-]+/g, '_');
  const attachment: ServerAttachment = {
    id,
    filename,
    description: upload.description,
    isSpoiler: upload.isSpoiler === true || filename.startsWith('SPOILER_'),
    contentType: upload.contentType,
    bytes: upload.bytes,
    url: signLink(world, `${folder}/${id}/${filename}`),
    ephemeral,
    voice: upload.voice,
  };
  world.attachments.set(id, attachment);
  return attachment;
}

function recordVersion(world: World, message: ServerMessage, { body, by }: MessageWish): void {
  message.pings = toPings(world, message, { allowed: body.allowed_mentions ?? undefined, by });
  message.versions.push({
    at: world.now(),
    by,
    content: message.content,
    filenames: message.attachments.map(({ filename }) => filename),
    components: message.components,
    pings: message.pings,
  });
}

/**
 * Without a word on mentions a bot's message may ping everybody and an interaction's the users in it.
 * The bot is taken to have the permission to mention everyone, since some server will give it, and mentions in
 * code spans count: both stricter than Discord.
 */
function toPings(
  world: World,
  message: ServerMessage,
  { allowed, by }: { allowed: AllowedMentions | undefined; by: Door },
): Pings {
  const usual = by === 'interaction' ? ['users'] : ['everyone', 'users', 'roles'];
  const parse = allowed ? (allowed.parse ?? []) : usual;
  const shown = walkComponents(message.components as Component[]);
  const text = [message.content, ...shown.map(({ component }) => component.content ?? '')].join(
    '\n',
  );
  const inText = (pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? '');
  const named = { users: inText(/<@!?(\d+)>/g), roles: inText(/<@&(\d+)>/g) };
  const pick = (kind: 'users' | 'roles') =>
    named[kind].filter((id) => parse.includes(kind) || allowed?.[kind]?.includes(id));
  const repliedTo = world.messages.get(message.repliesTo ?? '')?.author.id;
  const pingsReply = repliedTo !== undefined && (allowed ? allowed.replied_user === true : true);
  return {
    everyone: parse.includes('everyone') && /@(?:everyone|here)\b/.test(text),
    users: [...new Set([...pick('users'), ...(pingsReply ? [repliedTo] : [])])],
    roles: [...new Set(pick('roles'))],
  };
}
