import { ComponentType, MessageFlags } from 'discord.js';
import { tellMessage } from './events.ts';
import type { AttachmentEntry, Component } from './message-limits.ts';
import { createMessage, storeAttachment } from './messages.ts';
import type { World } from './state.ts';
import type {
  JsonObject,
  PersonMessage,
  ServerMessage,
  TestUpload,
  VoiceFacts,
  VoiceNote,
} from './types.ts';

const uploadLimit = 500 * 1024 * 1024;

/** A person, another app or a webhook writes in a channel. */
export function sendMessage(world: World, said: PersonMessage): ServerMessage {
  const channel = world.channels.get(said.channelId);
  if (!channel) throw new Error(`There is no channel ${said.channelId}.`);
  const { voice } = said;
  const prefix = said.mentionsBot ? `<@${world.bot.id}> ` : '';
  const files = (said.attachments ?? []).map((upload, index) => ({
    field: `files[${index}]`,
    name: upload.fileName,
    contentType: upload.contentType,
    bytes: Buffer.from(upload.bytes),
    sha256: '',
  }));
  const message = createMessage(
    world,
    {
      channelId: channel.id,
      author: said.user ?? world.person,
      forwards: findForwarded(world, said),
      viaWebhook: said.viaWebhook ?? false,
    },
    {
      body: {
        content: `${prefix}${said.content}`,
        ...toFrames(world, said),
        ...(said.repliesTo && { message_reference: { message_id: said.repliesTo } }),
        ...(voice && { flags: MessageFlags.IsVoiceMessage, attachments: [toFacts(voice)] }),
        ...(said.isQuiet && { allowed_mentions: { parse: ['users'], replied_user: false } }),
      },
      files,
      by: 'person',
      fileLimit: uploadLimit,
    },
  );
  tellMessage(world, message, 'MESSAGE_CREATE');
  return message;
}

/** The button beside the message box: as clients record it. */
export function sendVoiceNote(
  world: World,
  { bytes, seconds = 2.5, ...note }: VoiceNote,
): ServerMessage {
  return sendMessage(world, {
    ...note,
    content: '',
    attachments: [{ fileName: 'voice-message.ogg', contentType: 'audio/ogg', bytes }],
    voice: { seconds, waveform: Buffer.from([0, 64, 255, 64]).toString('base64') },
  });
}

function toFacts({ seconds, waveform }: VoiceFacts): AttachmentEntry {
  return { id: 0, duration_secs: seconds, waveform };
}

function findForwarded(world: World, { forwards }: PersonMessage): ServerMessage | undefined {
  if (forwards === undefined) return undefined;
  const message = world.messages.get(forwards);
  if (!message || message.deleted) throw new Error(`There is no message ${forwards}.`);
  return { ...message, forwards: undefined };
}

/** Pictures that are no attachments: of embeds, or of a gallery among the components. */
function toFrames(
  world: World,
  { embeds = [], gallery = [] }: PersonMessage,
): { embeds: JsonObject[]; components: Component[]; flags?: number } {
  const items = gallery.map((upload) => ({ media: toProxied(world, upload), spoiler: false }));
  return {
    embeds: embeds.map(({ image, thumbnail }) => ({
      type: 'rich',
      ...(image && { image: toProxied(world, image) }),
      ...(thumbnail && { thumbnail: toProxied(world, thumbnail) }),
    })),
    components: items.length === 0 ? [] : [{ type: ComponentType.MediaGallery, items }],
    ...(items.length > 0 && { flags: MessageFlags.IsComponentsV2 }),
  };
}

/** A picture from somewhere in the web, as Discord hands it out itself. */
function toProxied(world: World, upload: TestUpload): JsonObject {
  const file = { ...upload, name: upload.fileName, bytes: Buffer.from(upload.bytes) };
  const { id, filename, contentType } = storeAttachment(world, '/external', file, false);
  return {
    url: `https://pictures.example.com/${filename}`,
    proxy_url: `${world.origin}/external/${id}/${filename}`,
    width: 8,
    height: 8,
    content_type: contentType,
  };
}
