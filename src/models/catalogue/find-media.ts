/** Whether a text field takes the address of a file, and of what kind: schemas say both in passing. */
import type { FileMedia } from '../endpoint.ts';
import type { SchemaNode } from './schema-node.ts';

/** `image_url`, `reference_image_urls`, `audio_url_person1`; not `curl_strength`. */
const ADDRESS_NAME = /(?:^|_)urls?(?:_|$)/u;
/** Fields that hold an address though their names do not say so; see their descriptions. */
const OTHER_NAMES = new Set(['face_image', 'garment_image', 'model_image', 'image_source']);
/** Take words as well as addresses, or no address at all. */
const NO_FILES = new Set(['control_method_url', 'webhook_url', 'file_data']);

const BY_UI_FIELD: Readonly<Record<string, FileMedia>> = {
  image: 'image',
  image_mask: 'image',
  audio: 'audio',
  video: 'video',
  archive: 'any',
};
/** The first that fits: `images_data_url` is an archive, `mask_video_url` a video. */
const BY_NAME: readonly (readonly [RegExp, FileMedia])[] = [
  [/data_url|archive|zip/u, 'any'],
  [/image_urls?$/u, 'image'],
  [/lora|model_url|mesh|embedding|config|pointmap|boxes|file/u, 'any'],
  [/video/u, 'video'],
  [/audio|voice|speech|music|song|impulse/u, 'audio'],
  [/image|img|picture|photo|mask|frame|gif|thumbnail|logo/u, 'image'],
];
const BY_WORDS: readonly (readonly [RegExp, FileMedia])[] = [
  [/\b(?:zip|archive|safetensors|weights|glb|fbx|mesh)\b/iu, 'any'],
  [/\bimages?\b/iu, 'image'],
  [/\bvideos?\b/iu, 'video'],
  [/\baudios?\b/iu, 'audio'],
];

const MASK_VIDEO = /\b(?:mask video|video mask)\b/iu;

/** Undefined for a field that takes words. */
export function findMedia(name: string, node: SchemaNode): FileMedia | undefined {
  if (NO_FILES.has(name)) return undefined;
  const shown = BY_UI_FIELD[node['_fal_ui_field'] ?? node.ui?.field ?? ''];
  if (shown) return shown;
  return isFile(name, node) ? (tellMedia(name, node.description) ?? 'any') : undefined;
}

function isFile(name: string, node: SchemaNode): boolean {
  return ADDRESS_NAME.test(name) || OTHER_NAMES.has(name) || node.format === 'binary';
}

function tellMedia(name: string, description = ''): FileMedia | undefined {
  // The mask of a video may be a video itself.
  if (name === 'mask_url' && MASK_VIDEO.test(description)) return 'video';
  const told =
    BY_NAME.find(([pattern]) => pattern.test(name)) ??
    BY_WORDS.find(([pattern]) => pattern.test(description));
  return told?.[1];
}
