/** Subtitle files as FFmpeg reads them: a parser that is not ours, which is not told the format. */
import { execFileSync } from 'node:child_process';

export interface ReadCue {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** The test set-up installs FFmpeg; only somebody's own machine may be without. */
export const hasFfmpeg = isInstalled() || Boolean(process.env['CI']);

function isInstalled(): boolean {
  try {
    return run('ffprobe', ['-version'], '') !== '';
  } catch {
    return false;
  }
}

/** In milliseconds, with the bytes of each cue as they are in the file. */
export function readSubtitles(content: string): readonly ReadCue[] {
  const options = ['-show_packets', '-show_data', '-of', 'json'];
  const { packets } = JSON.parse(run('ffprobe', ['-v', 'error', ...options, '-'], content)) as {
    packets: { pts: number; duration: number; data?: string }[];
  };
  return packets.map(({ pts, duration, data = '' }) => ({
    from: pts,
    to: pts + duration,
    text: fromHexDump(data),
  }));
}

/** What a viewer would see: tags are gone and escapes are resolved. */
export function showSubtitles(content: string): string {
  const shown = run('ffmpeg', ['-v', 'error', '-i', '-', '-f', 'srt', '-'], content);
  return shown.replaceAll('\r', '');
}

function run(program: string, options: readonly string[], input: string): string {
  return execFileSync(program, options, { input, maxBuffer: 2 ** 26 }).toString();
}

/** Lines such as `00000010: 203c 7468  <th`. */
function fromHexDump(dump: string): string {
  const lines = dump.matchAll(/^[0-9a-f]{8}: ((?:[0-9a-f]{2,4} )+)/gmu);
  return Buffer.from(
    Array.from(lines, ([, hex = '']) => hex.replaceAll(' ', '')).join(''),
    'hex',
  ).toString();
}
