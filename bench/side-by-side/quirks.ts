/**
 * Answers of fal's that are not what its documents promise: null where a list belongs, other names,
 * errors in several forms. What matters in each is written beside it.
 */

export interface Quirk {
  readonly what: string;
  readonly kind: 'picture' | 'transcript' | 'speech';
  /** Easel's name of the model. */
  readonly model: string;
  readonly endpoint: string;
  readonly status: number;
  /** As it comes over the wire. */
  readonly answer: string;
  readonly matters: Matters;
}

/** What must not be lost of an answer. */
export interface Matters {
  /** Pictures or sounds. */
  readonly files?: number;
  /** Files that the safety check marked. */
  readonly flagged?: number;
  /** Texts that must be found in what is handed on, or in what is said about an error. */
  readonly words?: readonly string[];
}

const NANO = model('picture', 'nano-banana-pro', 'fal-ai/nano-banana-pro');
const QWEN = model('picture', 'qwen-image', 'fal-ai/qwen-image');
const WAN = model('picture', 'wan', 'fal-ai/wan/v2.2-a14b/text-to-image');
const RECRAFT = model('picture', 'recraft-v3', 'fal-ai/recraft/v3/text-to-image');
const WHISPER = model('transcript', 'whisper', 'fal-ai/whisper');
const WIZPER = model('transcript', 'wizper', 'fal-ai/wizper');
const SPEECH = model('speech', 'minimax-speech-02-hd', 'fal-ai/minimax/speech-02-hd');
const CHATTERBOX = model('speech', 'chatterbox-hd', 'resemble-ai/chatterboxhd/text-to-speech');
const CLONE = model('speech', 'minimax-voice-clone', 'fal-ai/minimax/voice-clone');

const FILE = { url: 'https://v3.fal.media/files/made.png', content_type: 'image/png' };
const OTHER = { url: 'https://v3.fal.media/files/other.png', content_type: 'image/png' };
const SOUND = { url: 'https://v3.fal.media/files/made.mp3', content_type: 'audio/mpeg' };
/** MP3 frames, as hexadecimal digits. */
const HEX = 'fffb9064'.repeat(32);

export const QUIRKS: readonly Quirk[] = [
  found(
    QWEN,
    'nothing odd: every fact that the page of `@ai-sdk/fal` names',
    {
      images: [
        { ...FILE, width: 1011, height: 759, file_name: 'fog.png', file_size: 345_678 },
        { ...OTHER, width: 1011, height: 759 },
      ],
      timings: { inference: 2.375 },
      seed: 424_242,
      has_nsfw_concepts: [false, true],
      description: 'Fog.',
    },
    {
      files: 2,
      flagged: 1,
      words: ['1011', '759', 'image/png', 'fog.png', '345678', '2.375', '424242', 'Fog.'],
    },
  ),
  found(QWEN, 'a seed of null', { images: [FILE], seed: null }, { files: 1 }),
  found(
    QWEN,
    'a seed beyond 2^53',
    `{"images":[${JSON.stringify(FILE)}],"seed":9007199254740993}`,
    {
      files: 1,
      words: ['9007199254740993'],
    },
  ),
  found(
    QWEN,
    '`has_nsfw_concepts` of null',
    { images: [FILE], has_nsfw_concepts: null },
    { files: 1 },
  ),
  found(
    QWEN,
    'flags for fewer pictures than came',
    { images: [FILE, OTHER], has_nsfw_concepts: [true] },
    {
      files: 2,
      flagged: 1,
    },
  ),
  found(
    QWEN,
    'flags under the older name',
    { images: [FILE, OTHER], nsfw_content_detected: [false, true] },
    {
      files: 2,
      flagged: 1,
    },
  ),
  found(QWEN, '`timings` of null', { images: [FILE], timings: null }, { files: 1 }),
  found(QWEN, 'empty `timings`', { images: [FILE], timings: {} }, { files: 1 }),
  found(QWEN, 'a prompt of null', { images: [FILE], prompt: null }, { files: 1 }),
  found(
    QWEN,
    'no width, height or type',
    { images: [{ url: FILE.url, width: null, height: null, content_type: null }] },
    { files: 1 },
  ),
  found(
    QWEN,
    'fields that nobody documents',
    { images: [FILE], revised_by: 'qwen-vl' },
    {
      files: 1,
      words: ['qwen-vl'],
    },
  ),
  found(QWEN, 'addresses instead of objects', { images: [FILE.url] }, { files: 1 }),
  found(
    NANO,
    '`file_data` of null',
    { images: [{ ...FILE, file_data: null }], description: 'Fog.' },
    {
      files: 1,
      words: ['Fog.'],
    },
  ),
  found(
    NANO,
    'a file name and size of null',
    { images: [{ ...FILE, file_name: null, file_size: null }], description: '' },
    { files: 1 },
  ),
  found(NANO, 'a description of null', { images: [FILE], description: null }, { files: 1 }),
  found(WAN, 'a single `image`', { image: FILE, seed: 7 }, { files: 1, words: ['7'] }),
  found(
    WAN,
    'a single `image` beside `images` of null',
    { image: FILE, images: null },
    { files: 1 },
  ),
  found(
    RECRAFT,
    'a drawing that claims to be a picture',
    { images: [{ url: 'https://v3.fal.media/files/made.svg', content_type: 'image/jpeg' }] },
    { files: 1 },
  ),
  found(WHISPER, 'an end of null in a time stamp', transcript({ timestamp: [0, null] }), {
    words: ['the fog lifts'],
  }),
  found(WHISPER, 'a time stamp of nulls', transcript({ timestamp: [null, null] }), {
    words: ['the fog lifts'],
  }),
  found(WHISPER, 'no time stamp at all', transcript({ timestamp: null }), {
    words: ['the fog lifts'],
  }),
  found(
    WHISPER,
    '`chunks` and languages of null',
    { text: 'the fog lifts', chunks: null, inferred_languages: null, diarization_segments: null },
    { words: ['the fog lifts'] },
  ),
  found(WHISPER, 'who speaks', transcript({ timestamp: [0, 1.5], speaker: 'SPEAKER_01' }), {
    words: ['the fog lifts', 'SPEAKER_01'],
  }),
  found(
    WIZPER,
    '`languages` instead of `inferred_languages`',
    { text: 'der Nebel hebt sich', chunks: [], languages: ['de'] },
    { words: ['der Nebel hebt sich', '"de"'] },
  ),
  found(
    CLONE,
    'a cloned voice without a sound',
    { custom_voice_id: 'Voice-7f3a' },
    {
      words: ['Voice-7f3a'],
    },
  ),
  found(
    CLONE,
    'a cloned voice with a sound of null',
    { custom_voice_id: 'Voice-7f3a', audio: null },
    { words: ['Voice-7f3a'] },
  ),
  found(
    CLONE,
    'a cloned voice with a sound',
    { custom_voice_id: 'Voice-7f3a', audio: SOUND },
    {
      files: 1,
      words: ['Voice-7f3a'],
    },
  ),
  found(
    CHATTERBOX,
    'all that is said of a sound',
    { audio: { ...SOUND, duration: 2.75, sample_rate: 48_000, file_size: 345_678 } },
    { files: 1, words: ['2.75', '48000', '345678'] },
  ),
  found(SPEECH, 'a length of null', { audio: SOUND, duration_ms: null }, { files: 1 }),
  found(SPEECH, 'the sound as hexadecimal digits', { audio: HEX, duration_ms: 1200 }, { files: 1 }),
  found(SPEECH, 'hexadecimal digits for an address', { audio: { url: HEX } }, { files: 1 }),
  found(SPEECH, 'the sound as `audio_file`', { audio_file: SOUND }, { files: 1 }),
  found(SPEECH, 'the sound as `audio_url`', { audio_url: SOUND.url }, { files: 1 }),
  refused(
    QWEN,
    'a detail that is one sentence',
    403,
    { detail: 'User is locked. Reason: Exhausted balance.' },
    ['locked'],
  ),
  refused(
    QWEN,
    'numbers in `loc`',
    422,
    {
      detail: [
        {
          loc: ['body', 'loras', 0, 'scale'],
          msg: 'Input should be less than or equal to 4',
          type: 'less_than_equal',
          ctx: { le: 4 },
        },
      ],
    },
    ['scale', '4'],
  ),
  refused(
    QWEN,
    'the documented form',
    422,
    { detail: [{ loc: ['body', 'prompt'], msg: 'field required', type: 'missing' }] },
    ['prompt'],
  ),
  refused(
    QWEN,
    'a finding without a type',
    422,
    { detail: [{ loc: ['body', 'prompt'], msg: 'is too odd' }] },
    ['prompt', 'odd'],
  ),
  refused(
    QWEN,
    'trouble of the machinery',
    504,
    { detail: 'Request timed out', error_type: 'request_timeout' },
    ['time'],
  ),
  refused(
    QWEN,
    'a gateway’s page instead of JSON',
    502,
    '<html><body>Bad Gateway</body></html>',
    [],
  ),
  refused(WHISPER, 'a transcript’s detail as one sentence', 422, { detail: 'Audio is too short' }, [
    'too short',
  ]),
  refused(
    WHISPER,
    'a transcript’s detail as a list',
    422,
    {
      detail: [
        {
          loc: ['body', 'audio_url'],
          msg: 'Unsupported audio format',
          type: 'unsupported_audio_format',
          ctx: { supported_formats: ['mp3', 'wav'] },
        },
      ],
    },
    ['mp3'],
  ),
  refused(SPEECH, 'speech’s detail as one sentence', 401, { detail: 'Cannot access application' }, [
    'key',
  ]),
  refused(
    SPEECH,
    'speech’s detail as a list',
    422,
    {
      detail: [
        {
          loc: ['body', 'text'],
          msg: 'String should have at most 5000 characters',
          type: 'string_too_long',
          ctx: { max_length: 5000 },
        },
      ],
    },
    ['text', '5'],
  ),
];

type Model = Pick<Quirk, 'kind' | 'model' | 'endpoint'>;

function model(kind: Quirk['kind'], name: string, endpoint: string): Model {
  return { kind, model: name, endpoint };
}

function found(from: Model, what: string, answer: unknown, matters: Matters): Quirk {
  return { ...from, what, status: 200, answer: toText(answer), matters };
}

function refused(
  from: Model,
  what: string,
  ...[status, answer, words]: [status: number, answer: unknown, words: readonly string[]]
): Quirk {
  return { ...from, what, status, answer: toText(answer), matters: { words } };
}

function toText(answer: unknown): string {
  return typeof answer === 'string' ? answer : JSON.stringify(answer);
}

function transcript(chunk: Record<string, unknown>): unknown {
  const text = 'the fog lifts';
  return { text, chunks: [{ text, ...chunk }], inferred_languages: ['en'] };
}
