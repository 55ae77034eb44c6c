/** Sound as a WAV file, which needs no encoder. What is said stands in its comment, for the toys that listen. */
import type { Sound } from './tune.ts';

const BYTES_PER_SAMPLE = 2;

export function toWav(sound: Sound, words: string): Buffer {
  const { sampleRate, channels } = sound;
  const frame = channels * BYTES_PER_SAMPLE;
  const format = Buffer.alloc(16);
  format.writeUInt16LE(1, 0);
  format.writeUInt16LE(channels, 2);
  format.writeUInt32LE(sampleRate, 4);
  format.writeUInt32LE(sampleRate * frame, 8);
  format.writeUInt16LE(frame, 12);
  format.writeUInt16LE(8 * BYTES_PER_SAMPLE, 14);
  const comment = toChunk('ICMT', Buffer.from(`${words}\0`));
  const chunks = [
    toChunk('fmt ', format),
    toChunk('LIST', Buffer.concat([Buffer.from('INFO'), comment])),
    toChunk('data', toPcm(sound)),
  ];
  return toChunk('RIFF', Buffer.concat([Buffer.from('WAVE'), ...chunks]));
}

/** Its bare samples: 16 bits each, the channels in turns. */
export function toPcm({ samples, channels }: Sound): Buffer {
  const bytes = Buffer.alloc(samples.length * channels * BYTES_PER_SAMPLE);
  samples.forEach((sample, index) => {
    for (let channel = 0; channel < channels; channel += 1) {
      bytes.writeInt16LE(sample, (index * channels + channel) * BYTES_PER_SAMPLE);
    }
  });
  return bytes;
}

/** RIFF wants even lengths. */
function toChunk(name: string, content: Buffer): Buffer {
  const header = Buffer.alloc(8, name);
  header.writeUInt32LE(content.length, 4);
  return Buffer.concat([header, content, Buffer.alloc(content.length % 2)]);
}

/** What a sandbox's own sound says; undefined for any other. */
export function readWords(bytes: Buffer): string | undefined {
  const at = bytes.subarray(0, 64).toString('latin1').startsWith('RIFF')
    ? bytes.indexOf('ICMT')
    : -1;
  if (at < 0 || at > 100) return undefined;
  const length = bytes.readUInt32LE(at + 4);
  return bytes.toString('utf8', at + 8, at + 7 + length);
}
