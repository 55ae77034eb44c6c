/** What an endpoint says that a picture for one of its fields may be: fal says it in words only. */
import type { Field } from '../../models/endpoint.ts';
import { GENERAL_LIMITS, type PictureLimits } from './picture-limits.ts';

const MEGABYTE = 1024 * 1024;
/** “Max 10 MB each”, “Maximum file size 12MB”, “Max file size: 10.0MB”, “max 8MB”. */
const BYTES = /\bmax(?:imum)?(?: file)?(?: size)?:? ?(\d+(?:\.\d+)?) ?MB\b/iu;
/** “Max width: 3850px”, “Resolution: 240-5000px”. */
const SIDES = [/\bmax (?:width|height): ?(\d+) ?px/giu, /\bresolution: ?\d+ ?- ?(\d+) ?px/giu];
/** What is less than this was not meant as a limit on pictures. */
const LEAST_BYTES = MEGABYTE;
const LEAST_SIDE = 256;

export function limitsOfField(field: Field | undefined): PictureLimits {
  const words = field?.description ?? '';
  const bytes = Math.floor(Number(BYTES.exec(words)?.[1] ?? Infinity) * MEGABYTE);
  const sides = SIDES.flatMap((pattern) => [...words.matchAll(pattern)]).map(([, side]) =>
    Number(side),
  );
  return {
    bytes: bytes < LEAST_BYTES ? GENERAL_LIMITS.bytes : Math.min(bytes, GENERAL_LIMITS.bytes),
    side: Math.min(GENERAL_LIMITS.side, ...sides.filter((side) => side >= LEAST_SIDE)),
    pixels: GENERAL_LIMITS.pixels,
  };
}
