/** Long recordings: heard in stretches, and one transcript to the word and the moment. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { toPartId } from '../../src/jobs/split.ts';
import { waitFor } from '../support/chats/chat.ts';
import { startWebChat } from '../support/chats/web-chat.ts';
import { createListening, type Listening } from '../support/listening.ts';
import type { Said } from '../support/pictures/memory-chat.ts';
import { openStudio, textOf, type Studio } from '../support/pictures/studio.ts';
import {
  hearWords,
  makeLongRecording,
  type LongRecording,
} from '../support/sound/long-recording.ts';
import { probeBytes } from '../support/sound/probe.ts';
import { hasSoundTools } from '../support/sound/tools.ts';
import { HURRIED_PACE, startWorld } from '../support/world.ts';
import { readSubtitles } from '../unit/transcripts/read-subtitles.ts';

const WITHIN_MS = 150_000;

/** Long enough for three stretches; `npm run bench:long-recording` takes one of three hours. */
let recording: LongRecording;
let studio: Studio | undefined;
afterEach(async () => {
  await studio?.close();
  studio = undefined;
});

async function open(): Promise<{ studio: Studio; listening: Listening }> {
  studio = await openStudio({ longestPauseMs: 20 });
  return { studio, listening: createListening(studio) };
}

/** Where each request’s stretch lies, as the store has it. */
async function stretchesOf({ message }: Said, { parts, inputs }: Studio) {
  const { job = '' } = message.buttons[0] ?? {};
  const made = inputs().map((_, at) => parts().store.jobs.read(toPartId(job, at)));
  return (await Promise.all(made)).flatMap((part) =>
    part?.request.stretch ? { ...part.request.stretch, state: part.state } : [],
  );
}

/** What is kept of recordings, and of what they were cut into. */
async function listRecordings(dataFolder: string): Promise<readonly string[]> {
  const names = await readdir(join(dataFolder, 'files'), { recursive: true });
  return names.filter((name) => /given|cuts|\.wav$|\.pcm$/u.test(name));
}

interface Segment {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** A clock’s time, such as `19:04`, of a moment. */
function clock(seconds: number): string {
  const rest = String(Math.floor(seconds) % 60).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes}:${rest}`
    : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest}`;
}

describe.skipIf(!hasSoundTools())('a long recording', () => {
  beforeAll(async () => {
    recording = await makeLongRecording({ seconds: 42 * 60, format: 'mp3' });
  }, WITHIN_MS);

  test(
    'is heard in stretches without gap or overlap, and comes back word for word, in time',
    async () => {
      const { studio, listening } = await open();
      const lengths: number[] = [];
      studio.sandbox.setHearing(async ({ bytes, seconds }) => {
        lengths.push(seconds);
        return { words: await hearWords(bytes) };
      });
      const attachments = [await studio.attachFile(recording)];
      const options = { chunk_level: 'word' };
      await studio.order({ command: 'transcribe', options, attachments });

      const transcript = listening.newest();
      const stretches = await stretchesOf(transcript, studio);
      expect(stretches.length).toBeGreaterThanOrEqual(3);
      expect(stretches.length).toBeLessThanOrEqual(5);
      expect(studio.inputs()).toHaveLength(stretches.length);
      expect(stretches[0]?.from).toBe(0);
      stretches.slice(1).forEach(({ from }, at) => expect(from).toBe(stretches[at]?.to));
      expect(stretches.at(-1)?.to).toBeCloseTo(recording.seconds, 0);
      for (const { from, to } of stretches) expect(to - from).toBeLessThanOrEqual(20 * 60);
      const heard = lengths.reduce((sum, one) => sum + one, 0);
      expect(heard).toBeCloseTo(stretches.at(-1)?.to ?? 0, 1);

      const { txt = '', srt = '', vtt = '', json = '' } = await listening.files(transcript);
      const data = JSON.parse(json) as { text: string; segments: readonly Segment[] };
      expect(data.text).toBe(recording.text);
      expect(txt.trim().replaceAll(/\s+/gu, ' ')).toBe(recording.text);
      expect(data.segments.map(({ text }) => text)).toEqual(
        recording.words.map(({ text }) => text),
      );
      const errors = data.segments.map(({ from, to }, at) => {
        const word = recording.words[at]!;
        return Math.max(Math.abs(from - word.from), Math.abs(to - word.to));
      });
      expect(Math.max(...errors)).toBeLessThan(0.05);
      expectRising(data.segments);

      const cues = readSubtitles(srt);
      expect(readSubtitles(vtt)).toEqual(cues);
      expect(
        cues
          .map(({ text }) => text)
          .join(' ')
          .replaceAll('\n', ' '),
      ).toBe(recording.text);
      expectRising(cues);
      expect(transcript.files.map(({ fileName }) => fileName.split('.').at(-1))).toEqual([
        'txt',
        'srt',
        'vtt',
        'json',
      ]);
      const said = textOf(transcript.message).split('\nLanguage: ')[0] ?? '';
      expect(said.replaceAll(/(?:^|\n)[\d:]+ /gu, ' ').trim()).toBe(recording.text);
    },
    WITHIN_MS,
  );

  test(
    'of which fal loses a stretch comes without it, and says which minutes are missing',
    async () => {
      const { studio, listening } = await open();
      studio.sandbox.setHearing(({ seconds }) => `All of ${seconds}.`);
      studio.sandbox.faults.add({ kind: 'job-fails' });
      const attachments = [await studio.attachFile(recording)];
      await studio.order({ command: 'transcribe', attachments });
      const transcript = listening.newest();
      const stretches = await stretchesOf(transcript, studio);
      const lost = stretches.filter(({ state }) => state === 'failed');
      expect(lost).toHaveLength(1);
      const { from, to } = lost[0]!;
      expect(textOf(transcript.message)).toContain(
        `1 of ${stretches.length} requests brought nothing. Missing: ${clock(from)} to ${clock(to)}. The model failed at fal.`,
      );
      const { json = '' } = await listening.files(transcript);
      const { segments } = JSON.parse(json) as { segments: readonly Segment[] };
      expect(segments).toHaveLength(stretches.length - 1);
      for (const segment of segments) {
        expect(segment.to <= from + 0.01 || segment.from >= to - 0.01).toBe(true);
      }
      expect(await listRecordings(studio.parts().dataFolder)).toEqual([]);
    },
    WITHIN_MS,
  );

  test(
    'that is stopped while its stretches go to fal keeps the others here',
    async () => {
      const { studio, listening } = await open();
      studio.sandbox.faults.add({ kind: 'slow-headers', on: ['upload'], delayMs: 1000 });
      const attachments = [await studio.attachFile(recording)];
      await studio.begin({ command: 'transcribe', attachments });
      const isUploading = () =>
        studio.sandbox.journal.requests.some(({ path }) => /upload/u.test(path));
      await waitFor('the first stretch', isUploading, WITHIN_MS);
      await listening.press('Cancel', listening.newest());
      expect(listening.told()).toEqual(['Stopped']);
      expect(studio.sandbox.journal.submits).toEqual([]);
      expect(studio.sandbox.journal.uploads.length).toBeLessThan(2);
      expect(await listRecordings(studio.parts().dataFolder)).toEqual([]);
    },
    WITHIN_MS,
  );

  test(
    'goes on after the process was killed while it was cut, and while it was heard: nothing is asked for twice',
    async () => {
      const world = await startWorld(await startWebChat(), { pace: HURRIED_PACE });
      try {
        const { chat, sandbox } = world;
        const { promise, resolve: release } = Promise.withResolvers<void>();
        sandbox.setHearing(async ({ seconds }) => {
          await promise;
          return `All of ${seconds}.`;
        });
        const bytes = await readFile(recording.path);
        const { fileName, contentType } = recording;
        await chat.ask('--model whisper', 'channel', [{ fileName, contentType, bytes }]);
        const files = join(world.easel.dataFolder, 'files');
        await waitFor('the cutting to begin', async () => {
          const names = await readdir(files, { recursive: true }).catch(() => []);
          return names.some((name) => name.endsWith('whole.pcm'));
        });
        await world.easel.kill();
        expect(sandbox.journal.submits).toEqual([]);
        await world.restart();
        await waitFor('two requests', () => sandbox.journal.submits.length >= 2, WITHIN_MS);
        await world.easel.kill();
        await world.restart({ FAL_LOOK_BACK_SECONDS: '2' });
        release();
        await waitFor('the end', () => chat.newestStatus().includes('All of'), WITHIN_MS);
        const given = await Promise.all(
          sandbox.journal.submits.map(async ({ input }) => {
            const { audio_url: url } = input as { audio_url: string };
            return probeBytes(Buffer.from(await (await fetch(url)).arrayBuffer()));
          }),
        );
        const seconds = given.map((one) => one.seconds);
        expect(new Set(seconds).size).toBe(seconds.length);
        expect(seconds.reduce((sum, one) => sum + one, 0)).toBeCloseTo(recording.seconds, 0);
        await waitFor('the disk to be cleared', async () => {
          return (await listRecordings(world.easel.dataFolder)).length === 0;
        });
      } finally {
        await world.close();
      }
    },
    WITHIN_MS,
  );
});

function expectRising(cues: readonly { readonly from: number; readonly to: number }[]): void {
  let before = 0;
  for (const { from, to } of cues) {
    expect(from).toBeGreaterThanOrEqual(before);
    expect(to).toBeGreaterThanOrEqual(from);
    before = to;
  }
}
