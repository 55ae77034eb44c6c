/** Words as pictures, in a font that comes with Easel, so that every machine draws the same. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { loadSharp } from './load-sharp.ts';

const FONT_FOLDER = join(
  dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')),
  'ttf',
);

const FILES = {
  'DejaVu Sans Bold': 'DejaVuSans-Bold.ttf',
  'DejaVu Serif Italic': 'DejaVuSerif-Italic.ttf',
} as const;

export interface Lettering {
  /** Literal: nothing in it is markup. */
  readonly words: string;
  readonly font: keyof typeof FILES;
  /** Of the letters, in pixels. */
  readonly size: number;
  /** Longer words go into several lines. */
  readonly width: number;
  /** Such as `#ffffff`. */
  readonly colour: string;
}

export interface DrawnWords {
  /** A PNG with nothing behind the letters. */
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
}

export async function drawWords(lettering: Lettering): Promise<DrawnWords> {
  const { words, font, size, width, colour } = lettering;
  const sharp = await loadSharp();
  const { data, info } = await sharp({
    text: {
      // Pango reads markup, so somebody's own words must be kept from being any.
      text: `<span foreground="${colour}">${escapeMarkup(words)}</span>`,
      font: `${font} ${size}`,
      fontfile: join(FONT_FOLDER, FILES[font]),
      width: Math.max(1, width),
      dpi: 72,
      rgba: true,
      wrap: 'word-char',
    },
  })
    .png()
    .toBuffer({ resolveWithObject: true });
  return { bytes: data, width: info.width, height: info.height };
}

export function escapeMarkup(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
