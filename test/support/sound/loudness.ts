/** How loud the loudest sample of a file is, in decibels below the loudest that there can be. */
import { run } from './tools.ts';

export async function loudnessOf(path: string): Promise<number> {
  const raw = ['-f', 's16le', '-ac', '1', '-'];
  const pcm = await run('ffmpeg', ['-v', 'error', '-i', path, ...raw]);
  const samples = new Int16Array(pcm.buffer, pcm.byteOffset, Math.floor(pcm.length / 2));
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return 20 * Math.log10(loudest / 32_768);
}
