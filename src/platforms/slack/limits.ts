/** What Slack can carry, as data. */
import type { FileLimits, PlatformLimits } from '../platform.ts';

/** Slack takes 1 GB; more than this is no picture, and an upload has to end within its time. */
const BYTES_PER_FILE = 200 * 1024 * 1024;
export const FILES_PER_MESSAGE = 10;

export const FILE_LIMITS: FileLimits = {
  bytesPerFile: BYTES_PER_FILE,
  bytesPerMessage: BYTES_PER_FILE * FILES_PER_MESSAGE,
  filesPerMessage: FILES_PER_MESSAGE,
};

/** `chat.update` allows 50 a minute for the whole workspace: 40 for progress, the rest for results. */
export const LIMITS: PlatformLimits = {
  editEveryMs: 1500,
  editScope: 'tenant',
  textLength: 4000,
  hasSpoilers: false,
  seesEverything: true,
  hasVoiceMessages: false,
  hasButtonsBesideFiles: false,
};
