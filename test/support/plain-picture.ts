import sharp from 'sharp';

/** A small red PNG. */
export function plainPng(): Promise<Buffer> {
  return sharp({ create: { width: 8, height: 6, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
}
