/** A recording of a quiet hum, as bytes that every player plays. */
const RATE = 8000;
const HEADER = 44;

export function toWave(seconds: number): Buffer {
  const samples = seconds * RATE;
  const wave = Buffer.alloc(HEADER + samples);
  wave.write('RIFF', 0);
  wave.writeUInt32LE(HEADER - 8 + samples, 4);
  wave.write('WAVEfmt ', 8);
  wave.writeUInt32LE(16, 16);
  wave.writeUInt16LE(1, 20);
  wave.writeUInt16LE(1, 22);
  wave.writeUInt32LE(RATE, 24);
  wave.writeUInt32LE(RATE, 28);
  wave.writeUInt16LE(1, 32);
  wave.writeUInt16LE(8, 34);
  wave.write('data', 36);
  wave.writeUInt32LE(samples, 40);
  for (let at = 0; at < samples; at += 1) {
    wave[HEADER + at] = 128 + Math.round(20 * Math.sin((at * 2 * Math.PI * 110) / RATE));
  }
  return wave;
}
