/** Writes samples into a file of one of the formats that Easel gives out. */
import {
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_SAMPLE_FMT_FLTP,
  AV_SAMPLE_FMT_S16,
  AVFMT_FLAG_BITEXACT,
  FF_ENCODER_FLAC,
  FF_ENCODER_LIBMP3LAME,
  FF_ENCODER_LIBOPUS,
  FF_ENCODER_PCM_S16LE,
} from 'node-av/constants';
import {
  AudioFifo,
  avChannelLayoutDefault,
  Codec,
  CodecContext,
  FFmpegError,
  FormatContext,
  Frame,
  Packet,
  Rational,
} from 'node-av/lib';
import type { SoundFormat } from '../task.ts';
import type { Shape, TakeSamples } from './resampler.ts';

export interface Encoding {
  readonly format: SoundFormat;
  readonly sampleRate: number;
  readonly channels: number;
  /** Of all channels together; formats without loss need none. */
  readonly bitsPerSecond: number;
}

export interface Encoder {
  /** What its samples have to be. */
  readonly shape: Shape;
  readonly write: TakeSamples;
  /** Ends the file. */
  end(): void;
}

const CODECS = {
  wav: { name: FF_ENCODER_PCM_S16LE, format: AV_SAMPLE_FMT_S16 },
  mp3: { name: FF_ENCODER_LIBMP3LAME, format: AV_SAMPLE_FMT_FLTP },
  flac: { name: FF_ENCODER_FLAC, format: AV_SAMPLE_FMT_S16 },
  ogg: { name: FF_ENCODER_LIBOPUS, format: AV_SAMPLE_FMT_S16 },
} as const;
/** For codecs that take any number of samples at a time. */
const FREE_FRAME_SAMPLES = 4096;

export function createEncoder(path: string, encoding: Encoding): Encoder {
  const shape: Shape = { ...encoding, format: CODECS[encoding.format].format };
  const codec = openCodec(encoding, shape);
  const file = openFile(path, encoding.format, codec);
  const size = codec.frameSize > 0 ? codec.frameSize : FREE_FRAME_SAMPLES;
  const fifo = new AudioFifo();
  fifo.alloc(shape.format, shape.channels, 2 * size);
  const frame = createFrame(shape, size);
  let planes = frame.data ?? [];
  let written = 0n;

  const encode = (count: number): void => {
    if (!frame.isWritable) {
      FFmpegError.throwIfError(frame.makeWritable(), 'take a frame back');
      planes = frame.data ?? [];
    }
    FFmpegError.throwIfError(fifo.readSync(planes, count), 'gather samples');
    frame.nbSamples = count;
    frame.pts = written;
    written += BigInt(count);
    FFmpegError.throwIfError(codec.sendFrameSync(frame), 'encode');
    file.writePackets();
  };
  return {
    shape,
    write(samples, count) {
      FFmpegError.throwIfError(fifo.writeSync(samples, count), 'keep samples');
      while (fifo.size >= size) encode(size);
    },
    end() {
      if (fifo.size > 0) encode(fifo.size);
      FFmpegError.throwIfError(codec.sendFrameSync(null), 'encode the end');
      file.writePackets();
      file.close();
    },
  };
}

function openCodec({ format, bitsPerSecond }: Encoding, shape: Shape): CodecContext {
  const { name } = CODECS[format];
  const found = Codec.findEncoderByName(name);
  if (!found) throw new Error(`FFmpeg's libraries were built without ${name}.`);
  const codec = new CodecContext();
  codec.allocContext3(found);
  codec.sampleRate = shape.sampleRate;
  codec.sampleFormat = shape.format;
  codec.channelLayout = avChannelLayoutDefault(shape.channels);
  codec.timeBase = new Rational(1, shape.sampleRate);
  codec.bitRate = BigInt(bitsPerSecond);
  codec.flags = AV_CODEC_FLAG_GLOBAL_HEADER;
  codec.threadCount = 1;
  FFmpegError.throwIfError(codec.open2Sync(found, null), `open ${name}`);
  return codec;
}

function openFile(path: string, format: SoundFormat, codec: CodecContext) {
  const file = new FormatContext();
  FFmpegError.throwIfError(file.allocOutputContext2(null, format, `file:${path}`), 'make a file');
  // The same samples are the same bytes: without this, each file would bear a random number.
  file.setFlags(AVFMT_FLAG_BITEXACT);
  const stream = file.newStream(null);
  FFmpegError.throwIfError(codec.parametersFromContext(stream.codecpar), 'describe the track');
  stream.timeBase = codec.timeBase;
  FFmpegError.throwIfError(file.openOutputSync(), 'open the file');
  FFmpegError.throwIfError(file.writeHeaderSync(null), 'begin the file');
  const packet = new Packet();
  packet.alloc();
  return {
    writePackets(): void {
      while (codec.receivePacketSync(packet) >= 0) {
        packet.streamIndex = stream.index;
        packet.rescaleTs(codec.timeBase, stream.timeBase);
        FFmpegError.throwIfError(file.interleavedWriteFrameSync(packet), 'write');
      }
    },
    close(): void {
      FFmpegError.throwIfError(file.writeTrailerSync(), 'end the file');
      file.closeOutputSync();
    },
  };
}

function createFrame(shape: Shape, size: number): Frame {
  const frame = new Frame();
  frame.alloc();
  frame.format = shape.format;
  frame.sampleRate = shape.sampleRate;
  frame.channelLayout = avChannelLayoutDefault(shape.channels);
  frame.timeBase = new Rational(1, shape.sampleRate);
  frame.nbSamples = size;
  frame.allocBuffer();
  return frame;
}
