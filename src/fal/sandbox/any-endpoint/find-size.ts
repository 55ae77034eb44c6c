import { z } from 'zod';
import { PRESETS } from '../models/inputs.ts';
import type { Size } from '../size.ts';
import type { Fields } from './read-wish.ts';

const side = z.int().min(1).max(14_142);
const exactSize = z.object({ width: side, height: side });
const presets = new Map<string, Size>(Object.entries(PRESETS));
const text = z.string().catch('');

/** The size that an input asks for, in any of the ways in which endpoints let it be asked. */
export function findSize(fields: Fields): Size | undefined {
  const imageSize = fields.get('image_size');
  const preset = presets.get(text.parse(imageSize));
  const exact = exactSize.safeParse(imageSize).data;
  return (
    preset ?? exact ?? exactSize.safeParse(Object.fromEntries(fields)).data ?? findRatio(fields)
  );
}

function findRatio(fields: Fields): Size | undefined {
  const [width, height] =
    /^(\d+):(\d+)$/u
      .exec(text.parse(fields.get('aspect_ratio')))
      ?.slice(1)
      .map(Number) ?? [];
  const pixels = toPixels(text.parse(fields.get('resolution')));
  if (!width || !height) return pixels === undefined ? undefined : fit(1, pixels);
  return fit(width / height, pixels ?? 1024);
}

/** The side of a square of that resolution, such as `2K` or `720p`. */
function toPixels(resolution: string): number | undefined {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)\s*([kp])?$/iu.exec(resolution) ?? [];
  if (number === undefined) return undefined;
  const pixels = Number(number) * (/k/iu.test(unit) ? 1024 : 1);
  return Math.min(4096, Math.max(64, pixels));
}

/** About as many pixels as the square has, in the wanted proportions. */
function fit(ratio: number, pixels: number): Size {
  const stretch = Math.sqrt(Math.min(20, Math.max(0.05, ratio)));
  return { width: Math.round(pixels * stretch), height: Math.round(pixels / stretch) };
}
