/** Brings pieces of any sort to one sample rate, number of channels and format. */
import { AV_CHANNEL_ORDER_UNSPEC } from 'node-av/constants';
import type { AVSampleFormat } from 'node-av/constants';
import { avChannelLayoutDefault, FFmpegError, Frame, SoftwareResampleContext } from 'node-av/lib';
import { SoundError } from '../sound-error.ts';
import type { Piece } from './read-pieces.ts';

export interface Shape {
  readonly sampleRate: number;
  readonly channels: number;
  readonly format: AVSampleFormat;
}

/** `planes` hold `count` samples of each channel until the call returns; what lies behind is old. */
export type TakeSamples = (planes: Buffer[], count: number) => void;

export interface Resampler {
  add(piece: Pick<Piece, 'frame' | 'gap'>): void;
  end(): void;
}

export function createResampler(shape: Shape, take: TakeSamples): Resampler {
  let output = createOutput(shape, shape.sampleRate);
  let current: { readonly context: SoftwareResampleContext; readonly sort: string } | undefined;

  const convert = (context: SoftwareResampleContext, frame: Frame | null): number => {
    output.frame.nbSamples = output.room;
    FFmpegError.throwIfError(context.convertFrame(output.frame, frame), 'resample');
    const count = output.frame.nbSamples;
    if (count > 0) take(output.planes, count);
    return count;
  };
  const end = (): void => {
    if (!current) return;
    let count = 1;
    while (count > 0) count = convert(current.context, null);
    current.context.free();
    current = undefined;
  };
  return {
    add({ frame, gap }) {
      if (gap > 0) {
        // What is still on its way through the filter comes before the silence.
        end();
        rest(output, Math.round(gap * shape.sampleRate), take);
      }
      const sort = describe(frame);
      if (current?.sort !== sort) {
        end();
        current = { context: createContext(output.frame, frame), sort };
      }
      const needed = current.context.getOutSamples(frame.nbSamples);
      if (needed > output.room) output = createOutput(shape, needed);
      convert(current.context, frame);
    },
    end,
  };
}

interface Output {
  readonly frame: Frame;
  /** In samples of each channel. */
  readonly room: number;
  readonly planes: Buffer[];
}

function createOutput({ sampleRate, channels, format }: Shape, room: number): Output {
  const frame = new Frame();
  frame.alloc();
  frame.format = format;
  frame.sampleRate = sampleRate;
  frame.channelLayout = avChannelLayoutDefault(channels);
  frame.nbSamples = room;
  frame.allocBuffer();
  // Asked for once: each asking makes new buffers, of which the garbage would be many megabytes.
  return { frame, room, planes: frame.data ?? [] };
}

function rest({ planes, room }: Output, count: number, take: TakeSamples): void {
  for (const plane of planes) plane.fill(0);
  for (let left = count; left > 0; left -= room) take(planes, Math.min(left, room));
}

/** What a context is made for. Some files do not say which channel is which. */
function describe(frame: Frame): string {
  const isUnknown = frame.channelLayout.order === AV_CHANNEL_ORDER_UNSPEC;
  if (isUnknown) frame.channelLayout = avChannelLayoutDefault(frame.channels);
  return `${frame.sampleRate} ${frame.format} ${frame.channels} ${frame.channelLayout.mask}`;
}

/** Refuses what cannot be heard, such as channels that belong to no known arrangement. */
function createContext(output: Frame, input: Frame): SoftwareResampleContext {
  const context = new SoftwareResampleContext();
  context.alloc();
  const isReady = context.configFrame(output, input) >= 0 && context.init() >= 0;
  if (!isReady) throw new SoundError('no-sound');
  return context;
}
