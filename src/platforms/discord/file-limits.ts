/** What Discord takes of files. */
import type { FileLimits } from '../platform.ts';

const MEBIBYTE = 1024 * 1024;
/** Discord's limit for a file of a bot, where an interaction does not grant more. */
export const FILE_LIMIT = 10 * MEBIBYTE;
/** Discord's limit for a request that sends a message, less room for what is not a file. */
const REQUEST_LIMIT = 25 * MEBIBYTE - 64 * 1024;
const FILES_PER_MESSAGE = 10;

export function toFileLimits(bytesPerFile: number): FileLimits {
  return {
    bytesPerFile: Math.min(bytesPerFile, REQUEST_LIMIT),
    bytesPerMessage: REQUEST_LIMIT,
    filesPerMessage: FILES_PER_MESSAGE,
  };
}
