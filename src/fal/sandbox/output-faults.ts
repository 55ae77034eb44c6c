/** Spoils a finished job's files and answer as the rules in force say. */
import { randomBytes } from 'node:crypto';
import type { OutputFault } from './faults.ts';
import type { StoredFile } from './files.ts';
import { renderNoise } from './pictures/picture.ts';

const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><circle cx="32" cy="32" r="24" fill="#36c"/></svg>`;

export async function spoilFile(
  faults: readonly OutputFault[],
  file: StoredFile,
): Promise<StoredFile> {
  let spoilt = file;
  for (const fault of faults) spoilt = await spoilFileOnce(fault, spoilt);
  return spoilt;
}

async function spoilFileOnce(fault: OutputFault, file: StoredFile): Promise<StoredFile> {
  switch (fault.kind) {
    case 'zero-byte-file':
      return { ...file, bytes: Buffer.alloc(0) };
    case 'html-file':
      return { ...file, bytes: Buffer.from('<!doctype html><title>Not a picture</title>') };
    case 'svg-output':
      return { bytes: Buffer.from(SVG), contentType: 'image/svg+xml', name: 'sandbox.svg' };
    case 'oversized-file':
      return { ...file, bytes: await renderNoise(fault.bytes), contentType: 'image/png' };
    case 'nsfw':
    case 'single-image':
    case 'null-fields':
    case 'huge-seed':
    case 'no-media':
    case 'hex-audio':
    case 'wrong-content-type':
    case 'foreign-url':
      return file;
  }
}

/** The output as the text that goes over the wire. */
export function spoilOutput(
  faults: readonly OutputFault[],
  output: Readonly<Record<string, unknown>>,
): string {
  const spoilt = faults.reduce(spoilOutputOnce, output);
  const text = JSON.stringify(spoilt);
  const seed = faults.find((fault) => fault.kind === 'huge-seed')?.seed;
  return seed === undefined
    ? text
    : JSON.stringify({ ...spoilt, seed: 0 }).replace(/"seed":0\b/u, `"seed":${seed}`);
}

type Output = Readonly<Record<string, unknown>>;

function spoilOutputOnce(output: Output, fault: OutputFault): Output {
  const { images, ...rest } = output;
  const list: readonly unknown[] = Array.isArray(images) ? images : [];
  switch (fault.kind) {
    case 'single-image':
      return { ...rest, image: list[0] };
    case 'no-media':
      return { ...rest, images: [] };
    case 'null-fields':
      return { ...allNull(rest), images: list.map((image) => allNull(image)) };
    case 'wrong-content-type':
      return {
        ...rest,
        images: list.map((image) => ({ ...toObject(image), content_type: fault.contentType })),
      };
    case 'foreign-url':
      return { ...rest, images: list.map((image) => ({ ...toObject(image), url: fault.url })) };
    case 'hex-audio':
      return { audio: randomBytes(64).toString('hex'), duration_ms: 1200 };
    case 'nsfw':
    case 'huge-seed':
    case 'svg-output':
    case 'zero-byte-file':
    case 'html-file':
    case 'oversized-file':
      return output;
  }
}

function toObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value))
    : {};
}

/** Everything but the address. */
function allNull(value: unknown): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(toObject(value)).map(([name, entry]) => [name, name === 'url' ? entry : null]),
  );
}
