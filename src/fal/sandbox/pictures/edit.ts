/** Changes a given picture so that everybody sees it was changed, and still knows it again. */
import type { OverlayOptions, Sharp } from 'sharp';
import type { Size } from '../size.ts';
import { drawLabels, toUnit } from './labels.ts';
import { mix } from './palette.ts';
import { createRandom, type Random } from './random.ts';
import { fitCanvas } from './scene.ts';

/** The picture is tinted and laid on coloured paper, with what was asked for written below. */
export async function paintEdit(wish: {
  prompt: string;
  seed: number;
  size: Size;
  sources: readonly Buffer[];
}): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  const size = fitCanvas(wish.size);
  const random = createRandom(`${wish.seed}\n${wish.prompt}`);
  const colour = chooseColour(wish.prompt, random);
  const border = Math.min(toUnit(size), Math.floor(Math.min(size.width, size.height) / 8));
  const inner = {
    width: Math.max(1, size.width - 2 * border),
    height: Math.max(1, size.height - Math.round(4.6 * border)),
  };
  const print = await paintPrint(wish, { size: inner, colour, random });
  const left = Math.floor((size.width - print.width) / 2);
  const create = { ...size, channels: 3, background: mix(colour, '#14121c', 0.72) } as const;
  const labels = await drawLabels(size, wish.prompt, 'bottom');
  return sharp({ create })
    .composite([{ input: print.bytes, left, top: border }, ...labels])
    .png({ compressionLevel: 1 })
    .toBuffer();
}

async function paintPrint(
  { prompt, sources }: { prompt: string; sources: readonly Buffer[] },
  { size, colour, random }: { size: Size; colour: string; random: Random },
): Promise<Size & { bytes: Buffer }> {
  const { default: sharp } = await import('sharp');
  const [base, ...others] = sources;
  const scaled = sharp(base)
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .resize(size.width, size.height, { fit: 'inside' });
  const tinted = await tint(scaled, prompt, random)
    .png({ compressionLevel: 1 })
    .toBuffer({ resolveWithObject: true });
  const isRoomy = Math.min(tinted.info.width, tinted.info.height) > 160;
  const insets = others
    .slice(0, isRoomy ? 3 : 0)
    .map((other, index) => frame(other, index, tinted.info));
  const wash = Buffer.from(toWash(tinted.info, colour));
  const { data, info } = await sharp(tinted.data)
    .composite([{ input: wash }, ...(await Promise.all(insets))])
    .png({ compressionLevel: 1 })
    .toBuffer({ resolveWithObject: true });
  return { bytes: data, width: info.width, height: info.height };
}

function tint(picture: Sharp, prompt: string, random: Random): Sharp {
  if (/\b(?:black and white|monochrome|gr[ae]y\w*)\b/iu.test(prompt)) return picture.grayscale();
  if (/\b(?:night|dark\w*|moon\w*)\b/iu.test(prompt)) {
    return picture.modulate({ brightness: 0.55, saturation: 0.8 });
  }
  return picture.modulate({
    hue: Math.round(random.between(14, 40)),
    saturation: random.between(1.05, 1.35),
  });
}

const COLOURS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:night|dark\w*|moon\w*|blue|winter)\b/iu, '#1a3a8a'],
  [/\b(?:sunset|warm\w*|autumn|fire|orange|golden)\b/iu, '#ff8a2a'],
  [/\b(?:fog\w*|mist\w*|snow\w*|white)\b/iu, '#f4f6fa'],
  [/\b(?:forest|green|spring|garden)\b/iu, '#2f8f4f'],
];

function chooseColour(prompt: string, random: Random): string {
  const any = random.pick(['#d9467a', '#2f7fd9', '#e0962c', '#2f9f7f']);
  return COLOURS.find(([words]) => words.test(prompt))?.[1] ?? any;
}

function toWash({ width, height }: Size, colour: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs><linearGradient id="wash" x2="0.4" y2="1"><stop stop-color="${colour}" stop-opacity=".1"/>
    <stop offset="1" stop-color="${colour}" stop-opacity=".48"/></linearGradient></defs>
    <rect width="${width}" height="${height}" fill="url(#wash)"/>
  </svg>`;
}

/** A further picture as a small print laid on top, at the upper left. */
async function frame(source: Buffer, index: number, size: Size): Promise<OverlayOptions> {
  const { default: sharp } = await import('sharp');
  const side = Math.max(1, Math.floor(Math.min(size.width, size.height) / 5));
  const border = Math.ceil(side / 18);
  const input = await sharp(source)
    .autoOrient()
    .resize(side, side, { fit: 'cover' })
    .flatten({ background: '#ffffff' })
    .extend({ top: border, bottom: border, left: border, right: border, background: '#fffaf0' })
    .png()
    .toBuffer();
  const gap = Math.floor(side / 4);
  return { input, left: gap + index * (side - border), top: gap };
}
