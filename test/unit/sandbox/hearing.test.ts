import { expect, test } from 'vitest';
import {
  startSandbox,
  type FaultRule,
  type GivenSound,
  type HeardWord,
  type HeardWords,
  type Hears,
} from '../../../src/fal/sandbox/sandbox.ts';
import { playTune } from '../../../src/fal/sandbox/sounds/tune.ts';
import { toWav } from '../../../src/fal/sandbox/sounds/wav.ts';
import { makeRecording } from '../../support/sound/recording.ts';
import { hasSoundTools } from '../../support/sound/tools.ts';
import { call, start } from './start.ts';

const WHISPER = 'fal-ai/whisper';
const WIZPER = 'fal-ai/wizper';
const HUM = toDataUri(toWav(playTune({ words: '', sampleRate: 8000, seconds: 12 }), 'a hum'));

function toDataUri(bytes: Buffer, type = 'audio/wav'): string {
  return `data:${type};base64,${bytes.toString('base64')}`;
}

interface Transcript {
  readonly text: string;
  readonly chunks: readonly object[] | null;
  readonly inferred_languages: readonly string[];
  readonly languages: readonly string[];
  readonly diarization_segments: readonly object[];
  readonly detail: readonly object[];
}

async function transcribe(
  hears: Hears | undefined,
  options: object,
  { endpoint = WHISPER, faults = [] }: { endpoint?: string; faults?: FaultRule[] } = {},
) {
  const { complete, sandbox } = await start({ positions: 0, runMs: 1 });
  sandbox.setHearing(hears);
  for (const fault of faults) sandbox.faults.add(fault);
  const { body } = await complete({ audio_url: HUM, ...options }, endpoint);
  return body as unknown as Transcript;
}

/** Ada greets Bob, who pauses, and of whose last word nobody knows the end. */
const TALK: readonly HeardWord[] = [
  { text: 'Good', from: 0.5, to: 0.8, speaker: 'Ada' },
  { text: 'morning.', from: 0.9, to: 1.4, speaker: 'Ada' },
  { text: 'Hello', from: 1.5, to: 1.8, speaker: 'Bob' },
  { text: 'there,', from: 3, to: 3.2, speaker: 'Bob' },
  { text: 'Ada', from: 3.3, to: null, speaker: 'Bob' },
];
const hearTalk = (): HeardWords => ({ words: TALK, languages: ['de', 'en'] });

test.each<[options: object, answer: object]>([
  [
    {},
    {
      text: 'Good morning. Hello there, Ada',
      chunks: [
        { timestamp: [0.5, 1.4], text: ' Good morning.', speaker: null },
        { timestamp: [1.5, 1.8], text: ' Hello', speaker: null },
        { timestamp: [3, null], text: ' there, Ada', speaker: null },
      ],
      inferred_languages: ['de', 'en'],
      diarization_segments: [],
    },
  ],
  [
    { diarize: true, language: 'fr' },
    {
      chunks: [
        { timestamp: [0.5, 1.4], text: ' Good morning.', speaker: 'SPEAKER_00' },
        { timestamp: [1.5, 1.8], text: ' Hello', speaker: 'SPEAKER_01' },
        { timestamp: [3, null], text: ' there, Ada', speaker: 'SPEAKER_01' },
      ],
      inferred_languages: ['fr'],
      diarization_segments: [
        { timestamp: [0.5, 1.4], speaker: 'SPEAKER_00' },
        { timestamp: [1.5, null], speaker: 'SPEAKER_01' },
      ],
    },
  ],
  [
    { diarize: true, num_speakers: 1, chunk_level: 'none' },
    {
      chunks: [{ text: ' Good morning. Hello there, Ada', speaker: 'SPEAKER_00' }],
      diarization_segments: [{ timestamp: [0.5, null], speaker: 'SPEAKER_00' }],
    },
  ],
  [
    { chunk_level: 'word', task: 'translate' },
    {
      text: 'In English: Good morning. Hello there, Ada',
      chunks: TALK.map(({ text, from, to }, at) => ({
        text: at === 0 ? ' In English: Good' : ` ${text}`,
        timestamp: [from, to],
      })),
    },
  ],
])('what was heard comes as whisper tells it with %j', async (options, answer) => {
  expect(await transcribe(hearTalk, options)).toMatchObject(answer);
});

test('words without times share the time that is left', async () => {
  const words = [
    { text: 'one' },
    { text: 'two' },
    { text: 'three', from: 6 },
    { text: 'four' },
    { text: 'five', from: 10, to: 11 },
    { text: 'six' },
  ];
  const { chunks } = await transcribe(() => ({ words }), { chunk_level: 'word' });
  expect(chunks).toMatchObject(
    [
      [0, 3],
      [3, 6],
      [6, 8],
      [8, 10],
      [10, 11],
      [11, 12],
    ].map((timestamp) => ({ timestamp })),
  );
});

test('wizper joins pieces up to the longest that is allowed, and cuts longer ones', async () => {
  const words = Array.from({ length: 15 }, (_, at) => ({
    text: `w${at}`,
    from: 2 * at,
    to: 2 * at + 1.8,
  }));
  const read = async (options: object) =>
    (await transcribe(() => ({ words, languages: ['cy'] }), options, { endpoint: WIZPER })).chunks;
  expect(await read({ merge_chunks: true, max_segment_len: 29 })).toMatchObject([
    { timestamp: [0, 27.8] },
    { timestamp: [28, 29.8] },
  ]);
  expect(await read({ merge_chunks: false, max_segment_len: 10 })).toMatchObject([
    { timestamp: [0, 9.8] },
    { timestamp: [10, 19.8] },
    { timestamp: [20, 29.8] },
  ]);
  const { languages } = await transcribe(
    () => ({ words, languages: ['cy'] }),
    { language: null },
    { endpoint: WIZPER },
  );
  expect(languages).toEqual(['cy']);
});

test.each([WHISPER, WIZPER])('silence is no words at all to %s', async (endpoint) => {
  expect(await transcribe(() => '', {}, { endpoint })).toMatchObject({ text: '', chunks: [] });
});

test('chunks can be null although there are words', async () => {
  const faults: FaultRule[] = [{ kind: 'null-fields', fields: ['chunks'] }];
  const body = await transcribe(() => 'two words', {}, { faults });
  expect(body).toMatchObject({ text: 'two words', chunks: null, inferred_languages: ['en'] });
});

test('who decides what is heard gets the sound and the whole wish, and may leave it to the toy', async () => {
  const sounds: GivenSound[] = [];
  const listen: Hears = async (sound) => void sounds.push(sound);
  const { text } = await transcribe(listen, { prompt: 'Kowalski' });
  expect(text).toBe('a hum');
  expect(sounds).toMatchObject([
    {
      type: 'audio/wav',
      seconds: 12,
      asked: { prompt: 'Kowalski', chunk_level: 'segment', diarize: false, batch_size: 64 },
    },
  ]);
  expect(toDataUri(sounds[0]!.bytes)).toBe(HUM);
});

test('a sandbox can begin with ears, and any endpoint for speech has them', async () => {
  const sandbox = await startSandbox({ pace: { positions: 0, runMs: 1 }, hears: () => 'aye aye' });
  const response = await call(`${sandbox.addresses.run}/fal-ai/elevenlabs/speech-to-text`, {
    method: 'POST',
    body: JSON.stringify({ audio_url: HUM }),
  });
  expect(await response.json()).toMatchObject({ text: 'aye aye' });
  await sandbox.close();
});

async function hearRecording(format: 'ogg' | 'm4a', faults: FaultRule[]) {
  const { bytes, contentType } = await makeRecording({ words: 'Good evening.', format });
  return transcribe(() => 'heard', { audio_url: toDataUri(bytes, contentType) }, { faults });
}

test.skipIf(!hasSoundTools())('ogg is taken, unless only what the documents list is', async () => {
  const listed = ['mp3', 'mp4', 'mpeg', 'mpga', 'm4a', 'wav', 'webm'];
  const strict: FaultRule = { kind: 'strict-sound', when: { endpoint: WHISPER } };
  const refused = [
    {
      loc: ['body', 'audio_url'],
      type: 'unsupported_audio_format',
      ctx: { supported_formats: listed },
    },
  ];
  expect(await hearRecording('ogg', [])).toMatchObject({ text: 'heard' });
  expect(await hearRecording('ogg', [strict])).toMatchObject({ detail: refused });
  expect(await hearRecording('m4a', [strict])).toMatchObject({ text: 'heard' });
});

test('sound can be too long', async () => {
  const faults: FaultRule[] = [{ kind: 'strict-sound', maxSeconds: 10 }];
  expect(await transcribe(undefined, {}, { faults })).toMatchObject({
    detail: [{ type: 'audio_duration_too_long', ctx: { max_duration: 10, provided_duration: 12 } }],
  });
});
