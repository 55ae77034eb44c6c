/** Whether a text field takes the address of a file, and of what kind: schemas say both in passing. */
import type { FileMedia } from '../endpoint.ts';
import type { SchemaNode } from './schema-node.ts';

/** `image_url`, `reference_image_urls`, `audio_url_person1`; not `curl_strength`. */
const ADDRESS_NAME = /(?:^|_)urls?(?:_|$)/u;
/** Fields that hold an address though their names do not say so; see their descriptions. */
const OTHER_NAMES = new Set(['face_image', 'garment_image', 'model_image', 'image_source']);
/** Takes words as well as addresses. */
const NO_FILES = new Set(['control_method_url', 'webhook_url']);

const BY_UI_FIELD: Readonly<Record<string, FileMedia>> = {
  image: 'image',
  image_mask: 'image',
  audio: 'audio',
  video: 'video',
  archive: 'any',
};
/** The first that fits: `images_data_url` is an archive, `mask_video_url` a video. */
const BY_NAME: readonly (readonly [RegExp, FileMedia])[] = [
  [/data_url|archive|zip|lora|model_url|mesh|embedding|config|pointmap|boxes|file/u, 'any'],
  [/video/u, 'video'],
  [/audio|voice|speech|music|song/u, 'audio'],
  [/image|img|picture|photo|mask|frame|gif|thumbnail|logo/u, 'image'],
];
const BY_WORDS: readonly (readonly [RegExp, FileMedia])[] = [
  [/\b(?:zip|archive|safetensors|weights|glb|fbx|mesh)\b/iu, 'any'],
  [/\bimages?\b/iu, 'image'],
  [/\bvideos?\b/iu, 'video'],
  [/\baudios?\b/iu, 'audio'],
];

/** Undefined for a field that takes words. */
export function findMedia(name: string, node: SchemaNode): FileMedia | undefined {
  if (NO_FILES.has(name)) return undefined;
  const uiField = node._fal_ui_field ?? node.ui?.field ?? '';
  const shown = BY_UI_FIELD[uiField];
  if (shown) return shown;
  const isFile = ADDRESS_NAME.test(name) || OTHER_NAMES.has(name) || node.format === 'binary';
  if (!isFile) return undefined;
  const { description = '' } = node;
  const byName = BY_NAME.find(([pattern]) => pattern.test(name));
  // “The mask” of a video may be a video itself.
  if (/mask/u.test(name) && /\bmask video|video mask\b/iu.test(description)) return 'video';
  return (byName ?? BY_WORDS.find(([pattern]) => pattern.test(description)))?.[1] ?? 'any';
}
