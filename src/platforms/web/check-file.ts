/** Whether an uploaded file is of a kind that is taken: its content decides, not its name. */
import { fileTypeFromBlob } from 'file-type';
import path from 'node:path';
import type { FileMedia } from '../../models/endpoint.ts';

const MEBIBYTE = 1024 * 1024;
/** What is too large for a model is made smaller on the way. */
const BYTES_PER_PICTURE = 50 * MEBIBYTE;
/** Three hours of speech. */
const BYTES_PER_FILE = 200 * MEBIBYTE;
/** What nobody recognises is kept as bytes. */
const UNKNOWN = { mime: 'application/octet-stream', ext: 'bin' };
/** What containers of film are called that hold sound alone. */
const SOUND_TYPES: Readonly<Record<string, string>> = {
  'video/webm': 'audio/webm',
  'video/mp4': 'audio/mp4',
  'audio/x-m4a': 'audio/mp4',
};
/** Such as browsers show. */
const PICTURE_TYPES = [
  'image/png',
  'image/apng',
  'image/jpeg',
  'image/webp',
  'image/gif',
  'image/avif',
];

export interface GivenUpload {
  readonly file: File;
  /** What it must be; `attachment` for one that comes with a message: picture, sound or video. */
  readonly media: FileMedia | 'attachment';
  /** The option that it is for; undefined for a plain attachment. */
  readonly option: string | undefined;
}

export interface CheckedFile {
  readonly fileName: string;
  readonly content: Blob;
  readonly contentType: string;
  /** Without the dot. */
  readonly extension: string;
  readonly noun: string;
  readonly option: string | undefined;
}

interface Expectation {
  /** For a browser's file dialogue. */
  readonly accept: string;
  readonly noun: string;
  readonly remedy: string;
  readonly isMet: (contentType: string) => boolean;
}

const isPicture = (contentType: string): boolean => PICTURE_TYPES.includes(contentType);
const isSound = (contentType: string): boolean => contentType.startsWith('audio/');
const isVideo = (contentType: string): boolean => contentType.startsWith('video/');
/** Recordings of sound alone often come in a container that is named after video. */
const mayBeSound = (contentType: string): boolean => isSound(contentType) || isVideo(contentType);
const ACCEPTED_PICTURES = PICTURE_TYPES.join(',');

export const EXPECTATIONS: Readonly<Record<GivenUpload['media'], Expectation>> = {
  image: {
    accept: ACCEPTED_PICTURES,
    noun: 'picture',
    remedy: 'a PNG, JPEG, WebP, GIF or AVIF picture',
    isMet: isPicture,
  },
  audio: {
    accept: 'audio/*,video/mp4,video/webm',
    noun: 'recording',
    remedy: 'an MP3, WAV, M4A, OGG, FLAC or WebM recording',
    isMet: mayBeSound,
  },
  video: {
    accept: 'video/*',
    noun: 'video',
    remedy: 'an MP4, WebM or MOV video',
    isMet: isVideo,
  },
  any: { accept: '', noun: 'file', remedy: 'a file', isMet: () => true },
  attachment: {
    // Texts are for commands that read them.
    accept: `${ACCEPTED_PICTURES},audio/*,video/*,text/plain`,
    noun: 'picture, sound or video',
    remedy: 'a PNG, JPEG, WebP, GIF or AVIF picture, or a sound or video file',
    isMet: (contentType) => isPicture(contentType) || mayBeSound(contentType),
  },
};

/** A string says what is wrong with it. */
export async function checkFile(given: GivenUpload): Promise<CheckedFile | string> {
  const { file, media, option } = given;
  const fileName = toPlainName(file.name);
  if (file.size === 0) return `“${fileName}” is empty. Choose another file.`;
  if (file.size > BYTES_PER_FILE) return wordTooLarge(fileName, file.size, 'files', BYTES_PER_FILE);
  const { contentType, extension } = await sniff(file);
  const noun = nounOf(contentType);
  const checked = { fileName, content: file, contentType, extension, noun, option };
  return findMistake(checked, media) ?? checked;
}

/** Whether somebody may be heard in it: sound, or a film. */
export async function isRecording(file: File): Promise<boolean> {
  return mayBeSound((await sniff(file)).contentType);
}

/** Only who recorded it knows whether there is a film in a container that may hold one. */
async function sniff(file: File): Promise<{ contentType: string; extension: string }> {
  const { mime, ext: extension } = (await fileTypeFromBlob(file)) ?? UNKNOWN;
  const [contentType = mime] = mime.split(';', 1);
  const sound = isSound(file.type) || isSound(contentType) ? SOUND_TYPES[contentType] : undefined;
  return { contentType: sound ?? contentType, extension };
}

function findMistake(checked: CheckedFile, media: GivenUpload['media']): string | undefined {
  const { fileName, contentType, content } = checked;
  const { noun, remedy, isMet } = EXPECTATIONS[media];
  if (!isMet(contentType)) {
    const found =
      contentType === UNKNOWN.mime ? `holds no ${noun}` : `is of the type ${contentType}`;
    return `“${fileName}” ${found}. Attach ${remedy}.`;
  }
  if (!isPicture(contentType) || content.size <= BYTES_PER_PICTURE) return undefined;
  return wordTooLarge(fileName, content.size, 'pictures', BYTES_PER_PICTURE);
}

function nounOf(contentType: string): string {
  if (isPicture(contentType)) return 'picture';
  if (isSound(contentType)) return 'recording';
  return isVideo(contentType) ? 'video' : 'file';
}

function wordTooLarge(fileName: string, size: number, nouns: string, limit: number): string {
  return `“${fileName}” has ${toMebibytes(size)} MB; ${nouns} up to ${toMebibytes(limit)} MB are taken.`;
}

/** A browser may send any name: control characters go, the rest is only ever shown as text. */
function toPlainName(name: string): string {
  const plain = path
    .basename(name)
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
    .trim();
  return plain.slice(-100) || 'unnamed';
}

function toMebibytes(bytes: number): string {
  return (bytes / MEBIBYTE).toFixed(bytes % MEBIBYTE === 0 ? 0 : 1);
}
