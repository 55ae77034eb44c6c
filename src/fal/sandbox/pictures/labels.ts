/** The words in a picture. */
import type { OverlayOptions } from 'sharp';
import { drawWords, type Lettering } from '../../../draw-words.ts';
import type { Size } from '../size.ts';

/** Letters that fit: over a picture's foot, or in two lines on the paper under it. */
const LONGEST_CAPTION = { top: 120, bottom: 60 };
/** In smaller pictures words could not be read. */
const SMALLEST_SIDE = 96;

/** A letter's height, in proportion to the picture. */
export function toUnit({ width, height }: Size): number {
  return Math.max(9, Math.round(Math.min(width, height) / 26));
}

/** The caption below, and the mark that says where the picture is from: above, or beside it. */
export async function drawLabels(
  size: Size,
  caption: string,
  markAt: 'top' | 'bottom' = 'top',
): Promise<readonly OverlayOptions[]> {
  const { width, height } = size;
  if (Math.min(width, height) < SMALLEST_SIDE) return [];
  const unit = toUnit(size);
  const margin = Math.round(unit * 1.1);
  const mark = await drawMark(unit);
  const words = await drawShaded({
    words: toCaption(caption, LONGEST_CAPTION[markAt]),
    font: 'DejaVu Serif Italic',
    size: unit,
    width: width - 2 * margin - (markAt === 'top' ? 0 : mark.width + margin),
  });
  const top = Math.max(0, height - margin - words.height);
  const markTop = markAt === 'top' ? margin : height - margin - mark.height;
  return [
    { input: words.shadow, left: margin + 1, top: Math.min(top + 2, height - words.height) },
    { input: words.light, left: margin, top },
    { input: mark.bytes, left: Math.max(0, width - mark.width - margin), top: markTop },
  ].filter(() => words.height <= height && words.width + margin <= width && mark.width <= width);
}

async function drawShaded(lettering: Omit<Lettering, 'colour'>) {
  const { default: sharp } = await import('sharp');
  const light = await drawWords({ ...lettering, colour: '#ffffff' });
  const dark = await drawWords({ ...lettering, colour: '#101018' });
  const shadow = await sharp(dark.bytes)
    .blur(Math.max(0.5, lettering.size / 12))
    .png()
    .toBuffer();
  return { light: light.bytes, shadow, width: light.width, height: light.height };
}

async function drawMark(unit: number): Promise<Size & { bytes: Buffer }> {
  const { default: sharp } = await import('sharp');
  const { light, width, height } = await drawShaded({
    words: 'sandbox',
    font: 'DejaVu Sans Bold',
    size: Math.max(7, Math.round(unit * 0.55)),
    width: unit * 12,
  });
  const [outerWidth, outerHeight] = [
    width + Math.round(unit * 1.1),
    height + Math.round(unit * 0.7),
  ];
  const pill = `<svg xmlns="http://www.w3.org/2000/svg" width="${outerWidth}" height="${outerHeight}"><rect width="${outerWidth}" height="${outerHeight}" rx="${outerHeight / 2}" fill="#101018" opacity=".45"/></svg>`;
  const bytes = await sharp(Buffer.from(pill))
    .composite([{ input: light }])
    .png()
    .toBuffer();
  return { bytes, width: outerWidth, height: outerHeight };
}

export function toCaption(caption: string, longest: number): string {
  const line = caption.replace(/[\s\p{Cc}\p{Cf}\p{Cs}]+/gu, ' ').trim() || '(no words)';
  const letters = Array.from(line);
  if (letters.length <= longest) return line;
  return `${letters.slice(0, longest).join('').trimEnd()}…`;
}
