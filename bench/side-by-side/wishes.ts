/** Everything that is wished of both sides: every reference model, and every kind of option. */
import type { GivenFile } from '../../src/models/model.ts';
import type { Wish } from './wish.ts';

/** The aspect ratios that the page of `@ai-sdk/fal` promises. */
export const PAGE_RATIOS = [
  '1:1',
  '16:9',
  '9:16',
  '4:3',
  '3:4',
  '16:10',
  '10:16',
  '21:9',
  '9:21',
] as const;

type Options = Wish['options'];
interface Model {
  readonly model: string;
  readonly endpoint: string;
}

const NANO = { model: 'nano-banana-pro', endpoint: 'fal-ai/nano-banana-pro' };
const NANO_EDIT = { model: 'nano-banana-pro', endpoint: 'fal-ai/nano-banana-pro/edit' };
const QWEN = { model: 'qwen-image', endpoint: 'fal-ai/qwen-image' };
const FLUX = { model: 'flux-dev', endpoint: 'fal-ai/flux/dev' };
const FLUX_EDIT = { model: 'flux-dev', endpoint: 'fal-ai/flux/dev/image-to-image' };
const FLUX_LORA = { model: 'flux-lora', endpoint: 'fal-ai/flux-lora' };
const KONTEXT = { model: 'flux-kontext', endpoint: 'fal-ai/flux-pro/kontext' };
const KONTEXT_MAX = { model: 'flux-kontext-max', endpoint: 'fal-ai/flux-pro/kontext/max' };
const KONTEXT_TEXT = { model: 'flux-kontext', endpoint: 'fal-ai/flux-pro/kontext/text-to-image' };
const IDEOGRAM = { model: 'ideogram-character', endpoint: 'fal-ai/ideogram/character' };
const OMNIGEN = { model: 'omnigen-v2', endpoint: 'fal-ai/omnigen-v2' };
const DREAMINA = { model: 'dreamina', endpoint: 'fal-ai/bytedance/dreamina/v3.1/text-to-image' };
const RECRAFT = { model: 'recraft-v3', endpoint: 'fal-ai/recraft/v3/text-to-image' };
const WAN = { model: 'wan', endpoint: 'fal-ai/wan/v2.2-a14b/text-to-image' };
const INPAINT = single('fal-ai/flux-general/inpainting');
const WHISPER = { model: 'whisper', endpoint: 'fal-ai/whisper' };
const WIZPER = { model: 'wizper', endpoint: 'fal-ai/wizper' };
const SPEECH_HD = { model: 'minimax-speech-02-hd', endpoint: 'fal-ai/minimax/speech-02-hd' };
const SPEECH_TURBO = {
  model: 'minimax-speech-02-turbo',
  endpoint: 'fal-ai/minimax/speech-02-turbo',
};
const VOICE_CLONE = { model: 'minimax-voice-clone', endpoint: 'fal-ai/minimax/voice-clone' };
const VOICE_DESIGN = { model: 'minimax-voice-design', endpoint: 'fal-ai/minimax/voice-design' };
const DIA = { model: 'dia-tts', endpoint: 'fal-ai/dia-tts' };
const DIA_CLONE = { model: 'dia-voice-clone', endpoint: 'fal-ai/dia-tts/voice-clone' };
const CHATTERBOX = {
  model: 'chatterbox-hd',
  endpoint: 'resemble-ai/chatterboxhd/text-to-speech',
};
const KOKORO = single('fal-ai/kokoro/american-english');

const LAKE = picture('lake');
const BOAT = picture('boat');
const PIER = picture('pier');
const REFERENCE = picture('lake', 'reference_image_urls');
const MASK = picture('mask', 'mask');
const VOICE = sound('voice');
const LORA = 'https://huggingface.co/easel/ink/resolve/main/ink.safetensors';
const LORA_2 = 'https://huggingface.co/easel/fog/resolve/main/fog.safetensors';

/** Endpoints of the page for pictures; each is asked for each of its ratios. */
const SHAPED: readonly (Model & { files?: readonly GivenFile[] })[] = [
  NANO,
  { ...NANO_EDIT, files: [LAKE] },
  QWEN,
  FLUX,
  FLUX_LORA,
  KONTEXT_TEXT,
  { ...KONTEXT, files: [LAKE] },
  { ...KONTEXT_MAX, files: [LAKE] },
  { ...IDEOGRAM, files: [REFERENCE] },
  OMNIGEN,
  DREAMINA,
  RECRAFT,
  WAN,
];
export const RATIO_WISHES: readonly Wish[] = SHAPED.flatMap(({ files = [], ...model }) =>
  PAGE_RATIOS.map((ratio) => draw(model, ratio, { aspect_ratio: ratio }, files)),
);

const PICTURE_WISHES: readonly Wish[] = [
  draw(NANO, 'words alone', {}),
  draw(NANO, 'four at 4K as webp', { count: 4, resolution: '4K', format: 'webp' }),
  draw(NANO, 'six with one seed', { count: 6, seed: 7 }),
  draw(NANO, 'its own options', {
    enable_web_search: true,
    limit_generations: true,
    system_prompt: 'Paint in oil.',
    safety_tolerance: '2',
  }),
  draw(NANO, 'its own options in camelCase', {
    enableWebSearch: true,
    limitGenerations: true,
    systemPrompt: 'Paint in oil.',
  }),
  byFieldNames(draw(NANO, 'a ratio under fal’s own name', { aspect_ratio: '4:5' })),
  draw(NANO, 'a ratio beyond the page’s list', { aspect_ratio: '4:5', resolution: '2K' }),
  draw(NANO, 'steps and a negative prompt, which it has not', {
    steps: 20,
    negative_prompt: 'blur',
  }),
  draw(NANO_EDIT, 'one picture', {}, [LAKE]),
  draw(NANO_EDIT, 'three pictures, tall', { aspect_ratio: '9:16' }, [LAKE, BOAT, PIER]),
  draw(NANO_EDIT, 'a picture and a mask, which it has not', {}, [LAKE, MASK]),
  draw(QWEN, 'every usual option', {
    count: 2,
    size: '1280x720',
    seed: 7,
    negative_prompt: 'blur',
    steps: 30,
    guidance: 2.5,
    format: 'jpeg',
    acceleration: 'high',
    safety_checker: true,
  }),
  draw(QWEN, 'steps at the model’s own limit', { steps: 250 }),
  draw(QWEN, 'guidance at the model’s own limit', { guidance: 0 }),
  draw(QWEN, 'two LoRAs and turbo', {
    lora: [
      { path: LORA, scale: 0.8 },
      { path: LORA_2, scale: 1.2 },
    ],
    turbo: true,
  }),
  draw(QWEN, 'everything in camelCase', {
    numInferenceSteps: 40,
    guidanceScale: 4,
    negativePrompt: 'blur',
    useTurbo: false,
    outputFormat: 'png',
  }),
  draw(QWEN, 'everything in snake_case', {
    num_inference_steps: 40,
    guidance_scale: 4,
    negative_prompt: 'blur',
    output_format: 'png',
  }),
  draw(QWEN, 'a format that it has not', { format: 'webp' }),
  draw(QWEN, 'six with one seed', { count: 6, seed: 41 }),
  draw(QWEN, 'a seed beyond 2^53', { seed: '9007199254740993' }),
  draw(QWEN, 'a picture, which it cannot take', {}, [LAKE]),
  draw(FLUX, 'every usual option', {
    count: 4,
    size: '1024x768',
    seed: 3,
    steps: 50,
    guidance: 20,
    format: 'png',
    acceleration: 'regular',
    safety_checker: false,
  }),
  draw(FLUX, 'a name with a typing error', { guidence: 5 }),
  draw(FLUX, 'a name that nobody knows', { mood: 'calm' }),
  draw(FLUX, 'more steps than it can', { steps: 51 }),
  draw(FLUX, 'size and ratio at once', { size: '1280x720', aspect_ratio: '16:9' }),
  draw(FLUX, 'a ratio beyond the page’s list', { aspect_ratio: '3:2' }),
  draw(FLUX, 'its answer in one piece', { syncMode: true }),
  draw(FLUX_EDIT, 'a picture to change by strength', { strength: 0.6, steps: 40 }, [LAKE]),
  draw(FLUX_LORA, 'guidance at the model’s own limit', { guidance: 35 }),
  draw(FLUX_LORA, 'a LoRA by its address', { loras: [{ path: LORA, scale: 1.5 }] }),
  draw(FLUX_LORA, 'an acceleration that it has not', { acceleration: 'high' }),
  draw(KONTEXT, 'a picture, wide', { aspect_ratio: '16:9', guidance: 3.5 }, [LAKE]),
  draw(KONTEXT, 'two pictures, which it cannot take', {}, [LAKE, BOAT]),
  draw(KONTEXT, 'its own options', { safety_tolerance: '6', enhance_prompt: true }, [LAKE]),
  draw(KONTEXT_MAX, 'five of one picture with a seed', { count: 5, seed: 11 }, [LAKE]),
  draw(KONTEXT_MAX, 'its own options in camelCase', { enhancePrompt: true }, [LAKE]),
  draw(KONTEXT_TEXT, 'words alone, tall', { aspect_ratio: '9:16' }),
  draw(IDEOGRAM, 'a reference picture', {}, [LAKE]),
  draw(IDEOGRAM, 'a reference picture by fal’s own name', { style: 'FICTION', count: 8 }, [
    REFERENCE,
  ]),
  draw(
    IDEOGRAM,
    'its own options',
    { rendering_speed: 'TURBO', negative_prompt: 'blur', expand_prompt: false },
    [REFERENCE],
  ),
  draw(OMNIGEN, 'two pictures', {}, [LAKE, BOAT]),
  draw(OMNIGEN, 'two pictures under fal’s own name', {}, [
    picture('lake', 'input_image_urls'),
    picture('boat', 'input_image_urls'),
  ]),
  draw(OMNIGEN, 'guidance by words', { guidance: 6, steps: 20 }),
  draw(OMNIGEN, 'its own options', {
    text_guidance_scale: 6,
    image_guidance_scale: 1.5,
    cfg_range_end: 0.8,
    scheduler: 'dpmsolver',
  }),
  draw(DREAMINA, 'a large size', { size: '2048x1536', seed: 5 }),
  draw(DREAMINA, 'steps, which it has not', { steps: 30 }),
  draw(RECRAFT, 'a vector style in two colours', {
    style: 'vector_illustration/line_art',
    colors: [
      { r: 255, g: 136, b: 0 },
      { r: 0, g: 51, b: 102 },
    ],
  }),
  draw(RECRAFT, 'three, though it makes one at a time', { count: 3 }),
  draw(RECRAFT, 'a seed, which it has not', { seed: 9 }),
  draw(WAN, 'three with one seed, though it makes one at a time', { count: 3, seed: 9 }),
  draw(WAN, 'its own options', { shift: 4, guidance_scale_2: 5, negative_prompt: 'blur' }),
  draw(WAN, 'its own options in camelCase', { guidanceScale2: 5, enablePromptExpansion: true }),
  draw(INPAINT, 'a picture and a mask', { strength: 0.9 }, [LAKE, MASK]),
];

const TRANSCRIPT_WISHES: readonly Wish[] = [
  transcribe(WHISPER, 'nothing but the recording', {}),
  transcribe(WHISPER, 'a language', { language: 'fr' }),
  transcribe(WHISPER, 'the language found out by itself, no speakers', {
    language: 'auto',
    diarize: false,
  }),
  transcribe(WHISPER, 'who speaks, of two', { diarize: true, num_speakers: 2 }),
  transcribe(WHISPER, 'word by word', { chunk_level: 'word', batch_size: 16 }),
  transcribe(WHISPER, 'everything in camelCase', {
    chunkLevel: 'word',
    batchSize: 16,
    numSpeakers: 3,
    diarize: true,
  }),
  transcribe(WHISPER, 'a version, which it no longer has', { version: '3', language: 'en' }),
  transcribe(WHISPER, 'no pieces at all', { chunk_level: 'none' }),
  transcribe(WHISPER, 'translated into English', { task: 'translate', language: 'auto' }),
  transcribe(WHISPER, 'with words to expect', { prompt: 'Easel, fal, LoRA' }),
  transcribe(WIZPER, 'nothing but the recording', {}),
  transcribe(WIZPER, 'a language and short pieces', { language: 'de', max_segment_len: 15 }),
  transcribe(WIZPER, 'a version and a language', { version: '3', language: 'en' }),
  transcribe(WIZPER, 'translated into English', { task: 'translate', merge_chunks: false }),
  transcribe(WIZPER, 'who speaks, which it cannot tell', { diarize: true }),
];

const SPEECH_WISHES: readonly Wish[] = [
  speak(SPEECH_HD, 'words alone', {}),
  speak(SPEECH_HD, 'a voice, slower', { voice: 'Deep_Voice_Man', speed: 0.8 }),
  speak(SPEECH_HD, 'a file format', { format: 'flac' }),
  speak(SPEECH_HD, 'a language', { language: 'French' }),
  speak(SPEECH_HD, 'a language boost beyond the page’s list', { language_boost: 'Hebrew' }),
  speak(SPEECH_HD, 'all of `voice_setting`', {
    voice_setting: {
      voice_id: 'Calm_Woman',
      speed: 1.2,
      vol: 2,
      pitch: -3,
      emotion: 'happy',
      english_normalization: true,
    },
  }),
  speak(SPEECH_HD, 'all of `audio_setting`', {
    audio_setting: { format: 'flac', sample_rate: 44_100, bitrate: 256_000, channel: 2 },
  }),
  speak(SPEECH_HD, 'how a word is pronounced', {
    pronunciation_dict: { tone_list: ['fal/(fall)'] },
  }),
  speak(SPEECH_HD, 'the bytes as hex', { output_format: 'hex' }),
  speak(SPEECH_TURBO, 'an emotion', { emotion: 'sad', pitch: 2 }),
  speak(SPEECH_TURBO, 'a voice in camelCase', { voiceId: 'Calm_Woman' }),
  speak(VOICE_CLONE, 'a voice from a recording', { noise_reduction: true, accuracy: 0.8 }, [VOICE]),
  speak(VOICE_DESIGN, 'a voice from a description', { preview_text: 'The fog lifts.' }),
  speak(DIA, 'a dialogue', {}),
  speak(DIA_CLONE, 'a dialogue in a given voice', { ref_text: 'Good morning.' }, [
    sound('voice', 'ref_audio_url'),
  ]),
  speak(CHATTERBOX, 'a voice and its own dials', {
    voice: 'Aurora',
    exaggeration: 0.7,
    cfg: 0.3,
    temperature: 1,
    seed: 4,
    high_quality_audio: true,
  }),
  speak(CHATTERBOX, 'a language, which it has not', { language: 'French' }),
  speak(KOKORO, 'a model whose words are called `prompt`', { voice: 'af_bella', speed: 1.1 }),
];

export const WISHES: readonly Wish[] = [...PICTURE_WISHES, ...TRANSCRIPT_WISHES, ...SPEECH_WISHES];

function byFieldNames(wish: Wish): Wish {
  return { ...wish, byFieldNames: true };
}

function single(id: string): Model {
  return { model: id, endpoint: id };
}

function picture(name: string, option?: string): GivenFile {
  return { url: `https://v3.fal.media/files/${name}.png`, media: 'image', option };
}

function sound(name: string, option?: string): GivenFile {
  return { url: `https://v3.fal.media/files/${name}.mp3`, media: 'audio', option };
}

function draw(
  { model, endpoint }: Model,
  what: string,
  options: Options,
  files: readonly GivenFile[] = [],
): Wish {
  const prompt = 'a lighthouse in fog';
  return { kind: 'picture', what, model, endpoint, prompt, files, options };
}

function transcribe({ model, endpoint }: Model, what: string, options: Options): Wish {
  return { kind: 'transcript', what, model, endpoint, prompt: '', files: [VOICE], options };
}

function speak(
  { model, endpoint }: Model,
  what: string,
  options: Options,
  files: readonly GivenFile[] = [],
): Wish {
  const prompt = 'The fog lifts, and the lamp goes out.';
  return { kind: 'speech', what, model, endpoint, prompt, files, options };
}
