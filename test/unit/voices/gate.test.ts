/** Nothing passes the gate without a live consent: each rule by itself, with the real models. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Job } from '../../../src/jobs/job.ts';
import type { JobParts } from '../../../src/jobs/job-parts.ts';
import { loadModels } from '../../../src/models/load-models.ts';
import type { Place } from '../../../src/place.ts';
import type { GenerationRequest } from '../../../src/request.ts';
import { ask, give, hear, withdraw, type Question } from '../../../src/voices/consent.ts';
import { OWN_VOICES } from '../../../src/voices/find-sample.ts';
import { assertMayDeliver, assertMaySpeak } from '../../../src/voices/gate.ts';
import { makeSentence } from '../../../src/voices/sentence.ts';
import type { Voice } from '../../../src/voices/voice.ts';
import { openVoices } from '../../../src/voices/voice-store.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { createMemoryRecords } from '../../support/memory-records.ts';
import { newJob } from '../../support/new-job.ts';
import { ada, bob, elsewhere, studio } from '../../support/pictures/memory-chat.ts';

const models = await loadModels({ allowed: ['families', 'fal-ai/f5-tts'] });
const abroad: Place = { ...studio, tenant: 'another guild' };
const DAY_MS = 24 * 60 * 60_000;
const SAMPLE = { path: 'x', fileName: 'a.wav', claimedType: 'audio/wav', bytes: 1, text: 'hello' };
const REF = { platform: OWN_VOICES, id: 'anna', fileName: 'a', claimedType: 'audio/wav' };
const ref = { ...REF, bytes: 1, url: '' };

let parts: Pick<JobParts, 'store' | 'clock' | 'models'> & {
  clock: ReturnType<typeof createManualClock>;
};
let voices: ReturnType<typeof openVoices>;
beforeEach(() => {
  const records = createMemoryRecords();
  const store = { records: () => records } as unknown as JobParts['store'];
  parts = { store, models, clock: createManualClock() };
  voices = openVoices(store);
});

async function keep(change: Partial<Voice> = {}, question: Partial<Question> = {}) {
  const now = parts.clock.now();
  const made = { begunAt: now, madeAt: now, sample: SAMPLE, customId: 'Voice00aa11bb22cc' };
  const kept = { id: 'anna', name: 'Anna', kind: 'cloned', maker: 'minimax', ...made } as const;
  const voice: Voice = { ...kept, owner: ada, place: studio, ...change };
  await voices.add(voice);
  if (voice.customId !== undefined) await voices.noteCustomId(voice.customId, voice);
  if (voice.kind === 'designed') return;
  const { text: sentence, words } = makeSentence({ name: 'Anna', scope: 'me', days: 30 });
  const about = { voice: voice.id, person: ada, place: studio, sentence, words: [...words] };
  const asked = ask({ ...about, scope: 'me', days: 30, ...question }, now);
  await voices.addConsent(asked);
  await voices.turn(voice.id, (one) => hear(one, { job: 'j', transcript: sentence }, now));
  await voices.turn(voice.id, (one) => give(one, now));
}

const speaking: GenerationRequest = {
  model: 'minimax-speech-02-hd',
  prompt: 'hello',
  files: [],
  options: { voice: 'Voice00aa11bb22cc' },
  voice: { id: 'anna', role: 'speaks' },
};
const imitating: GenerationRequest = {
  model: 'chatterbox-hd',
  prompt: 'hello',
  files: [{ ...ref, option: 'audio_url' }],
  options: {},
  voice: { id: 'anna', role: 'speaks' },
};

/** As the driver asks, with the very input that would be sent. */
async function knock(request: GenerationRequest, who: { person?: typeof ada; place?: Place } = {}) {
  const files = request.files.map(({ id, option }, at) => ({
    url: `https://fal.example/${at}/${id}`,
    media: 'audio' as const,
    option,
  }));
  const exact = models.find(request.model).toInput({ ...request, files });
  const { endpoint } = exact;
  const about = { person: ada, place: studio, ...who, request, endpoint };
  const job = { ...newJob('job', about), state: 'accepted' } as Job;
  await assertMaySpeak({ job, exact, files }, parts);
  await assertMayDeliver(job, parts);
}

const without = (request: GenerationRequest): GenerationRequest => ({
  ...request,
  voice: undefined,
});
/** Empty where nothing was refused. */
const reasonOf = (knocking: Promise<void>): Promise<string> =>
  knocking.then(
    () => '',
    (error: unknown) => String(error),
  );

const REQUESTS = [
  ['by its id at MiniMax', speaking, 'minimax'],
  ['by its id at MiniMax alone', without(speaking), 'minimax'],
  ['by its sample', imitating, 'chatterbox'],
  ['by its sample alone', without(imitating), 'chatterbox'],
] as const;

describe.each(REQUESTS)('a voice that is used %s', (_, request, maker) => {
  test('speaks for its owner while the consent lives, then no more', async () => {
    await keep({ maker });
    await knock(request);
    await knock(request, { place: elsewhere });
    await parts.clock.advance(30 * DAY_MS - 1);
    await knock(request);
    await parts.clock.advance(1);
    await expect(knock(request)).rejects.toThrow(/consent for “Anna” ended on 31 January 2026/u);
  });

  test.each([
    ['me', { person: bob }, false],
    ['me', { person: bob, place: elsewhere }, false],
    ['channel', { person: bob }, true],
    ['channel', { person: bob, place: { ...studio, thread: 't' } }, true],
    ['channel', { person: bob, place: elsewhere }, false],
    ['everyone', { person: bob, place: elsewhere }, true],
    ['everyone', { person: bob, place: abroad }, false],
    ['everyone', { person: ada, place: abroad }, false],
    ['everyone', { person: bob, place: { ...studio, platform: 'web' } }, false],
  ] as const)('for “%s” and %j: %j', async (scope, who, may) => {
    await keep({ maker }, { scope });
    const refusal = await reasonOf(knock(request, who));
    expect(refusal).toMatch(may ? /^$/u : /may be used by|another workspace/u);
  });

  test('is silent from the moment of revocation on', async () => {
    await keep({ maker });
    await knock(request);
    await voices.turn('anna', (consent) => withdraw(consent, ada, parts.clock.now()));
    await expect(knock(request)).rejects.toThrow(/was revoked/u);
  });

  test('is silent once it is deleted, and where nobody has consented', async () => {
    await keep({ maker, deletedAt: parts.clock.now() });
    await expect(knock(request)).rejects.toThrow(/was deleted/u);
    await voices.add({
      ...((await voices.read('anna')) as Voice),
      id: 'none',
      deletedAt: undefined,
    });
    await voices.noteCustomId('Voice00aa11bb22cc', { id: 'none' } as Voice);
    const files = request.files.map((file) => ({ ...file, id: 'none' }));
    const other = { ...request, files, ...(request.voice && { voice: speaksWith('none') }) };
    await expect(knock(other)).rejects.toThrow(/There is no consent/u);
  });
});

const speaksWith = (id: string) => ({ id, role: 'speaks' as const });

describe('what is no voice of Easel’s own', () => {
  const refused: readonly (readonly [string, GenerationRequest])[] = [
    ['a recording', { ...imitating, files: [{ ...ref, platform: 'discord' }], voice: undefined }],
    ['a recording in a voice’s name', { ...imitating, files: [{ ...ref, platform: 'discord' }] }],
    [
      'a recording beside the voice’s own',
      {
        ...imitating,
        model: 'fal-ai/f5-tts',
        files: [{ ...ref, option: 'image' }],
        options: { ref_audio_url: 'https://example.com/her.wav', model_type: 'F5-TTS' },
      },
    ],
    [
      'an address',
      { ...imitating, files: [], options: { audio_url: 'https://example.com/a.wav' } },
    ],
    [
      'a recording to be cloned',
      {
        ...without(speaking),
        model: 'minimax-voice-clone',
        files: [{ ...ref, platform: 'slack' }],
        options: {},
      },
    ],
    [
      'a recording for a dialogue',
      {
        ...without(speaking),
        model: 'dia-voice-clone',
        files: [{ ...ref, platform: 'web' }],
        options: { ref_text: 'hello' },
      },
    ],
  ];
  test.each(refused)('%s is refused, and told how it is done', async (_, request) => {
    await keep();
    await expect(knock(request)).rejects.toThrow(/\/voices clone/u);
  });

  test.each(['Voice904740431752', 'ttv-voice-2025060717322425', ' voice00AA11BB22CD '])(
    'such as %s, made elsewhere, is refused',
    async (voice) => {
      await expect(knock({ ...without(speaking), options: { voice } })).rejects.toThrow(
        /not made here/u,
      );
    },
  );

  test.each(['Wise_Woman', 'English_expressive_narrator', 'moss_audio_ce44fc67-7ce3-11f0-8de5'])(
    'but a voice of MiniMax’s, such as %s, speaks for everybody',
    async (voice) => {
      const request = { ...without(speaking), options: { voice } };
      expect(await reasonOf(knock(request, { person: bob, place: abroad }))).toBe('');
    },
  );

  test('numbers that are read out are no voices', async () => {
    const request = { ...without(speaking), prompt: '0123456789', options: {} };
    expect(await reasonOf(knock(request))).toBe('');
  });
});

test('a known id is known in whatever case it is typed', async () => {
  await keep();
  const request = { ...without(speaking), options: { voice: ' voice00AA11bb22CC' } };
  await knock(request);
  await expect(knock(request, { person: bob })).rejects.toThrow(/may be used by Ada/u);
});

test('a designed voice speaks for all of its workspace, and for nobody beyond', async () => {
  await keep({ kind: 'designed', sample: undefined });
  await knock(speaking, { person: bob, place: elsewhere });
  await expect(knock(speaking, { person: bob, place: abroad })).rejects.toThrow(
    /another workspace/u,
  );
});

test('a voice is made once, and only while its owner consents', async () => {
  await keep({ madeAt: undefined, customId: undefined });
  const making: GenerationRequest = {
    model: 'minimax-voice-clone',
    prompt: 'hello',
    files: [{ ...ref, option: 'audio_url' }],
    options: {},
    voice: { id: 'anna', role: 'makes' },
  };
  await knock(making);
  await expect(knock(without(making))).rejects.toThrow(/Another voice cannot be made of “Anna”/u);
  await expect(knock(making, { person: bob })).rejects.toThrow(/may be used by Ada/u);
  await voices.change('anna', (voice) => ({ ...voice, madeAt: parts.clock.now() }));
  await expect(knock(making)).rejects.toThrow(/is made already/u);
  await voices.turn('anna', (consent) => withdraw(consent, ada, parts.clock.now()));
  await expect(knock(making)).rejects.toThrow(/was revoked/u);
});

test('a request for a voice that nobody knows is refused', async () => {
  const request = { ...speaking, options: {}, voice: { id: 'nobody', role: 'speaks' } } as const;
  await expect(knock(request)).rejects.toThrow(/no such voice/u);
});
