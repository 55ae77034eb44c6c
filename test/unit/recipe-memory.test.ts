import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { toJpeg, toParts, toPng, toWebp, type Part } from '../support/picture-parts.ts';
import { JPEGS, PNGS, WEBPS } from '../support/stampable-pictures.ts';

const SCRIPT = fileURLToPath(new URL('../support/stamp-child.ts', import.meta.url));
const MEBIBYTE = 1024 * 1024;

/** As libraries write them, in chunks of 8 KiB. */
function largePng(): Buffer {
  const parts = toParts(PNGS[0]!.bytes);
  const chunk: Part = { type: 'IDAT', bytes: randomBytes(8192) };
  const chunks = Array.from({ length: 20 * 128 }, () => chunk);
  return toPng([parts[0]!, ...chunks, ...parts.slice(-2)]);
}

test('four PNGs of 20 MB at once take a few megabytes of memory', { timeout: 30_000 }, async () => {
  const small = PNGS[0]!.bytes;
  const large = largePng();
  expect(await measure(small, [large, large, large, large])).toBeLessThan(30);
});

test('so do a JPEG and a WebP', { timeout: 30_000 }, async () => {
  const pixels = randomBytes(20 * MEBIBYTE);
  const jpeg = toParts(JPEGS[0]!.bytes);
  const scan = Buffer.concat([jpeg.at(-1)!.bytes.subarray(0, -2), pixels]);
  const picture = Buffer.concat([toParts(WEBPS[0]!.bytes)[0]!.bytes, pixels]);
  const files = [
    toJpeg([...jpeg.slice(0, -1), { type: 'scan', bytes: scan }]),
    toWebp([{ type: 'VP8 ', bytes: picture }]),
  ];
  expect(await measure(JPEGS[0]!.bytes, files)).toBeLessThan(30);
});

/** In MiB, of a process of its own. */
async function measure(warmUp: Buffer, files: readonly Buffer[]): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'easel-'));
  const paths = await Promise.all(
    [warmUp, ...files].map(async (bytes, at) => {
      const path = join(folder, `${at}`);
      await writeFile(path, bytes);
      return path;
    }),
  );
  const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, ...paths]);
  for (const path of paths) {
    expect((await stat(`${path}.to`)).size).toBeGreaterThan((await stat(path)).size);
  }
  return Number(stdout) / 1024;
}
