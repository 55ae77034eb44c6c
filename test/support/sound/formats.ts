/** The kinds of sound files that people and platforms send, as ffmpeg makes them. */

export type SoundFormat = 'ogg' | 'm4a' | 'webm' | 'live-webm' | 'mp3' | 'wav' | 'flac' | 'mp4';

interface Format {
  readonly extension: string;
  /** As platforms call it. */
  readonly contentType: string;
  /** What ffmpeg is told behind its input. */
  readonly encoding: string;
}

/** The least careful ways to encode: hours are done in seconds, and nobody judges the beauty. */
const OPUS = '-c:a libopus -compression_level 0 -b:a 32k -ar 48000 -ac 1';
const AAC = '-c:a aac -aac_coder fast -b:a 48k';
const MP3 = '-c:a libmp3lame -compression_level 9 -b:a 48k';
const H264 = '-c:v libx264 -preset ultrafast -pix_fmt yuv420p';

export const FORMATS: Readonly<Record<SoundFormat, Format>> = {
  /** As Discord's voice messages. */
  ogg: {
    extension: 'ogg',
    contentType: 'audio/ogg',
    encoding: `${OPUS} -application voip -f ogg`,
  },
  m4a: { extension: 'm4a', contentType: 'audio/mp4', encoding: `${AAC} -f ipod` },
  webm: { extension: 'webm', contentType: 'audio/webm', encoding: `${OPUS} -f webm` },
  /** As a browser's MediaRecorder writes it: no length in its head, and nothing to jump by. */
  'live-webm': {
    extension: 'webm',
    contentType: 'audio/webm',
    encoding: `${OPUS} -f webm -live 1`,
  },
  mp3: { extension: 'mp3', contentType: 'audio/mpeg', encoding: `${MP3} -f mp3` },
  wav: { extension: 'wav', contentType: 'audio/wav', encoding: '-c:a pcm_s16le -f wav' },
  flac: { extension: 'flac', contentType: 'audio/flac', encoding: '-c:a flac -f flac' },
  /** A film of a plain colour. */
  mp4: { extension: 'mp4', contentType: 'video/mp4', encoding: `${H264} ${AAC} -f mp4` },
};

/** Samples of 16 bits and one channel, and where the file goes. */
interface Conversion {
  readonly format: SoundFormat;
  readonly sampleRate: number;
  readonly seconds: number;
  readonly path: string;
}

/** ffmpeg's whole command line; the samples are on its input. */
export function toCommand(conversion: Conversion): readonly string[] {
  const { format, sampleRate, seconds, path } = conversion;
  const samples = `-f s16le -ar ${sampleRate} -ac 1 -i -`;
  const colour = format === 'mp4' ? `-f lavfi -i color=c=teal:s=320x180:r=10:d=${seconds}` : '';
  const words = `-v error -y ${samples} ${colour} ${FORMATS[format].encoding}`;
  return [...words.split(/\s+/u), path];
}
