/** What ffprobe says about a file: a judge apart from every library that Easel uses. */
import { z } from 'zod';
import { withFile } from './keep.ts';
import { run } from './tools.ts';

export interface Probed {
  /** Such as `mp3` or `mov,mp4,m4a,3gp,3g2,mj2`. */
  readonly container: string;
  /** Of the sound in it. */
  readonly codec: string;
  readonly sampleRate: number;
  readonly channels: number;
  /** In the head of the file; undefined where it says nothing. */
  readonly statedSeconds: number | undefined;
  /** By its last packet. */
  readonly seconds: number;
  /** Bits in each second. */
  readonly bitRate: number;
}

const FIELDS = 'format=format_name,duration:stream=codec_name,sample_rate,channels';
const answer = z.object({
  format: z.object({ format_name: z.string(), duration: z.coerce.number().optional() }),
  streams: z.tuple([
    z.object({ codec_name: z.string(), sample_rate: z.coerce.number(), channels: z.number() }),
  ]),
  packets: z.array(
    z.object({
      pts_time: z.coerce.number(),
      duration_time: z.coerce.number(),
      size: z.coerce.number(),
    }),
  ),
});

/** The same of bytes that are in no file. */
export function probeBytes(bytes: Buffer, input: readonly string[] = []): Promise<Probed> {
  return withFile(bytes, (path) => probe(path, input));
}

/** `input` says what the file does not say itself, as raw samples do not. */
export async function probe(path: string, input: readonly string[] = []): Promise<Probed> {
  const entries = ['-show_entries', `${FIELDS}:packet=pts_time,duration_time,size`];
  const words = ['-v', 'error', ...input, '-select_streams', 'a:0', ...entries, '-of', 'json'];
  const text = await run('ffprobe', [...words, path]);
  const { format, streams, packets } = answer.parse(JSON.parse(text.toString()));
  const last = packets.at(-1);
  const seconds = last ? last.pts_time + last.duration_time : 0;
  const bytes = packets.reduce((sum, { size }) => sum + size, 0);
  return {
    container: format.format_name,
    codec: streams[0].codec_name,
    sampleRate: streams[0].sample_rate,
    channels: streams[0].channels,
    statedSeconds: format.duration,
    seconds,
    bitRate: seconds === 0 ? 0 : (bytes * 8) / seconds,
  };
}
