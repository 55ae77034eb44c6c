/** Decodes a recording from its beginning to its end, in pieces of some milliseconds. */
import { AV_NOPTS_VALUE } from 'node-av/constants';
import { type CodecContext, Frame, Packet } from 'node-av/lib';
import { LONGEST_HOURS, SoundError } from '../sound-error.ts';
import type { OpenedSound } from './open-sound.ts';
import { createTimeline } from './timeline.ts';

export interface Piece {
  /** Only until the next piece is asked for. */
  readonly frame: Frame;
  /** Seconds of silence before it. */
  readonly gap: number;
  /** Where it ends in the recording, in seconds. */
  readonly end: number;
}

const PIECES_BETWEEN_LOOKS = 500;
const parent = process.ppid;

/** Broken parts are left out. Throws `SoundError` where nothing is left, or too much. */
export function* readPieces(sound: OpenedSound): Generator<Piece, void> {
  const { input, stream } = sound;
  const { num, den } = stream.timeBase;
  const origin = input.startTime === AV_NOPTS_VALUE ? 0 : Number(input.startTime) / 1e6;
  const timeline = createTimeline(origin);
  let count = 0;
  for (const frame of decode(sound)) {
    const at = frame.pts === AV_NOPTS_VALUE ? undefined : (Number(frame.pts) * num) / den;
    const gap = timeline.place({ at, seconds: frame.nbSamples / frame.sampleRate });
    if (timeline.end > LONGEST_HOURS * 3600) throw new SoundError('too-long');
    yield { frame, gap, end: timeline.end };
    count += 1;
    if (count % PIECES_BETWEEN_LOOKS === 0) stopIfAlone();
  }
  if (count === 0) throw new SoundError('no-sound');
}

function* decode({ input, stream, decoder }: OpenedSound): Generator<Frame, void> {
  using packet = new Packet();
  packet.alloc();
  using frame = new Frame();
  frame.alloc();
  const { index } = stream;
  while (input.readFrameSync(packet) >= 0) {
    if (packet.streamIndex === index) {
      // A refusal is not the end: what comes after a broken part may be whole.
      decoder.sendPacketSync(packet);
      yield* receive(decoder, frame);
    }
    packet.unref();
  }
  decoder.sendPacketSync(null);
  yield* receive(decoder, frame);
}

function* receive(decoder: CodecContext, frame: Frame): Generator<Frame, void> {
  while (decoder.receiveFrameSync(frame) >= 0) {
    if (isWhole(frame)) yield frame;
  }
}

/** No recorder works otherwise; a file may claim thousands of channels, or one sample a second. */
function isWhole({ nbSamples, sampleRate, channels }: Frame): boolean {
  const isKnown = channels > 0 && channels <= 8 && sampleRate >= 4000 && sampleRate <= 768_000;
  return isKnown && nbSamples > 0;
}

/** Whoever asked is gone and will ask again: two must not write the same files. */
function stopIfAlone(): void {
  if (process.ppid !== parent) process.exit();
}
