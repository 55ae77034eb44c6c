/** The files of a message that one can listen to: clips, and sound and film that somebody uploads. */
import type { SlackFile } from './attachments.ts';

/** Deleted, or beyond what the workspace's plan keeps. */
const GONE_MODES = new Set(['tombstone', 'hidden_by_limit']);
const CLIPS = new Set(['slack_audio', 'slack_video']);
const SOUND_OR_FILM = /^(?:audio|video)\/|^application\/ogg$/u;
/** What Slack does not know the type of. */
const BYTES = 'application/octet-stream';
const SOUND_NAME = /\.(?:aac|amr|flac|m4a|mka|mkv|mov|mp3|mp4|oga|ogg|opus|wav|weba|webm)$/iu;

/** What Slack has not told yet is none. Pointers to other hosts are never listened to. */
export function isRecording(file: SlackFile): boolean {
  if (isGone(file) || file.is_external === true) return false;
  const type = file.mimetype ?? '';
  return isClip(file) || SOUND_OR_FILM.test(type) || (type === BYTES && hasSoundName(file));
}

/** Also what only `files.info` tells of. */
export function mayBeRecording(file: SlackFile): boolean {
  return isRecording(file) || (isUnknown(file) && !isGone(file));
}

export function isGone({ mode }: SlackFile): boolean {
  return GONE_MODES.has(mode ?? '');
}

/** Slack has not told what it is: a stub, or a file that it still works on. */
export function isUnknown(file: SlackFile): boolean {
  return (file.mimetype ?? '') === '' && !isClip(file);
}

function isClip({ subtype }: SlackFile): boolean {
  return CLIPS.has(subtype ?? '');
}

function hasSoundName({ name }: SlackFile): boolean {
  return SOUND_NAME.test(name ?? '');
}
