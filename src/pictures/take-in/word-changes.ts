/** What became of a picture on its way into a model, where a person should know. */
import { isSame } from './plan-size.ts';
import type { Size } from './picture-facts.ts';

export interface PictureChanges {
  readonly isAnimated: boolean;
  /** Something else was behind the picture. */
  readonly isFollowed: boolean;
  readonly from: Size & { readonly bytes: number };
  readonly to: Size & { readonly bytes: number };
  readonly maxBytes: number;
}

const MEGABYTE = 1024 * 1024;

export function wordChanges(fileName: string, changes: PictureChanges): readonly string[] {
  const { isAnimated, isFollowed, from, to, maxBytes } = changes;
  const isScaled = !isSame(from, to);
  const isPacked = !isScaled && from.bytes > maxBytes;
  return [
    ...(isAnimated ? [`“${fileName}” moves: its first frame was used.`] : []),
    ...(isFollowed
      ? [`“${fileName}” holds something else behind its picture: only the picture was used.`]
      : []),
    ...(isScaled
      ? [
          `“${fileName}” was scaled from ${wordSize(from)} to ${wordSize(to)}: a larger one is more than the model takes.`,
        ]
      : []),
    ...(isPacked
      ? [
          `“${fileName}” was packed from ${wordBytes(from.bytes)} into ${wordBytes(to.bytes)}: a larger one is more than the model takes.`,
        ]
      : []),
  ];
}

function wordSize({ width, height }: Size): string {
  return `${width}×${height}`;
}

function wordBytes(bytes: number): string {
  return `${(bytes / MEGABYTE).toFixed(1)} MB`;
}
