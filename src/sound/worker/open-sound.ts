/**
 * A recording, opened for reading. FFmpeg's libraries know many more formats than people record in,
 * some of which lead to other files or into the network: only these are tried.
 */
import { statSync } from 'node:fs';
import {
  AV_DISPOSITION_ATTACHED_PIC,
  AVDISCARD_ALL,
  AVMEDIA_TYPE_AUDIO,
  AVMEDIA_TYPE_VIDEO,
} from 'node-av/constants';
import { CodecContext, Dictionary, FFmpegError, FormatContext } from 'node-av/lib';
import type { Codec, Stream } from 'node-av/lib';
import { SoundError } from '../sound-error.ts';

export interface OpenedSound extends Disposable {
  readonly input: FormatContext;
  readonly stream: Stream;
  readonly decoder: CodecContext;
  readonly hasVideo: boolean;
}

const LIMITS = {
  format_whitelist: 'aac,aiff,amr,asf,avi,caf,flac,matroska,mov,mp3,mpegts,ogg,w64,wav',
  protocol_whitelist: 'file',
};

/** Throws `SoundError` where nothing in it can be heard. */
export function openSound(path: string): OpenedSound {
  // FFmpeg's libraries would say the same of a missing file as of a broken one.
  if (statSync(path).size === 0) throw new SoundError('no-sound');
  const input = new FormatContext();
  const close = (): void => input.closeInputSync();
  try {
    return { ...openTrack(input, path), [Symbol.dispose]: close };
  } catch (error) {
    close();
    throw error instanceof FFmpegError ? new SoundError('no-sound', { cause: error }) : error;
  }
}

function openTrack(input: FormatContext, path: string): Omit<OpenedSound, typeof Symbol.dispose> {
  input.allocContext();
  const opened = input.openInputSync(`file:${path}`, null, Dictionary.fromObject(LIMITS));
  FFmpegError.throwIfError(opened, 'open');
  FFmpegError.throwIfError(input.findStreamInfoSync(null), 'look for tracks');
  const { streamIndex, decoder } = input.findBestStream(AVMEDIA_TYPE_AUDIO, -1, -1, true);
  const { streams } = input;
  const stream = streams.find(({ index }) => index === streamIndex);
  if (!stream || !decoder) throw new SoundError('no-sound');
  for (const other of streams) if (other !== stream) other.discard = AVDISCARD_ALL;
  return {
    input,
    stream,
    decoder: openDecoder(decoder, stream),
    hasVideo: streams.some(isFilm),
  };
}

/** The cover of an album is a video of one picture. */
function isFilm(stream: Stream): boolean {
  const isVideo = stream.codecpar.codecType === AVMEDIA_TYPE_VIDEO;
  return isVideo && !stream.hasDisposition(AV_DISPOSITION_ATTACHED_PIC);
}

function openDecoder(codec: Codec, stream: Stream): CodecContext {
  const decoder = new CodecContext();
  decoder.allocContext3(codec);
  FFmpegError.throwIfError(decoder.parametersToContext(stream.codecpar), 'describe the track');
  decoder.pktTimebase = stream.timeBase;
  decoder.threadCount = 1;
  FFmpegError.throwIfError(decoder.open2Sync(codec, null), 'open the decoder');
  return decoder;
}
