/** Spoils a finished job's files as the rules in force say. */
import { randomBytes } from 'node:crypto';
import type { OutputFault } from './fault-rules.ts';
import type { StoredFile } from './files.ts';
import { renderNoise } from './pictures/picture.ts';

const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><circle cx="32" cy="32" r="24" fill="#36c"/></svg>`;

export async function spoilFile(
  faults: readonly OutputFault[],
  file: StoredFile,
): Promise<StoredFile> {
  let spoilt = file;
  for (const fault of faults) spoilt = await spoilOnce(fault, spoilt);
  return spoilt;
}

/** What is not named here spoils the answer. */
async function spoilOnce(fault: OutputFault, file: StoredFile): Promise<StoredFile> {
  if (fault.kind === 'zero-byte-file') return { ...file, bytes: Buffer.alloc(0) };
  if (fault.kind === 'html-file') {
    return { ...file, bytes: Buffer.from('<!doctype html><title>Not a picture</title>') };
  }
  if (fault.kind === 'svg-output' && isPicture(file)) {
    return { bytes: Buffer.from(SVG), contentType: 'image/svg+xml', name: 'sandbox.svg' };
  }
  return fault.kind === 'oversized-file' ? enlarge(file, fault.bytes) : file;
}

function isPicture({ contentType }: StoredFile): boolean {
  return contentType.startsWith('image/');
}

/** A picture becomes noise, which nothing can compress; anything else gets a tail that players skip. */
async function enlarge(file: StoredFile, bytes: number): Promise<StoredFile> {
  if (isPicture(file)) {
    return { ...file, bytes: await renderNoise(bytes), contentType: 'image/png' };
  }
  const tail = randomBytes(Math.max(0, bytes - file.bytes.length));
  const start = file.contentType === 'video/webm' ? toVoid(tail.length) : Buffer.alloc(0);
  return { ...file, bytes: Buffer.concat([file.bytes, start, tail]) };
}

/** The head of an EBML element that says of what follows: skip it. */
function toVoid(length: number): Buffer {
  const head = Buffer.alloc(9);
  head.writeUInt8(0xec, 0);
  head.writeBigUInt64BE(0x0100000000000000n + BigInt(length), 1);
  return head;
}
