/** What a request needs to speak with a voice that somebody named. */
import { beforeEach, expect, test } from 'vitest';
import type { JobParts } from '../../../src/jobs/job-parts.ts';
import { loadModels } from '../../../src/models/load-models.ts';
import { ask, give, hear } from '../../../src/voices/consent.ts';
import { resolveVoice } from '../../../src/voices/resolve-voice.ts';
import type { Maker, Voice } from '../../../src/voices/voice.ts';
import { openVoices } from '../../../src/voices/voice-store.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { createMemoryRecords } from '../../support/memory-records.ts';
import { ada, bob, elsewhere, studio } from '../../support/pictures/memory-chat.ts';

const models = await loadModels();
const WEEK_MS = 7 * 24 * 60 * 60_000;
const asAda = { person: ada, place: studio };

let parts: Pick<JobParts, 'store' | 'models'> & { clock: ReturnType<typeof createManualClock> };
let voices: ReturnType<typeof openVoices>;
beforeEach(() => {
  const records = createMemoryRecords();
  const store = { records: () => records } as unknown as JobParts['store'];
  parts = { store, models, clock: createManualClock() };
  voices = openVoices(store);
});

async function keep(maker: Maker): Promise<void> {
  const now = parts.clock.now();
  const sample = { path: 'x', fileName: 'a.ogg', claimedType: 'audio/ogg', bytes: 9, text: 'Hi.' };
  const made = { sample, customId: 'Voice00aa11bb22cc', begunAt: now, madeAt: now };
  const kept = { id: 'v', name: 'Old Tom', kind: 'cloned', maker, ...made } as const;
  const voice: Voice = { ...kept, owner: ada, place: studio };
  await voices.add(voice);
  await voices.claimName(voice);
  const about = { voice: 'v', person: ada, place: studio, sentence: 'Hi.', words: [] };
  await voices.addConsent(ask({ ...about, scope: 'me', days: 300 }, now));
  await voices.turn('v', (consent) => hear(consent, { job: 'j', transcript: 'Hi.' }, now));
  await voices.turn('v', (consent) => give(consent, now));
}

const FILE = { platform: 'easel:voice', id: 'v', fileName: 'a.ogg', claimedType: 'audio/ogg' };
const speaks = { id: 'v', role: 'speaks' };

test.each([
  [
    'minimax',
    'minimax-speech-02-hd',
    { files: [], options: { voice: 'Voice00aa11bb22cc' }, voice: speaks },
  ],
  [
    'dia',
    'dia-voice-clone',
    {
      files: [{ ...FILE, bytes: 9, url: '', option: 'ref_audio_url' }],
      options: { ref_text: '[S1] Hi.' },
      asWav: true,
      voice: speaks,
    },
  ],
  [
    'chatterbox',
    'chatterbox-hd',
    {
      files: [{ ...FILE, bytes: 9, url: '', option: 'audio_url' }],
      options: {},
      asWav: true,
      voice: speaks,
    },
  ],
] as const)('a voice of %s speaks with %s', async (maker, model, expected) => {
  await keep(maker);
  expect(await resolveVoice({ name: 'old-tom' }, asAda, parts)).toEqual({ model, ...expected });
});

const wanted = (model: string) => resolveVoice({ name: 'OLD TOM', model }, asAda, parts);

test('a wanted model is kept where it fits, and refused where it does not', async () => {
  await keep('minimax');
  expect((await wanted('minimax-speech-02-turbo'))?.model).toBe('minimax-speech-02-turbo');
  expect((await wanted('fal-ai/minimax/speech-02-hd'))?.model).toBe('fal-ai/minimax/speech-02-hd');
  for (const model of ['chatterbox-hd', 'dia-tts', 'minimax-voice-clone', 'no-such-model']) {
    await expect(wanted(model)).rejects.toThrow(/a voice of MiniMax: it speaks with minimax/u);
  }
});

test('no voice of that name is none; one that may not be used, or is dead, is said', async () => {
  await keep('minimax');
  const named = (name: string, asking = asAda) => resolveVoice({ name }, asking, parts);
  expect(await named('Wise_Woman')).toBeUndefined();
  const abroad = { person: ada, place: { ...studio, tenant: 'abroad' } };
  expect(await named('Old Tom', abroad)).toBeUndefined();
  await expect(named('Old Tom', { person: bob, place: elsewhere })).rejects.toThrow(/used by Ada/u);
  await parts.clock.advance(WEEK_MS - 1);
  expect(await named('Old Tom')).toBeDefined();
  await parts.clock.advance(1);
  await expect(named('Old Tom')).rejects.toThrow(/\/voices keep Old Tom/u);
  await voices.noteUse('v', parts.clock.now());
  expect(await named('Old Tom')).toBeDefined();
});
