/** What stands before raw 16-bit samples to make a WAV file of them. */

export interface PcmShape {
  readonly sampleRate: number;
  readonly channels: number;
}

export const BYTES_PER_SAMPLE = 2;
const HEADER_BYTES = 44;
const PCM = 1;

export function toWavHeader({ sampleRate, channels }: PcmShape, bytes: number): Buffer {
  const frameBytes = channels * BYTES_PER_SAMPLE;
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('RIFF', 0);
  header.writeUInt32LE(HEADER_BYTES - 8 + bytes, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(PCM, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * frameBytes, 28);
  header.writeUInt16LE(frameBytes, 32);
  header.writeUInt16LE(8 * BYTES_PER_SAMPLE, 34);
  header.write('data', 36);
  header.writeUInt32LE(bytes, 40);
  return header;
}
