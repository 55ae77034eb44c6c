/** Draws several small pictures as one, each under its number. */
import type { OverlayOptions } from 'sharp';
import { drawWords } from '../draw-words.ts';
import { loadSharp } from '../load-sharp.ts';
import { THUMBNAIL_SIDE } from './thumbnails.ts';

export interface SheetTile {
  /** Absolute; undefined where there is nothing to draw. */
  readonly path: string | undefined;
  /** Drawn where there is no picture; may be empty. */
  readonly words: string;
}

const GAP = 14;
const STEP = THUMBNAIL_SIDE + GAP;
const SHEET_COLOUR = '#1f2126';
const TILE_COLOUR = '#2e3138';
const BADGE = 48;
const BADGE_AT = 8;

/** At least one tile. The ground is opaque, so that it looks the same on light and dark. */
export async function drawSheet(tiles: readonly SheetTile[], to: string): Promise<void> {
  const sharp = await loadSharp();
  const columns = tiles.length === 4 ? 2 : Math.min(3, tiles.length);
  const rows = Math.ceil(tiles.length / columns);
  const overlays: OverlayOptions[] = [];
  for (const [at, tile] of tiles.entries()) {
    const left = GAP + (at % columns) * STEP;
    const top = GAP + Math.floor(at / columns) * STEP;
    overlays.push(...(await drawTile(tile, at + 1, { left, top })));
  }
  const [width, height] = [GAP + columns * STEP, GAP + rows * STEP];
  await sharp({ create: { width, height, channels: 3, background: SHEET_COLOUR } })
    .composite(overlays)
    .jpeg({ quality: 84 })
    .toFile(to);
}

async function drawTile(
  { path, words }: SheetTile,
  number: number,
  { left, top }: { readonly left: number; readonly top: number },
): Promise<readonly OverlayOptions[]> {
  const sharp = await loadSharp();
  const side = THUMBNAIL_SIDE;
  const picture =
    path === undefined ? undefined : await sharp(path).toBuffer({ resolveWithObject: true });
  const said = picture || words === '' ? undefined : await drawCalm(words);
  const middle = picture ? { bytes: picture.data, ...sizeOf(picture.info) } : said;
  return [
    { input: drawGround(side), left, top },
    ...(middle
      ? [
          {
            input: middle.bytes,
            left: left + Math.floor((side - middle.width) / 2),
            top: top + Math.floor((side - middle.height) / 2),
          },
        ]
      : []),
    { input: await drawBadge(number), left: left + BADGE_AT, top: top + BADGE_AT },
  ];
}

function sizeOf({ width, height }: { readonly width: number; readonly height: number }) {
  return { width, height };
}

function drawGround(side: number): Buffer {
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"><rect width="${side}" height="${side}" rx="6" fill="${TILE_COLOUR}"/></svg>`,
  );
}

function drawCalm(words: string) {
  return drawWords({
    words,
    font: 'DejaVu Sans Bold',
    size: 22,
    width: THUMBNAIL_SIDE - 2 * GAP,
    colour: '#a9aeb8',
  });
}

/** White on dark within a white ring: seen on any picture. */
async function drawBadge(number: number): Promise<Buffer> {
  const sharp = await loadSharp();
  const digits = await drawWords({
    words: String(number),
    font: 'DejaVu Sans Bold',
    size: 26,
    width: BADGE,
    colour: '#ffffff',
  });
  const middle = BADGE / 2;
  const disc = `<svg xmlns="http://www.w3.org/2000/svg" width="${BADGE}" height="${BADGE}"><circle cx="${middle}" cy="${middle}" r="${middle - 2}" fill="#101018" fill-opacity=".88" stroke="#ffffff" stroke-width="3"/></svg>`;
  return sharp(Buffer.from(disc))
    .composite([{ input: digits.bytes }])
    .png()
    .toBuffer();
}
