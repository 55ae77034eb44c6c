import sharp from 'sharp';

/** A small PNG of one colour. */
export function plainPng(background = 'red'): Promise<Buffer> {
  return sharp({ create: { width: 8, height: 6, channels: 3, background } })
    .png()
    .toBuffer();
}
