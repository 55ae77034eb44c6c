import { expect, test } from 'vitest';
import { REFERENCE, requiredOf } from './reference-endpoints.ts';
import { ANY_NUMBER, ANY_TEXT, like, start, startWithBlackSheets } from './start.ts';

const QUICK = { positions: 0, runMs: 1 };
const CASES = REFERENCE.flatMap(({ endpoint, required, full, answer }) => [
  { endpoint, example: 'required', input: required, answer },
  { endpoint, example: 'full', input: full, answer },
]);
/** What the black sheets bring with them. */
const FLAGS = 'has_nsfw_concepts';

test.each(CASES)('$endpoint takes the $example example and answers in full', async (documented) => {
  const { complete, sandbox } = await startWithBlackSheets();
  const { endpoint, input, answer } = documented;
  const { response, body, text } = await complete(input, endpoint);
  expect(response.status, text).toBe(200);
  expect(new Set([...Object.keys(body), FLAGS])).toEqual(new Set([...answer, FLAGS]));
  expect(sandbox.journal.submits).toMatchObject([{ ignored: [] }]);
  expect(Number(response.headers.get('x-fal-billable-units'))).toBeGreaterThan(0);
});

const FILE = { url: ANY_TEXT, content_type: ANY_TEXT, file_name: ANY_TEXT, file_size: ANY_NUMBER };
const WAV = { ...FILE, content_type: 'audio/wav' };
const MP3 = { ...FILE, content_type: 'audio/mpeg' };
const PICTURE = { ...FILE, width: 512, height: 640 };

test.each<[string, object, object]>([
  [
    'fal-ai/flux/dev',
    { seed: 9 },
    { seed: 9, timings: { inference: ANY_NUMBER }, has_nsfw_concepts: [false] },
  ],
  [
    'fal-ai/bytedance/dreamina/v3.1/text-to-image',
    { image_size: { width: 512, height: 640 }, seed: 1 },
    { images: [PICTURE], seed: 1 },
  ],
  [
    'fal-ai/wan/v2.2-a14b/text-to-image',
    { image_size: { width: 64, height: 64 } },
    { image: FILE },
  ],
  [
    'fal-ai/recraft/v3/text-to-image',
    { style: 'vector_illustration', image_size: { width: 64, height: 64 } },
    { images: [{ ...FILE, content_type: 'image/svg+xml', file_name: like(/\.svg$/u) }] },
  ],
  ['fal-ai/minimax/speech-02-hd', { output_format: 'url' }, { audio: MP3, duration_ms: 1000 }],
  [
    'fal-ai/minimax/speech-02-hd',
    {},
    { audio: like(/^(?:fff|494433)[\da-f]+$/u), duration_ms: 1000 },
  ],
  ['fal-ai/minimax/voice-clone', {}, { custom_voice_id: ANY_TEXT, audio: MP3 }],
  ['fal-ai/minimax/voice-clone', { text: null }, { custom_voice_id: ANY_TEXT, audio: null }],
  ['fal-ai/minimax/voice-design', {}, { custom_voice_id: ANY_TEXT, audio: MP3 }],
  [
    'resemble-ai/chatterboxhd/text-to-speech',
    { high_quality_audio: true, text: 'one two' },
    {
      audio: {
        ...WAV,
        duration: 1,
        container: 'wav',
        codec: 'pcm_s16le',
        sample_rate: 48_000,
        channels: 1,
        bitrate: 768_000,
        media_type: 'audio',
      },
    },
  ],
])('%s with %j tells what its documents promise', async (endpoint, options, answer) => {
  const { complete } = await start(QUICK);
  const { body } = await complete({ ...requiredOf(endpoint), ...options }, endpoint);
  expect(body).toMatchObject(answer);
});

interface Transcript {
  readonly text: string;
  readonly chunks: readonly {
    readonly text: string;
    readonly timestamp: readonly [number, number];
    readonly speaker: string | null;
  }[];
  readonly inferred_languages: readonly string[];
  readonly languages: readonly string[];
  readonly diarization_segments: readonly object[];
}

async function transcribe(endpoint: string, options: object) {
  const { complete } = await start(QUICK);
  const { body } = await complete({ ...requiredOf(endpoint), ...options }, endpoint);
  return body as unknown as Transcript;
}

test('whisper cuts the words as it is told, and tells when each was said', async () => {
  const whole = await transcribe('fal-ai/whisper', { chunk_level: 'none' });
  const words = await transcribe('fal-ai/whisper', { chunk_level: 'word' });
  expect(whole.text).toBe('The sandbox stands in for dinner.');
  expect(whole.chunks).toEqual([{ timestamp: [0, 12], text: ` ${whole.text}`, speaker: null }]);
  expect(words.chunks.map(({ text }) => text).join('')).toBe(` ${whole.text}`);
  expect(words.chunks.map(({ timestamp }) => timestamp[0])).toEqual([0, 2, 4, 6, 8, 10]);
  expect(whole.diarization_segments).toEqual([]);
});

test('whisper tells as many speakers apart as it is told', async () => {
  const options = { chunk_level: 'word', diarize: true, num_speakers: 3, language: 'de' };
  const body = await transcribe('fal-ai/whisper', options);
  const speakers = ['SPEAKER_00', 'SPEAKER_01', 'SPEAKER_02'];
  expect(body.chunks.map(({ speaker }) => speaker)).toEqual([...speakers, ...speakers]);
  expect(body.diarization_segments[1]).toEqual({ speaker: 'SPEAKER_01', timestamp: [2, 4] });
  expect(body.inferred_languages).toEqual(['de']);
});

test('wizper takes English for granted and says languages', async () => {
  expect((await transcribe('fal-ai/wizper', {})).languages).toEqual(['en']);
  expect((await transcribe('fal-ai/wizper', { language: 'fr' })).languages).toEqual(['fr']);
});

test('what one toy says, another one hears', async () => {
  const { complete } = await start(QUICK);
  const text = 'The fog lifts at nine, the übertide at ten.';
  const said = await complete({ text }, 'fal-ai/dia-tts');
  const { audio } = said.body as unknown as { audio: { url: string } };
  const heard = await complete({ audio_url: audio.url }, 'fal-ai/whisper');
  expect(heard.body).toMatchObject({ text });
});

test.each<[string, object, string]>([
  ['fal-ai/nano-banana-pro', { num_images: 2 }, '2'],
  ['fal-ai/nano-banana-pro', { resolution: '4K' }, '2'],
  ['fal-ai/qwen-image', { image_size: { width: 1200, height: 1000 }, num_images: 2 }, '4'],
  ['fal-ai/recraft/v3/text-to-image', { style: 'vector_illustration' }, '2'],
  ['fal-ai/minimax/speech-02-hd', { text: 'x'.repeat(500) }, '0.5'],
])('%s with %j bills %s units', async (endpoint, options, units) => {
  const { complete } = await startWithBlackSheets();
  const { response } = await complete({ ...requiredOf(endpoint), ...options }, endpoint);
  expect(response.headers.get('x-fal-billable-units')).toBe(units);
});

test('names that an endpoint does not know are taken, and kept in the journal', async () => {
  const { complete, sandbox } = await start(QUICK);
  const { response } = await complete({
    prompt: 'x',
    imageSize: 'square',
    image_size: { width: 64, height: 64, depth: 3 },
    loras: [{ path: 'a', weight: 1 }],
  });
  expect(response.status).toBe(200);
  expect(sandbox.journal.submits[0]!.ignored).toEqual([
    'imageSize',
    'image_size.depth',
    'loras.0.weight',
  ]);
});
