/** What Discord draws for a voice message: how loud it is from window to window. */

/** Of Discord. */
const MOST_WINDOWS = 256;
const LEAST_SECONDS = 0.1;
const LOUDEST = 32_768;

export interface Waveform {
  add(samples: Int16Array): void;
  /** The peak of each window from 0 to 255, as base64. */
  toText(): string;
}

/** `total` is the number of samples that will come. */
export function createWaveform(total: number, sampleRate: number): Waveform {
  const most = Math.floor(total / sampleRate / LEAST_SECONDS);
  const peaks = new Uint16Array(Math.max(1, Math.min(MOST_WINDOWS, most)));
  let at = 0;
  return {
    add(samples) {
      for (const sample of samples) {
        const index = Math.min(peaks.length - 1, Math.floor((at * peaks.length) / total));
        peaks[index] = Math.max(peaks[index] ?? 0, Math.abs(sample));
        at += 1;
      }
    },
    toText() {
      const bytes = [...peaks].map((peak) => Math.min(255, Math.round((peak / LOUDEST) * 255)));
      return Buffer.from(bytes).toString('base64');
    },
  };
}
