import { expect, test } from 'vitest';
import { requiredOf } from './reference-endpoints.ts';
import { EDIT, NANO, QWEN, start, startWithBlackSheets } from './start.ts';

type Place = readonly (string | number)[];
type Row = [endpoint: string, place: Place, value: unknown, type: string, ctx?: object];

const FLUX = 'fal-ai/flux/dev';
const LORA = 'fal-ai/flux-lora';
const KONTEXT = ['fal-ai/flux-pro/kontext', 'fal-ai/flux-pro/kontext/max'] as const;
const IDEOGRAM = 'fal-ai/ideogram/character';
const OMNIGEN = 'fal-ai/omnigen-v2';
const DREAMINA = 'fal-ai/bytedance/dreamina/v3.1/text-to-image';
const RECRAFT = 'fal-ai/recraft/v3/text-to-image';
const WAN = 'fal-ai/wan/v2.2-a14b/text-to-image';
const WHISPER = 'fal-ai/whisper';
const WIZPER = 'fal-ai/wizper';
const CLONE = 'fal-ai/minimax/voice-clone';
const DESIGN = 'fal-ai/minimax/voice-design';
const SPEECH = ['fal-ai/minimax/speech-02-hd', 'fal-ai/minimax/speech-02-turbo'] as const;
const DIA = 'fal-ai/dia-tts';
const DIA_CLONE = 'fal-ai/dia-tts/voice-clone';
const CHATTERBOX = 'resemble-ai/chatterboxhd/text-to-speech';
const SOUND = 'https://storage.googleapis.com/falserverless/x.mp3';

/** One step below the least and one above the most. */
function range(endpoint: string, place: string, [min, max]: [number, number], step = 1): Row[] {
  const path = place.split('.');
  return [
    [endpoint, path, min - step, 'greater_than_equal', { ge: min }],
    [endpoint, path, max + step, 'less_than_equal', { le: max }],
  ];
}

/** What the list does not hold. */
function choice(endpoint: string, place: string, ...values: readonly unknown[]): Row[] {
  return values.map((value): Row => [endpoint, place.split('.'), value, 'literal_error']);
}

function longest(endpoint: string, place: string, max: number): Row {
  return [endpoint, [place], 'x'.repeat(max + 1), 'string_too_long', { max_length: max }];
}

function missing(endpoint: string, ...places: readonly string[]): Row[] {
  return places.map((place): Row => [endpoint, [place], undefined, 'missing']);
}

function imageSize(endpoint: string): Row[] {
  return ['width', 'height'].flatMap((side): Row[] => [
    [endpoint, ['image_size', side], 0, 'greater_than', { gt: 0 }],
    [endpoint, ['image_size', side], 14_143, 'less_than_equal', { le: 14_142 }],
    [endpoint, ['image_size', side], 10.5, 'int_type'],
  ]);
}

const FORMATS = ['webp', 'gif', 'jpg', 'PNG'];
const ROWS: readonly Row[] = [
  ...missing(NANO, 'prompt'),
  [NANO, ['prompt'], 'ab', 'string_too_short', { min_length: 3 }],
  longest(NANO, 'prompt', 50_000),
  longest(NANO, 'system_prompt', 50_000),
  ...range(NANO, 'num_images', [1, 4]),
  ...choice(NANO, 'aspect_ratio', '16:10', '9:21', '1:2', 'square'),
  ...choice(NANO, 'output_format', 'gif', 'jpg'),
  ...choice(NANO, 'resolution', '8K', '1k', 1),
  ...choice(NANO, 'safety_tolerance', '0', '7', 4),
  [NANO, ['seed'], 1.5, 'int_type'],
  [NANO, ['limit_generations'], 'true', 'bool_type'],
  [NANO, ['enable_web_search'], 1, 'bool_type'],
  ...missing(EDIT, 'prompt', 'image_urls'),
  [EDIT, ['image_urls'], 'one', 'list_type'],
  ...range(EDIT, 'num_images', [1, 4]),
  ...choice(EDIT, 'aspect_ratio', '16:10', '9:21'),

  ...missing(QWEN, 'prompt'),
  ...imageSize(QWEN),
  ...range(QWEN, 'num_inference_steps', [2, 250]),
  ...range(QWEN, 'guidance_scale', [0, 20], 0.01),
  ...range(QWEN, 'num_images', [1, 4]),
  ...choice(QWEN, 'output_format', ...FORMATS),
  ...choice(QWEN, 'acceleration', 'max'),
  ...choice(QWEN, 'image_size', 'wide', 'landscape_3_2'),

  ...missing(FLUX, 'prompt'),
  ...imageSize(FLUX),
  ...range(FLUX, 'num_inference_steps', [1, 50]),
  ...range(FLUX, 'guidance_scale', [1, 20], 0.01),
  ...range(FLUX, 'num_images', [1, 4]),
  ...choice(FLUX, 'output_format', ...FORMATS),
  ...choice(FLUX, 'acceleration', 'max'),
  ...choice(FLUX, 'image_size', 'wide'),

  ...missing(LORA, 'prompt'),
  ...imageSize(LORA),
  ...range(LORA, 'num_inference_steps', [1, 50]),
  ...range(LORA, 'guidance_scale', [0, 35], 0.01),
  ...range(LORA, 'num_images', [1, 4]),
  ...choice(LORA, 'output_format', ...FORMATS),
  ...choice(LORA, 'acceleration', 'high'),
  [LORA, ['loras', 0, 'path'], undefined, 'missing'],
  [LORA, ['loras', 0], { path: 'a', scale: 4.1 }, 'less_than_equal', { le: 4 }],
  [LORA, ['loras', 0], { path: 'a', scale: -0.1 }, 'greater_than_equal', { ge: 0 }],

  ...KONTEXT.flatMap((endpoint): Row[] => [
    ...missing(endpoint, 'prompt', 'image_url'),
    ...range(endpoint, 'guidance_scale', [1, 20], 0.01),
    ...range(endpoint, 'num_images', [1, 4]),
    ...choice(endpoint, 'aspect_ratio', '5:4', '16:10', 'auto'),
    ...choice(endpoint, 'output_format', ...FORMATS),
    ...choice(endpoint, 'safety_tolerance', '0', '7', 2),
  ]),

  ...missing(IDEOGRAM, 'prompt', 'reference_image_urls'),
  ...imageSize(IDEOGRAM),
  [IDEOGRAM, ['reference_image_urls'], [], 'sequence_too_short', { min_length: 1 }],
  ...range(IDEOGRAM, 'num_images', [1, 8]),
  ...choice(IDEOGRAM, 'rendering_speed', 'FAST', 'turbo'),
  ...choice(IDEOGRAM, 'style', 'DESIGN', 'GENERAL'),
  [IDEOGRAM, ['style_codes', 0], '1234567', 'value_error'],
  [IDEOGRAM, ['style_codes', 0], '1234567g', 'value_error'],
  ...choice(IDEOGRAM, 'color_palette.name', 'SUNSET'),
  [IDEOGRAM, ['color_palette', 'members', 0], { rgb: { r: 256 } }, 'less_than_equal', { le: 255 }],
  [
    IDEOGRAM,
    ['color_palette', 'members', 0],
    { rgb: {}, color_weight: 0.04 },
    'greater_than_equal',
    { ge: 0.05 },
  ],
  [
    IDEOGRAM,
    ['color_palette', 'members', 0],
    { rgb: {}, color_weight: 1.01 },
    'less_than_equal',
    { le: 1 },
  ],

  ...missing(OMNIGEN, 'prompt'),
  ...imageSize(OMNIGEN),
  [OMNIGEN, ['input_image_urls'], ['a', 'b', 'c', 'd'], 'sequence_too_long', { max_length: 3 }],
  ...range(OMNIGEN, 'num_inference_steps', [20, 50]),
  ...range(OMNIGEN, 'text_guidance_scale', [1, 8], 0.01),
  ...range(OMNIGEN, 'image_guidance_scale', [1, 3], 0.01),
  ...range(OMNIGEN, 'cfg_range_start', [0, 1], 0.01),
  ...range(OMNIGEN, 'cfg_range_end', [0, 1], 0.01),
  ...range(OMNIGEN, 'num_images', [1, 4]),
  ...choice(OMNIGEN, 'scheduler', 'ddim'),
  ...choice(OMNIGEN, 'output_format', ...FORMATS),

  ...missing(DREAMINA, 'prompt'),
  ...range(DREAMINA, 'image_size.width', [512, 2048]),
  ...range(DREAMINA, 'image_size.height', [512, 2048]),
  ...range(DREAMINA, 'num_images', [1, 4]),

  [RECRAFT, ['prompt'], '', 'string_too_short', { min_length: 1 }],
  longest(RECRAFT, 'prompt', 1000),
  ...imageSize(RECRAFT),
  ...choice(RECRAFT, 'style', 'photo', 'vector_illustration/none'),
  [RECRAFT, ['colors', 0], { r: 256 }, 'less_than_equal', { le: 255 }],
  [RECRAFT, ['colors', 0], { g: -1 }, 'greater_than_equal', { ge: 0 }],
  [RECRAFT, ['style_id'], 'mine', 'value_error'],

  ...missing(WAN, 'prompt'),
  ...imageSize(WAN),
  ...range(WAN, 'num_inference_steps', [2, 40]),
  ...range(WAN, 'guidance_scale', [1, 10], 0.01),
  ...range(WAN, 'guidance_scale_2', [1, 10], 0.01),
  ...range(WAN, 'shift', [1, 10], 0.01),
  ...choice(WAN, 'acceleration', 'high'),

  ...missing(WHISPER, 'audio_url'),
  ...choice(WHISPER, 'task', 'summarise'),
  ...choice(WHISPER, 'language', 'yue', 'english', 'EN'),
  ...choice(WHISPER, 'chunk_level', 'sentence'),
  ...range(WHISPER, 'batch_size', [1, 64]),
  [WHISPER, ['diarize'], 'yes', 'bool_type'],
  [WHISPER, ['num_speakers'], 0, 'greater_than_equal', { ge: 1 }],

  ...missing(WIZPER, 'audio_url'),
  ...choice(WIZPER, 'task', 'summarise'),
  ...choice(WIZPER, 'language', 'yue'),
  ...choice(WIZPER, 'chunk_level', 'word', 'none'),
  ...range(WIZPER, 'max_segment_len', [10, 29]),
  ...choice(WIZPER, 'version', '2', 3),

  ...missing(CLONE, 'audio_url'),
  ...range(CLONE, 'accuracy', [0, 1], 0.01),
  ...choice(CLONE, 'model', 'speech-03-hd'),
  longest(CLONE, 'text', 1000),
  ...missing(DESIGN, 'prompt', 'preview_text'),
  longest(DESIGN, 'prompt', 2000),
  longest(DESIGN, 'preview_text', 500),

  ...SPEECH.flatMap((endpoint): Row[] => [
    ...missing(endpoint, 'text'),
    [endpoint, ['text'], '', 'string_too_short', { min_length: 1 }],
    [endpoint, ['text'], ' \n', 'value_error'],
    longest(endpoint, 'text', 5000),
    [endpoint, ['voice_setting', 'voice_id'], '', 'string_too_short', { min_length: 1 }],
    ...range(endpoint, 'voice_setting.speed', [0.5, 2], 0.01),
    [endpoint, ['voice_setting', 'vol'], 0, 'greater_than_equal', { ge: 0.01 }],
    [endpoint, ['voice_setting', 'vol'], 10.1, 'less_than_equal', { le: 10 }],
    ...range(endpoint, 'voice_setting.pitch', [-12, 12]),
    [endpoint, ['voice_setting', 'pitch'], 0.5, 'int_type'],
    ...choice(endpoint, 'voice_setting.emotion', 'bored'),
    ...choice(endpoint, 'audio_setting.sample_rate', 48_000, '48000'),
    ...choice(endpoint, 'audio_setting.bitrate', 96_000),
    ...choice(endpoint, 'audio_setting.format', 'wav'),
    ...choice(endpoint, 'audio_setting.channel', 3),
    ...choice(endpoint, 'language_boost', 'Swahili', 'english'),
    ...choice(endpoint, 'output_format', 'mp3'),
    [endpoint, ['pronunciation_dict'], { tone_list: 'omg/(oh)' }, 'list_type'],
  ]),

  ...missing(DIA, 'text'),
  ...missing(DIA_CLONE, 'text', 'ref_audio_url', 'ref_text'),
  ...choice(CHATTERBOX, 'voice', 'Alice', 'aurora'),
  ...range(CHATTERBOX, 'exaggeration', [0.25, 2], 0.01),
  ...range(CHATTERBOX, 'cfg', [0, 1], 0.01),
  ...range(CHATTERBOX, 'temperature', [0.05, 5], 0.01),
  [CHATTERBOX, ['seed'], -1, 'greater_than_equal', { ge: 0 }],
];

/** The required fields, with one value put somewhere; undefined takes it away. */
function put(input: unknown, [step, ...rest]: Place, value: unknown): unknown {
  if (step === undefined) return value;
  if (typeof step === 'number') return [put({}, rest, value)];
  const fields = { ...(input as object) } as Record<string, unknown>;
  const inner = put(rest.length > 0 ? (fields[step] ?? {}) : {}, rest, value);
  return { ...fields, [step]: inner };
}

interface Finding {
  readonly loc: Place;
  readonly type: string;
}

test.each(ROWS)('%s refuses %j = %j', async (...[endpoint, place, value, type, ctx]) => {
  const { complete } = await start({ positions: 0, runMs: 1 });
  const input = put(requiredOf(endpoint), place, value);
  const { response, body } = await complete(input, endpoint);
  expect(response.status).toBe(422);
  const [finding, ...others] = body.detail as unknown as Finding[];
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ type, ...(ctx && { ctx }) });
  expect(finding!.loc.slice(0, place.length + 1)).toEqual(['body', ...place]);
});

test.each<[string, object]>([
  [NANO, { aspect_ratio: 'auto', safety_tolerance: '1', seed: 2 ** 60, system_prompt: '' }],
  [KONTEXT[0], { aspect_ratio: null, guidance_scale: 1, safety_tolerance: '1' }],
  [IDEOGRAM, { color_palette: { name: 'ULTRAMARINE' }, style: 'FICTION', seed: null }],
  [RECRAFT, { prompt: 'x'.repeat(1000), style: 'digital_illustration/80s', style_id: null }],
  [WHISPER, { language: null, num_speakers: null, batch_size: 64, chunk_level: 'none' }],
  [WIZPER, { max_segment_len: 29 }],
  [CLONE, { accuracy: null, text: 'x'.repeat(1000) }],
  [SPEECH[0], { voice_setting: {}, audio_setting: {}, language_boost: 'auto' }],
  [SPEECH[1], { text: 'x'.repeat(5000), pronunciation_dict: null, language_boost: null }],
  [CHATTERBOX, { text: 'a', exaggeration: 0.25, cfg: 1, temperature: 5, seed: 0 }],
])('%s takes its limits themselves, and null where it may be: %j', async (endpoint, options) => {
  const { complete } = await startWithBlackSheets();
  const { response, text } = await complete({ ...requiredOf(endpoint), ...options }, endpoint);
  expect(response.status, text).toBe(200);
});

test('options that exclude each other are refused together', async () => {
  const { complete } = await start({ positions: 0, runMs: 1 });
  const { body } = await complete(
    { ...requiredOf(IDEOGRAM), style: 'REALISTIC', style_codes: ['0123abcd'] },
    IDEOGRAM,
  );
  expect(body.detail).toMatchObject([{ loc: ['body', 'style_codes'], type: 'value_error' }]);
});

test.each<[string, object, object]>([
  [WHISPER, { audio_url: 'data:text/plain;base64,aGVsbG8=' }, { type: 'unsupported_audio_format' }],
  [WHISPER, { audio_url: 'https://example.com/a.mp3' }, { type: 'file_download_error' }],
  [KONTEXT[0], { image_url: SOUND }, { type: 'image_load_error', loc: ['body', 'image_url'] }],
])('%s says what is wrong with a file: %j', async (endpoint, options, finding) => {
  const { complete } = await start({ positions: 0, runMs: 1 });
  const { body } = await complete({ ...requiredOf(endpoint), ...options }, endpoint);
  expect(body.detail).toMatchObject([finding]);
});

test('a voice is not cloned from less than ten seconds', async () => {
  const { complete } = await start({ positions: 0, runMs: 1 });
  const said = await complete({ text: 'much too short' }, DIA);
  const { audio } = said.body as unknown as { audio: { url: string } };
  const { body } = await complete({ audio_url: audio.url }, CLONE);
  expect(body.detail).toMatchObject([
    { loc: ['body', 'audio_url'], type: 'audio_duration_too_short', ctx: { min_duration: 10 } },
  ]);
});
