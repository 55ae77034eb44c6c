/**
 * What a recording of three hours takes on its way through the whole bot, in a process of its own, to its
 * transcript: how many requests, how long, how much memory at its peak, in Easel itself and in the
 * processes that it has sounds worked on by; and whether every word comes back in its time. From the
 * web chat, with the sandbox as fal, which hears what is really in each stretch and tells every word by
 * itself. Prints; asserts nothing. The aims are 200 MB beyond what Easel holds when idle, and 200 MB in
 * all for each of the other processes. Linux only (`/proc`); needs ffmpeg.
 *
 *   npm run bench:long-recording
 */
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { GivenSound } from '../src/fal/sandbox/sandbox.ts';
import { waitFor } from '../test/support/chats/chat.ts';
import { startWebChat, type WebTestChat } from '../test/support/chats/web-chat.ts';
import type { SoundFormat } from '../test/support/sound/formats.ts';
import {
  hearWords,
  makeLongRecording,
  type LongRecording,
} from '../test/support/sound/long-recording.ts';
import { HURRIED_PACE, startWorld, type World } from '../test/support/world.ts';
import { readSubtitles } from '../test/unit/transcripts/read-subtitles.ts';
import { forgetPeak, readMemory, watchChildren } from './memory/process-memory.ts';

const AIM_MB = 200;
const HOURS = 3;
const FORMATS: readonly SoundFormat[] = ['mp3', 'm4a'];
const IDLE_MS = 5000;
const SAMPLE_MS = 10;
const WITHIN_MS = 20 * 60_000;

for (const format of FORMATS) await measure(format);

async function measure(format: SoundFormat): Promise<void> {
  const recording = await makeLongRecording({ seconds: HOURS * 3600, format });
  const bytes = await readFile(recording.path);
  print(
    `${format}        ${HOURS} hours, ${toMb(bytes.length)} MB, ${recording.words.length} words`,
  );
  const world = await startWorld(await startWebChat(), { pace: HURRIED_PACE });
  const ears = listen(world);
  await wait(IDLE_MS);
  const idle = await readMemory(world.easel.pid);
  await forgetPeak(world.easel.pid);
  const over = new AbortController();
  const workers = watchChildren(world.easel.pid, SAMPLE_MS, over.signal);
  const started = performance.now();
  const { fileName, contentType } = recording;
  const wish = '--model whisper --chunk_level word';
  await world.chat.ask(wish, 'channel', [{ fileName, contentType, bytes }]);
  const transcript = await waitForTranscript(world.chat);
  const seconds = (performance.now() - started) / 1000;
  over.abort();
  const main = await readMemory(world.easel.pid);
  tellStretches(ears.heard, recording);
  tellWords(transcript, recording);
  print(
    `  time      ${seconds.toFixed(0)} s, of which the sandbox listened for ${ears.seconds().toFixed(0)} s`,
  );
  const extra = main.peak - idle.now;
  print(
    `  Easel     ${main.peak.toFixed(0)} MB at the peak, ${extra.toFixed(0)} MB more than the ${idle.now.toFixed(0)} MB of idleness: ${judge(extra)}`,
  );
  const worker = await workers;
  print(`  workers   ${worker.toFixed(0)} MB at the peak: ${judge(worker)}`);
  await world.close();
}

/** The sandbox hears, one stretch after the other, what a real model would. */
function listen({ sandbox }: World) {
  const heard: GivenSound[] = [];
  let milliseconds = 0;
  let turn: Promise<unknown> = Promise.resolve();
  sandbox.setHearing((sound) => {
    heard.push({ ...sound, bytes: Buffer.alloc(0) });
    const words = turn.then(async () => {
      const started = performance.now();
      const found = await hearWords(sound.bytes);
      milliseconds += performance.now() - started;
      return { words: found };
    });
    turn = words;
    return words;
  });
  return { heard, seconds: () => milliseconds / 1000 };
}

/** The files that come with a transcript, by what they hold. */
async function waitForTranscript(chat: WebTestChat) {
  const [delivery] = await waitFor(
    'the transcript',
    async () => {
      const found = await chat.deliveries();
      return found.length > 0 && found;
    },
    WITHIN_MS,
  );
  const texts = (delivery?.files ?? []).map((file) => Buffer.from(file.bytes).toString());
  const find = (start: string): string => texts.find((text) => text.startsWith(start)) ?? '';
  return { json: find('{'), srt: find('1\n'), vtt: find('WEBVTT') };
}
type Transcript = Awaited<ReturnType<typeof waitForTranscript>>;

function tellStretches(heard: readonly GivenSound[], recording: LongRecording): void {
  const lengths = heard.map(({ seconds }) => seconds);
  const missing = recording.seconds - lengths.reduce((sum, one) => sum + one, 0);
  const [shortest, longest] = [Math.min(...lengths), Math.max(...lengths)];
  print(
    `  requests  ${lengths.length}, of ${toMinutes(shortest)} to ${toMinutes(longest)} minutes; together they are ` +
      `${(missing * 1000).toFixed(0)} ms shorter than the recording`,
  );
}

interface Segment {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

function tellWords({ json, srt, vtt }: Transcript, recording: LongRecording): void {
  const { text, segments } = JSON.parse(json) as { text: string; segments: readonly Segment[] };
  const isSame = text === recording.text ? 'is the source, word for word' : 'DIFFERS';
  const errors = segments.map(({ from, to }, at) => {
    const word = recording.words[at];
    return word ? Math.max(Math.abs(from - word.from), Math.abs(to - word.to)) : Infinity;
  });
  const times = segments.flatMap(({ from, to }) => [from, to]);
  print(`  text      ${isSame}: ${text.length} characters`);
  print(
    `  times     at most ${(Math.max(...errors) * 1000).toFixed(0)} ms off, ${wordRise(times)}`,
  );
  const cues = readSubtitles(srt);
  const shown = cues.map((cue) => cue.text.replaceAll('\n', ' ')).join(' ');
  const isAll = shown === recording.text ? 'hold every word' : 'DIFFER';
  const isEqual = JSON.stringify(readSubtitles(vtt)) === JSON.stringify(cues);
  print(
    `  subtitles ${cues.length} by ffprobe's count, ${isAll}, ${wordRise(cues.flatMap(({ from, to }) => [from, to]))}; ` +
      `.srt and .vtt ${isEqual ? 'are equal' : 'DIFFER'}`,
  );
}

function wordRise(times: readonly number[]): string {
  const isRising = times.every((time, at) => time >= (times[at - 1] ?? 0));
  return isRising ? 'and they rise' : 'and they DO NOT RISE';
}

function judge(megabytes: number): string {
  return `${megabytes < AIM_MB ? 'within' : 'ABOVE'} ${AIM_MB} MB`;
}

function toMinutes(seconds: number): string {
  return (seconds / 60).toFixed(1);
}

function toMb(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
