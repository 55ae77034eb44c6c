/** What can go wrong with a recording: one clear sentence, nothing paid twice, nothing left behind. */
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FaultRule } from '../../src/fal/sandbox/sandbox.ts';
import { waitFor } from '../support/chats/chat.ts';
import { startScriptedServer } from '../support/scripted-server.ts';
import { createListening, SAID, type Listening } from '../support/listening.ts';
import { bob } from '../support/pictures/memory-chat.ts';
import { openStudio, textOf, type Studio } from '../support/pictures/studio.ts';
import { probeBytes } from '../support/sound/probe.ts';
import { makeRecording } from '../support/sound/recording.ts';
import { hasSoundTools } from '../support/sound/tools.ts';

let studio: Studio;
let listening: Listening;
beforeEach(async () => {
  studio = await openStudio({ longestPauseMs: 20 });
  listening = createListening(studio);
  listening.hears(SAID);
});
afterEach(() => studio.close());

/** Everything that is kept of recordings and of what came of them. */
async function listKept(): Promise<readonly string[]> {
  const folder = join(studio.parts().dataFolder, 'files');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

/** A file of this name and type that holds these bytes. */
async function attachClaimed(fileName: string, contentType: string, bytes: Buffer) {
  const path = join(studio.parts().dataFolder, fileName);
  await writeFile(path, bytes);
  return studio.attachFile({ path, fileName, contentType });
}

const refuses = (type: string, details = {}): FaultRule => ({
  kind: 'model-refuses',
  type,
  details,
  loc: ['body', 'audio_url'],
  message: 'No speech was detected.',
});

describe.skipIf(!hasSoundTools())('a recording that fal cannot read', () => {
  test('goes there once more as WAV, whole, and nothing is said of it', async () => {
    studio.sandbox.faults.add({ kind: 'strict-sound', times: Infinity });
    const transcript = await listening.transcribe();
    expect(textOf(transcript.message)).toMatch(
      /^Hello there\. .*\nLanguage: English\nFor [^\n]*$/u,
    );
    const [first, second] = studio.sandbox.journal.uploads;
    expect(first?.contentType).toMatch(/^audio\/ogg/u);
    expect(second).toMatchObject({ fileName: 'recording.wav', contentType: 'audio/wav' });
    const input = listening.asked().at(-1)?.input as { audio_url: string };
    const wav = await probeBytes(await studio.given(input.audio_url));
    expect(wav).toMatchObject({ container: 'wav', sampleRate: 16_000, channels: 1 });
    const { seconds } = await makeRecording({ words: SAID, format: 'ogg' });
    expect(wav.seconds).toBeCloseTo(seconds, 1);
    expect(listening.asked()).toHaveLength(2);
    expect(await listKept()).toEqual(['transcript.json']);
  });

  test('either way is told, and asked for twice, never more', async () => {
    studio.sandbox.faults.add({ kind: 'strict-sound', formats: ['mp3'], times: Infinity });
    await listening.transcribe();
    expect(listening.told()).toEqual([
      'No transcript\nThe model cannot read this kind of sound. It takes: mp3.',
    ]);
    expect(listening.asked()).toHaveLength(2);
    expect(await listKept()).toEqual([]);
  });

  test('and nobody else either is told as well', async () => {
    const { bytes } = await makeRecording({ words: SAID, format: 'mp4' });
    studio.sandbox.faults.add({ kind: 'strict-sound', formats: ['wav'] });
    const torn = await attachClaimed('torn.mp4', 'video/mp4', bytes.subarray(0, 2000));
    await studio.order({ command: 'transcribe', attachments: [torn] });
    expect(listening.told()).toEqual([
      'No transcript\n“torn.mp4” is not a sound that can be read. Attach an MP3, WAV, M4A, OGG or WebM file.',
    ]);
    expect(listening.asked()).toHaveLength(1);
    expect(await listKept()).toEqual([]);
  });
});

describe.skipIf(!hasSoundTools())('one clear sentence is said, and nothing else', () => {
  test.each<[string, readonly FaultRule[], string]>([
    [
      'a recording is too long',
      [{ kind: 'strict-sound', formats: ['ogg'], maxSeconds: 2 }],
      'The recording is too long for this model; it takes at most 2 seconds.',
    ],
    [
      'a recording is too short',
      [refuses('audio_duration_too_short', { min_duration: 5 })],
      'The recording is too short for this model; it takes at least 5 seconds.',
    ],
    ['nobody speaks', [refuses('no_media_generated')], 'No speech was found in the recording.'],
    [
      'fal cannot fetch it',
      [refuses('file_download_error')],
      'fal could not fetch a file. Please attach it again.',
    ],
    ['the model breaks', [{ kind: 'job-fails' }], 'The model failed at fal. Please try again.'],
    [
      'the account is empty',
      [{ kind: 'locked', on: ['submit'] }],
      'This bot’s fal account is locked or out of credit. Whoever runs the bot must see to it at fal.ai/dashboard/billing; nothing is wrong with your request.',
    ],
    [
      'the model says something of its own',
      [refuses('value_error')],
      '“audio_url” does not fit: No speech was detected.',
    ],
  ])('where %s', async (_, faults, sentence) => {
    for (const fault of faults) studio.sandbox.faults.add(fault);
    await listening.transcribe();
    expect(listening.told()).toEqual([`No transcript\n${sentence}`]);
    expect(listening.asked().length).toBeLessThan(2);
    expect(await listKept()).toEqual([]);
  });

  test.each([
    ['silence', ''],
    ['blanks', '   '],
  ])('where %s was heard', async (_, words) => {
    studio.sandbox.setHearing(() => ({ words: words === '' ? [] : [{ text: words }] }));
    const transcript = await listening.transcribe();
    const [sentence, facts, ...others] = textOf(transcript.message).split('\n');
    expect(sentence).toBe('No speech was found in the recording.');
    expect(facts).toMatch(/^For Ada Lovelace/u);
    expect(others).toEqual([]);
    expect(listening.labels(transcript)).toEqual(['Details', 'Delete']);
  });
});

test.each([
  ['words', 'notes.mp3', 'audio/mpeg', Buffer.from('Just words.')],
  ['nothing', 'empty.ogg', 'audio/ogg', Buffer.alloc(0)],
  ['a picture', 'me.mp4', 'video/mp4', Buffer.from('89504e470d0a1a0a0000000d4948445200', 'hex')],
  ['noise of more than a moment', 'noise.wav', 'audio/wav', Buffer.alloc(600_000, 'RIFFnoise')],
])('a file that holds %s is no sound, and nothing is sent', async (_, fileName, type, bytes) => {
  const ref = await attachClaimed(fileName, type, bytes);
  await studio.order({ command: 'transcribe', attachments: [ref] });
  expect(listening.told()).toHaveLength(1);
  expect(listening.told()[0]).toMatch(
    new RegExp(
      `^No transcript\n“${fileName}” is not a (?:sound|video) that can be read\\. Attach an? `,
      'u',
    ),
  );
  expect(studio.sandbox.journal.uploads).toEqual([]);
  expect(await listKept()).toEqual([]);
});

describe('a recording that does not come', () => {
  test.each([
    ['is gone', 404, {}, 'The file is no longer there. Please try again.'],
    [
      'hides behind a login',
      200,
      { 'content-type': 'text/html' },
      'There was a web page where the file should be.',
    ],
    ['is empty', 200, {}, 'The file is empty.'],
    ['is too large', 200, { 'content-length': '600000000' }, 'The file is too large.'],
    ['cannot be reached', 503, {}, 'The file could not be fetched. Please try again in a moment.'],
  ])('because it %s', async (_, status, headers, sentence) => {
    await using server = await startScriptedServer((_request, response) => {
      response.writeHead(status, headers);
      if ('content-length' in headers) response.write('x');
      else response.end();
    });
    const source = {
      kind: 'remote',
      url: `${server.url}/a.ogg`,
      headers: {},
      hosts: [server.host],
    } as const;
    const ref = studio.chat.upload('a.ogg', source, { claimedType: 'audio/ogg', bytes: 900 });
    await studio.order({ command: 'transcribe', attachments: [ref] });
    expect(listening.told()).toEqual([`No transcript\n“a.ogg” cannot be used. ${sentence}`]);
    expect(listening.asked()).toEqual([]);
    expect(await listKept()).toEqual([]);
  });
});

describe.skipIf(!hasSoundTools())('whatever happens in between', () => {
  test('a recording goes to fal again where it was not taken, and is heard once', async () => {
    studio.sandbox.faults.add({ kind: 'http-error', on: ['upload'] });
    studio.sandbox.faults.add({ kind: 'rate-limited', retryAfterSeconds: 0 });
    studio.sandbox.faults.add({ kind: 'bad-json', on: ['result'] });
    const transcript = await listening.transcribe();
    expect(textOf(transcript.message)).toContain(SAID);
    expect(listening.asked()).toHaveLength(1);
  });

  test('a new process goes on with what the last one heard, and pays nothing twice', async () => {
    const { release } = listening.hearsLater(SAID);
    const attachments = [await listening.record()];
    await studio.begin({ command: 'transcribe', attachments });
    await waitFor('the request', () => listening.asked().length === 1);
    await studio.restart();
    release();
    await studio.settle();
    const [status, transcript, ...others] = listening.told();
    expect(status).toBe('Done · see the transcript');
    expect(transcript).toContain(SAID);
    expect(others).toEqual([]);
    expect(listening.asked()).toHaveLength(1);
    expect(await listKept()).toEqual(['transcript.json']);
  });

  test('Cancel stops it, and leaves nothing behind', async () => {
    studio.sandbox.setPace({ runMs: 30_000 });
    const attachments = [await listening.record()];
    await studio.begin({ command: 'transcribe', attachments });
    await waitFor('the request', () => listening.asked().length === 1);
    await listening.press('Cancel', listening.newest());
    expect(listening.told()).toEqual(['Stopped']);
    expect(studio.sandbox.journal.cancels).toHaveLength(1);
    expect(await listKept()).toEqual([]);
  });
});

describe.skipIf(!hasSoundTools())('a transcript that is taken away', () => {
  test('is gone from the chat and from the disk, with those that were put right after it', async () => {
    const transcript = await listening.transcribe();
    const mended = await listening.reply(transcript, 'Kowalski, not Kovalsky');
    await listening.files(mended);
    expect((await listKept()).filter((name) => name === 'transcript.json')).toHaveLength(2);
    await listening.press('Delete', mended);
    await listening.press('Delete', transcript);
    expect(await listKept()).toEqual([]);
    expect(listening.told()).toEqual(['Deleted by Ada Lovelace', 'Deleted by Ada Lovelace']);
    for (const one of [transcript, mended]) {
      await listening.reply(one, 'Kowalski, not Kovalsky');
      expect(studio.whisper()).toBe('That transcript was deleted.');
      await listening.press('Files', one);
      expect(studio.whisper()).toBe('That transcript was deleted.');
    }
  });

  test('stays where somebody else wants it gone', async () => {
    const transcript = await listening.transcribe();
    await listening.press('Delete', transcript, { person: bob });
    expect(studio.whisper()).toBe('Only the person who asked for it, or a moderator, can do that.');
    expect(await listKept()).toEqual(['transcript.json']);
  });
});
