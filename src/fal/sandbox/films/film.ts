/**
 * A film of two seconds: the toy picture, slowly moved closer. A lossy WebP holds one VP8 key frame,
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
/** How much of the picture is left out at the end. */
const APPROACH = 0.12;

export async function shootFilm(wish: Omit<PictureWish, 'format'>): Promise<Film> {
  const size = fitFrame(wish.size);
  const still = await renderPicture({ ...wish, size: toLarger(size), format: 'png' });
  const count = FRAMES_PER_SECOND * SECONDS;
  const frames: Buffer[] = [];
  for (let index = 0; index < count; index += 1) {
    frames.push(await renderFrame(still, size, index / (count - 1)));
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

function toLarger({ width, height }: Size): Size {
  return { width: Math.ceil(width * (1 + APPROACH)), height: Math.ceil(height * (1 + APPROACH)) };
}

/** A part of the still, from the whole (0) to the closest (1), as one VP8 frame. */
async function renderFrame(still: Buffer, size: Size, closeness: number): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  const whole = toLarger(size);
  const width = Math.round(whole.width - (whole.width - size.width) * closeness);
  const height = Math.round(whole.height - (whole.height - size.height) * closeness);
  const webp = await sharp(still)
    .extract({
      left: Math.floor((whole.width - width) / 2),
      top: Math.floor((whole.height - height) / 2),
      width,
      height,
    })
    .resize(size.width, size.height, { fit: 'fill' })
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
