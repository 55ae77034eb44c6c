/**
 * A film of two seconds: a gleam of light passes over the toy picture. A lossy WebP holds one VP8 key frame,
 * so sharp is all the encoder that it takes.
 */
import { renderPicture, type PictureWish } from '../pictures/picture.ts';
import type { Size } from '../size.ts';

export interface Film extends Size {
  readonly bytes: Buffer;
  readonly seconds: number;
  readonly framesPerSecond: number;
}

const FRAMES_PER_SECOND = 12;
const SECONDS = 2;
/** A toy need not be sharp; twenty-four large frames would take a second each. */
const LONGEST_SIDE = 640;

export async function shootFilm(wish: Omit<PictureWish, 'format'>): Promise<Film> {
  const size = fitFrame(wish.size);
  const picture = await renderPicture({ ...wish, size, format: 'png' });
  const { default: sharp } = await import('sharp');
  const still = await sharp(picture).removeAlpha().raw().toBuffer();
  const count = FRAMES_PER_SECOND * SECONDS;
  const frames: Buffer[] = [];
  for (let index = 0; index < count; index += 1) {
    const gleam = Buffer.from(drawGleam(size, index / count));
    frames.push(await renderFrame(still, size, gleam));
  }
  const bytes = await toWebm(frames, size);
  return { ...size, bytes, seconds: SECONDS, framesPerSecond: FRAMES_PER_SECOND };
}

/** Even numbers, as video wants them. */
function fitFrame({ width, height }: Size): Size {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  const even = (length: number): number => Math.max(16, 2 * Math.round((length * scale) / 2));
  return { width: even(width), height: even(height) };
}

/** A band of light that comes in from the left (0) and leaves on the right (1). */
function drawGleam({ width, height }: Size, time: number): string {
  const band = width / 3;
  const x = (width + band) * time - band;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <linearGradient id="light"><stop stop-color="#fff" stop-opacity="0"/>
    <stop offset=".5" stop-color="#fff" stop-opacity=".45"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></linearGradient>
    <rect x="${x}" width="${band}" height="${height}" fill="url(#light)"/></svg>`;
}

/** The still under the light, as one VP8 frame. */
async function renderFrame(still: Buffer, size: Size, gleam: Buffer): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  const webp = await sharp(still, { raw: { ...size, channels: 3 } })
    .composite([{ input: gleam }])
    .removeAlpha()
    .webp({ quality: 70, effort: 0 })
    .toBuffer();
  return readVp8(webp);
}

/** The frame is the content of the chunk `VP8 `. */
function readVp8(webp: Buffer): Buffer {
  let at = 12;
  while (at + 8 <= webp.length) {
    const length = webp.readUInt32LE(at + 4);
    if (webp.toString('latin1', at, at + 4) === 'VP8 ')
      return webp.subarray(at + 8, at + 8 + length);
    at += 8 + length + (length % 2);
  }
  throw new Error('the picture holds no VP8 frame');
}

/** Mediabunny is loaded on first use: an idle bot stays small. */
async function toWebm(frames: readonly Buffer[], size: Size): Promise<Buffer> {
  const { BufferTarget, EncodedPacket, EncodedVideoPacketSource, Output, WebMOutputFormat } =
    await import('mediabunny');
  const target = new BufferTarget();
  const output = new Output({ format: new WebMOutputFormat(), target });
  const track = new EncodedVideoPacketSource('vp8');
  output.addVideoTrack(track, { frameRate: FRAMES_PER_SECOND });
  await output.start();
  const decoderConfig = { codec: 'vp8', codedWidth: size.width, codedHeight: size.height };
  for (const [index, frame] of frames.entries()) {
    const duration = 1 / FRAMES_PER_SECOND;
    await track.add(new EncodedPacket(frame, 'key', index * duration, duration), { decoderConfig });
  }
  await output.finalize();
  if (!target.buffer) throw new Error('the film was not written');
  return Buffer.from(target.buffer);
}
