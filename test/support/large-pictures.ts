/** 4K pictures of more than 20 MB each, as PNG: a smooth painting under so much grain that it hardly packs. */
import { randomFillSync } from 'node:crypto';
import sharp from 'sharp';
import { startScriptedServer, type ScriptedServer } from './scripted-server.ts';

const [WIDTH, HEIGHT, CHANNELS] = [3840, 2160, 3] as const;
/** Of 255: how far a value may be from the painting's. */
const GRAIN = 40;

export function makeLargePictures(count: number): Promise<readonly Buffer[]> {
  return Promise.all(Array.from({ length: count }, (_, at) => makeLargePicture(at)));
}

/** Hands out the next picture with every request, whatever its path. */
export function servePictures(pictures: readonly Buffer[]): Promise<ScriptedServer> {
  let next = 0;
  return startScriptedServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'image/png' });
    response.end(pictures[next % pictures.length]);
    next += 1;
  });
}

function makeLargePicture(at: number): Promise<Buffer> {
  const values = randomFillSync(Buffer.alloc(WIDTH * HEIGHT * CHANNELS));
  const row = WIDTH * CHANNELS;
  const waves = Float32Array.from({ length: row }, (_, x) => 80 * Math.sin(x / 1200 + at));
  for (let y = 0; y < HEIGHT; y += 1) {
    const height = Math.cos(y / 300);
    for (let x = 0; x < row; x += 1) {
      const grain = ((values[y * row + x] ?? 0) / 127.5 - 1) * GRAIN;
      values[y * row + x] = 128 + (waves[x] ?? 0) * height + grain;
    }
  }
  return sharp(values, { raw: { width: WIDTH, height: HEIGHT, channels: CHANNELS } })
    .png()
    .toBuffer();
}
