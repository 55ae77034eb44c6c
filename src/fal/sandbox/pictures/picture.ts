/** Turns a wish into the bytes of a picture. Sharp is loaded on first use: an idle bot stays small. */
import { randomBytes } from 'node:crypto';
import type { Size } from '../size.ts';
import { paintEdit } from './edit.ts';
import { drawScene, paintScene } from './scene.ts';

type PixelFormat = 'jpeg' | 'png' | 'webp';
export type PictureFormat = PixelFormat | 'svg';

export interface PictureWish {
  readonly prompt: string;
  readonly seed: number;
  readonly size: Size;
  readonly format: PictureFormat;
  readonly sources: readonly Buffer[];
  readonly isBlackedOut: boolean;
}

/** The same wish gives the same bytes. */
export async function renderPicture(wish: PictureWish): Promise<Buffer> {
  const { format } = wish;
  return format === 'svg' ? Buffer.from(drawScene(wish)) : renderPixels({ ...wish, format });
}

async function renderPixels(wish: PictureWish & { format: PixelFormat }): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  const { width, height } = wish.size;
  if (wish.isBlackedOut) {
    const create = { width, height, channels: 3, background: '#000' } as const;
    return sharp({ create }).toFormat(wish.format).toBuffer();
  }
  const painting = wish.sources.length > 0 ? await paintEdit(wish) : await paintScene(wish);
  return sharp(painting, { limitInputPixels: false })
    .resize(width, height, { fit: 'fill' })
    .toFormat(wish.format, wish.format === 'png' ? { compressionLevel: 6 } : { quality: 90 })
    .toBuffer();
}

/** Undefined for what is not a picture. */
export async function readSize(bytes: Buffer): Promise<Size | undefined> {
  const { default: sharp } = await import('sharp');
  try {
    const { width, height } = await sharp(bytes).metadata();
    return { width, height };
  } catch {
    return undefined;
  }
}

/** A PNG of about this many bytes: noise cannot be compressed. */
export async function renderNoise(bytes: number): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  const side = Math.ceil(Math.sqrt(bytes / 3));
  const raw = { width: side, height: side, channels: 3 } as const;
  return sharp(randomBytes(side * side * 3), { raw })
    .png({ compressionLevel: 0 })
    .toBuffer();
}
