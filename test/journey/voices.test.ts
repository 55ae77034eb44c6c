/**
 * Voices, whole: asked for, read out, made, used and taken back, with the real store, the real runner
 * and a local fal. What fal was asked for is counted.
 */
import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Place } from '../../src/place.ts';
import { runCommand } from '../../src/run-command.ts';
import { openVoices } from '../../src/voices/voice-store.ts';
import { findAskedConsent } from '../../src/voices/give-consent.ts';
import { waitFor } from '../support/chats/chat.ts';
import { ada, bob } from '../support/pictures/memory-chat.ts';
import { openStudio, type Studio } from '../support/pictures/studio.ts';
import { createVoiceBooth, type VoiceBooth } from '../support/voices.ts';

const HEARING = 'fal-ai/whisper';
const CLONING = 'fal-ai/minimax/voice-clone';
const SPEECH = 'fal-ai/minimax/speech-02-hd';
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

let studio: Studio;
let booth: VoiceBooth;
/** A workspace of each test's own, so that one studio does for all. */
let here: Place;
let there: Place;
let count = 0;

beforeAll(async () => {
  studio = await openStudio();
  booth = createVoiceBooth(studio);
});
afterAll(() => studio.close());
beforeEach(() => {
  count += 1;
  const tenant = `guild${count}`;
  here = { platform: 'memory', tenant, channel: `studio${count}` };
  there = { platform: 'memory', tenant, channel: `elsewhere${count}` };
  studio.sandbox.journal.clear();
  studio.sandbox.faults.clear();
});

const asAda = () => ({ person: ada, place: here });
const asBob = () => ({ person: bob, place: here });
const speak = (asking: Parameters<VoiceBooth['voices']>[1] = asAda()) =>
  booth.voices({ action: 'try', name: 'Anna', text: 'Hello, you!' }, asking);
/** By MiniMax's id, past every command that knows of voices. */
const smuggle = async (asking = asBob()) => {
  const options = { prompt: 'Hello!', model: 'minimax-speech-02-hd', voice: await customId() };
  await studio.order({ command: 'imagine', options, ...asking });
};
const store = () => openVoices(studio.parts().store);
const readAnna = async () => {
  const voice = await store().findNamed('Anna', here);
  if (!voice) throw new Error('there is no Anna');
  return voice;
};
const customId = async () => (await readAnna()).customId ?? 'none';
const spoken = () => booth.asked(SPEECH).length;
const countSpoken = async (act: () => Promise<void>) => {
  const before = spoken();
  await act();
  return spoken() - before;
};
const toFields = (input: unknown) => (input ?? {}) as Readonly<Record<string, string>>;
/** The very recording, as every model can read it: 12 seconds at 16 kHz. */
const expectSample = async (address: unknown) => {
  const bytes = await studio.given(address);
  expect(bytes.subarray(0, 4).toString()).toBe('RIFF');
  expect(bytes.length).toBe(44 + 12 * 32_000);
};
/** Without waiting for its end. */
const begin = (options: Readonly<Record<string, unknown>>) =>
  runCommand(studio.chat.toInvocation({ command: 'voices', options, ...asAda() }), studio.parts());

describe('a voice is cloned from the very recording of its consent', () => {
  test('and speaks then; its id at MiniMax is told to nobody', async () => {
    await booth.voices({ action: 'clone', name: 'Anna' }, asAda());
    const sentence = booth.sentence();
    expect(studio.whisper()).toContain('within 30 minutes');
    expect(sentence).toContain('under the name Anna, for me alone, for thirty days.');
    expect(studio.inputs()).toStrictEqual([]);
    expect(await findAskedConsent(ada, here, studio.parts())).toMatchObject({ sentence });

    const recording = await booth.record(sentence);
    await booth.voices({ action: 'consent' }, { ...asAda(), attachments: [recording] });
    const [heard, cloned] = studio.inputs();
    expect(heard).toMatchObject({ endpoint: HEARING, input: { task: 'transcribe' } });
    expect(heard?.input).not.toHaveProperty('prompt');
    expect(cloned).toMatchObject({ endpoint: CLONING });
    await expectSample(toFields(cloned?.input)['audio_url']);
    expect(booth.said().join('\n')).toContain('Consent given by Ada Lovelace for the voice “Anna”');
    expect(booth.said().join('\n')).toContain('It speaks now: /speak --voice Anna');

    const voice = await readAnna();
    expect(await store().readConsent(voice.id)).toMatchObject({
      state: 'given',
      person: ada,
      scope: 'me',
      place: here,
      sentence,
      reading: { transcript: sentence },
    });
    await speak();
    expect(booth.asked(SPEECH)).toMatchObject([
      { input: { text: 'Hello, you!', voice_setting: { voice_id: voice.customId } } },
    ]);
    expect(JSON.stringify(studio.chat.said())).not.toContain(voice.customId);
    expect(await findAskedConsent(ada, here, studio.parts())).toBeUndefined();
  });

  test('never from another text: three tries, then a new sentence', async () => {
    await booth.voices({ action: 'clone', name: 'Anna' }, asAda());
    const sentence = booth.sentence();
    const said = () => booth.said().findLast((text) => text.includes('not the sentence')) ?? '';
    await booth.handIn('Good morning, please call me back tomorrow.', asAda());
    expect(said()).toContain('“Good morning, please call me back tomorrow.”');
    expect(said()).toContain(`“${sentence}”`);
    expect(said()).toContain('2 tries are left.');
    await booth.handIn(sentence.replace('I allow', 'I do not allow'), asAda());
    expect(said()).toContain('One try is left.');
    await booth.handIn('Nothing to see here.', asAda());
    expect(said()).toContain('/voices clone Anna');
    await booth.handIn(sentence, asAda());
    expect(studio.whisper()).toContain('no sentence here for you');
    expect(studio.inputs().map(({ endpoint }) => endpoint)).toStrictEqual(Array(3).fill(HEARING));
    const files = join(studio.parts().dataFolder, 'files');
    const kept = await readdir(files, { recursive: true });
    expect(kept.filter((path) => path.includes('given'))).toStrictEqual([]);
    await booth.voices({ action: 'clone', name: 'Anna' }, asAda());
    expect(booth.sentence()).not.toBe(sentence);
  });

  test('only by the person who was asked, where they were asked, and in time', async () => {
    await booth.voices({ action: 'clone', name: 'Anna' }, asAda());
    const sentence = booth.sentence();
    await booth.handIn(sentence, asBob());
    expect(studio.whisper()).toContain('no sentence here for you');
    const attachments = [await booth.record(sentence)];
    const named = { action: 'consent', name: 'Anna' };
    await booth.voices(named, { ...asBob(), attachments });
    expect(studio.whisper()).toBe('Only Ada Lovelace can consent to that, in their own voice.');
    await booth.handIn(sentence, { person: ada, place: there });
    expect(studio.whisper()).toContain('no sentence here for you');
    await booth.voices({ action: 'clone', name: 'Anna' }, asBob());
    expect(studio.whisper()).toContain('Ada Lovelace is making a voice called “Anna” just now');
    await studio.restart(31 * MINUTE_MS);
    await booth.voices(named, { ...asAda(), attachments });
    expect(studio.whisper()).toContain('no sentence to read out for “Anna” any more');
    expect(studio.inputs()).toStrictEqual([]);
    await booth.clone({ name: 'anna' }, asBob());
    expect((await readAnna()).owner).toStrictEqual(bob);
  });

  test('and where the making fails, there is no half voice, and the name is free for another try', async () => {
    await booth.voices({ action: 'clone', name: 'Anna' }, asAda());
    const attachments = [await booth.record(booth.sentence(), 4)];
    await booth.voices({ action: 'consent' }, { ...asAda(), attachments });
    expect(booth.asked(CLONING)).toHaveLength(1);
    await speak();
    expect(studio.whisper()).toBe('“Anna” has not been made yet.');
    expect(spoken()).toBe(0);
    await booth.voices({ action: 'clone', name: 'Anna' }, asAda());
    expect(booth.sentence()).toContain('under the name Anna');
  });

  test.each([
    ['dia-voice-clone', 'fal-ai/dia-tts/voice-clone', 'ref_audio_url'],
    ['chatterbox-hd', 'resemble-ai/chatterboxhd/text-to-speech', 'audio_url'],
  ])('%s is given the recording at each synthesis', async (model, endpoint, field) => {
    await booth.clone({ name: 'Anna', model }, asAda());
    await speak();
    const [, said, ...more] = studio.inputs();
    expect(more).toStrictEqual([]);
    expect(said?.endpoint).toBe(endpoint);
    const input = toFields(said?.input);
    expect(input['text']).toContain('Hello, you!');
    await expectSample(input[field]);
    const words = `[S1] ${(await readAnna()).sample?.text}`;
    expect(input['ref_text']).toBe(model === 'dia-voice-clone' ? words : undefined);
    await booth.voices({ action: 'revoke', name: 'Anna' }, asAda());
    await speak();
    expect(studio.whisper()).toContain('was revoked');
    expect(booth.asked(endpoint)).toHaveLength(1);
  });
});

describe('a voice speaks for those whom its owner meant', () => {
  test.each([
    ['me', [1, 0, 0]],
    ['channel', [1, 1, 0]],
    ['everyone', [1, 1, 1]],
  ])('%s', async (scope, expected) => {
    await booth.clone({ name: 'Anna', for: scope }, asAda());
    const abroad = { ...here, tenant: 'abroad' };
    const counts = [
      await countSpoken(() => speak({ person: ada, place: there })),
      await countSpoken(() => speak(asBob())),
      await countSpoken(() => speak({ person: bob, place: there })),
    ];
    expect(counts).toStrictEqual(expected);
    expect(await countSpoken(() => smuggle({ person: bob, place: abroad }))).toBe(0);
    expect(booth.said().at(-1)).toContain('belongs to another workspace');
    expect(await countSpoken(() => speak({ person: ada, place: abroad }))).toBe(0);
    expect(studio.whisper()).toContain('There is no voice called “Anna” here.');
    await booth.voices({}, asBob());
    expect(studio.whisper().includes('Anna · cloned')).toBe(scope !== 'me');
  });

  test('until its time is over; then its recording goes, too', async () => {
    await booth.clone({ name: 'Anna', for: 'channel', days: 1 }, asAda());
    const { path = '' } = (await readAnna()).sample ?? {};
    const { dataFolder } = studio.parts();
    await access(join(dataFolder, path));
    await studio.restart(DAY_MS);
    await speak();
    expect(studio.whisper()).toContain('The consent for “Anna” ended on');
    await smuggle(asAda());
    expect(booth.said().at(-1)).toContain('The consent for “Anna” ended on');
    await booth.voices({}, asAda());
    expect(studio.whisper()).toContain('consent ended on');
    await expect(access(join(dataFolder, path))).rejects.toThrow('ENOENT');
    expect(spoken()).toBe(0);
  });
});

describe('a consent that is revoked', () => {
  const hello = { action: 'try', name: 'Anna', text: 'Hello!' };

  test('only by its owner or a moderator, ends everything at once', async () => {
    await booth.clone({ name: 'Anna', for: 'everyone' }, asAda());
    const { path = '' } = (await readAnna()).sample ?? {};
    await booth.voices({ action: 'revoke', name: 'Anna' }, asBob());
    expect(studio.whisper()).toBe('Only Ada Lovelace, or a moderator, can do that.');
    await speak(asBob());
    expect(spoken()).toBe(1);
    await booth.voices({ action: 'revoke', name: 'ANNA' }, { ...asBob(), isModerator: true });
    expect(studio.whisper()).toContain('fal has no way to delete it');
    await expect(access(join(studio.parts().dataFolder, path))).rejects.toThrow('ENOENT');
    for (const asking of [asAda(), asBob()]) {
      await speak(asking);
      expect(studio.whisper()).toContain('The consent for “Anna” was revoked');
      await smuggle(asking);
    }
    await booth.voices({ action: 'keep', name: 'Anna' }, asAda());
    expect(spoken()).toBe(1);
    expect((await store().readConsent((await readAnna()).id))?.state).toBe('revoked');
  });

  test('stops a job that waits in fal’s line: it is cancelled and never delivered', async () => {
    await booth.clone({ name: 'Anna' }, asAda());
    const results = studio.chat.results().length;
    studio.sandbox.faults.add({ kind: 'stuck-in-queue', position: 3, when: { endpoint: SPEECH } });
    await begin(hello);
    await waitFor('fal to have it', async () => {
      const open = await studio.parts().store.jobs.listOpenIds();
      const jobs = await Promise.all(open.map((id) => studio.parts().store.jobs.read(id)));
      return jobs.some((job) => job?.state === 'submitted');
    });
    await booth.voices({ action: 'revoke', name: 'Anna' }, asAda());
    await studio.settle();
    expect(studio.sandbox.journal.cancels).toMatchObject([{ endpoint: SPEECH }]);
    expect(studio.chat.results()).toHaveLength(results);
    expect(booth.said().at(-1)).toContain('“Anna” may no longer speak');
  });

  test('stops a job that fal has not taken yet: it is never sent again', async () => {
    await booth.clone({ name: 'Anna' }, asAda());
    studio.sandbox.faults.add({ kind: 'rate-limited', retryAfterSeconds: 1, on: ['submit'] });
    await begin(hello);
    const posts = () =>
      studio.sandbox.journal.requests.filter(
        ({ method, path }) => method === 'POST' && path.includes('speech-02-hd'),
      ).length;
    await waitFor('fal to refuse it for now', async () => posts() === 1);
    await booth.voices({ action: 'revoke', name: 'Anna' }, asAda());
    await studio.settle();
    expect(posts()).toBe(1);
    expect(spoken()).toBe(0);
    expect(booth.said().at(-1)).toContain('“Anna” may no longer speak');
  });

  test('keeps back what has been made already', async () => {
    await booth.clone({ name: 'Anna' }, asAda());
    const results = studio.chat.results().length;
    studio.sandbox.faults.add({ kind: 'slow-headers', on: ['file'], delayMs: 400 });
    await begin(hello);
    await waitFor('fal to have made it', async () => {
      const [id = ''] = await studio.parts().store.jobs.listOpenIds();
      return (await studio.parts().store.jobs.read(id))?.state === 'finished';
    });
    await booth.voices({ action: 'revoke', name: 'Anna' }, asAda());
    await studio.settle();
    expect(spoken()).toBe(1);
    expect(studio.chat.results()).toHaveLength(results);
    expect(booth.said().at(-1)).toContain('The consent for “Anna” was revoked');
  });

  test('before it is given closes the question', async () => {
    await booth.voices({ action: 'clone', name: 'Anna' }, asAda());
    const sentence = booth.sentence();
    await booth.voices({ action: 'revoke', name: 'Anna' }, asAda());
    await booth.handIn(sentence, asAda());
    expect(studio.whisper()).toContain('no sentence here for you');
    expect(studio.inputs()).toStrictEqual([]);
  });
});

describe('a designed voice', () => {
  test('needs nobody’s consent, speaks in its workspace, and is deleted by its owner', async () => {
    const description = 'an old sailor, warm and slow';
    await booth.voices({ action: 'design', name: 'Anna', description, text: 'Ahoy!' }, asAda());
    expect(studio.inputs()).toMatchObject([
      {
        endpoint: 'fal-ai/minimax/voice-design',
        input: { prompt: description, preview_text: 'Ahoy!' },
      },
    ]);
    await speak({ person: bob, place: there });
    expect(spoken()).toBe(1);
    await booth.voices({ action: 'design', name: 'ANNA', description }, asBob());
    expect(studio.whisper()).toContain('There is a voice called “Anna” already');
    const id = await customId();
    await booth.voices({ action: 'delete', name: 'Anna' }, asBob());
    expect(studio.whisper()).toBe('Only Ada Lovelace, or a moderator, can do that.');
    await booth.voices({ action: 'delete', name: 'Anna' }, asAda());
    expect(studio.whisper()).toContain('The voice “Anna” is deleted.');
    await speak();
    expect(studio.whisper()).toContain('There is no voice called “Anna” here');
    const options = { prompt: 'Hello!', model: 'minimax-speech-02-turbo', voice: id };
    await studio.order({ command: 'imagine', options, ...asAda() });
    expect(booth.said().at(-1)).toContain('The voice “Anna” was deleted.');
    expect(spoken()).toBe(1);
  });

  test('dies of seven days’ disuse at MiniMax, which is said; a word on request keeps it', async () => {
    await booth.voices({ action: 'design', name: 'Anna', description: 'a robot' }, asAda());
    await booth.voices({}, asBob());
    expect(studio.whisper()).toMatch(/It dies on \d+ \w+ \d{4} unless it is used/u);
    await studio.restart(5 * DAY_MS);
    await booth.voices({ action: 'keep', name: 'Anna' }, asBob());
    expect(booth.asked(SPEECH)).toMatchObject([{ input: { text: 'Hello.' } }]);
    await studio.restart(5 * DAY_MS);
    await speak();
    expect(spoken()).toBe(2);
    await studio.restart(7 * DAY_MS);
    await booth.voices({}, asAda());
    expect(studio.whisper()).toContain('MiniMax will have deleted it on');
    await speak();
    expect(studio.whisper()).toContain('said nothing for 7 days');
    expect(spoken()).toBe(2);
  });
});

describe('nobody’s voice is imitated without consent', () => {
  test.each([
    ['minimax-voice-clone', {}],
    ['chatterbox-hd', {}],
    ['dia-voice-clone', { ref_text: 'hello' }],
  ])('%s takes no recording of anybody', async (model, more) => {
    const attachments = [await booth.record('Anything at all.')];
    const options = { prompt: 'Hello!', model, ...more };
    await studio.order({ command: 'imagine', options, attachments, ...asAda() });
    expect(studio.whisper()).toContain('/voices clone asks for it');
    expect(studio.inputs()).toStrictEqual([]);
  });
});
