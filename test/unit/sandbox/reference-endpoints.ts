/** The reference pages' endpoints as their documents have them, written down apart from the sandbox. */

export interface Documented {
  readonly endpoint: string;
  /** The page's "required parameters" example, or one made of the required fields alone. */
  readonly required: Readonly<Record<string, unknown>>;
  /** The page's "full example", or one that sets every field there is. */
  readonly full: Readonly<Record<string, unknown>>;
  /** Every field of the answer. */
  readonly answer: readonly string[];
}

const PICTURE = 'https://storage.googleapis.com/falserverless/example_inputs/kontext-input.png';
const SOUND = 'https://storage.googleapis.com/falserverless/model_tests/whisper/dinner.mp3';
const DIFFUSION = ['images', 'timings', 'seed', 'has_nsfw_concepts', 'prompt'];
const SMALL = { width: 96, height: 64 };
const DOG =
  "An action shot of a black lab swimming in an inground suburban swimming pool. The camera is placed meticulously on the water line, dividing the image in half, revealing both the dogs head above water holding a tennis ball in it's mouth, and it's paws paddling underwater.";
const CAR = 'make a photo of the man driving the car down the california coastline';
const CAR_PICTURES = [
  'https://storage.googleapis.com/falserverless/example_inputs/nano-banana-edit-input.png',
  'https://storage.googleapis.com/falserverless/example_inputs/nano-banana-edit-input-2.png',
];
const FUJI =
  'Mount Fuji with cherry blossoms in the foreground, clear sky, peaceful spring day, soft natural light, realistic landscape.';
const SPEECH = {
  text: 'Hello from <#0.5#> the other side',
  voice_setting: {
    voice_id: 'Calm_Woman',
    speed: 1.2,
    vol: 2,
    pitch: -3,
    emotion: 'happy',
    english_normalization: true,
  },
  audio_setting: { sample_rate: 44_100, bitrate: 64_000, format: 'flac', channel: 2 },
  language_boost: 'Chinese,Yue',
  output_format: 'url',
  pronunciation_dict: { tone_list: ['omg/(oh my god)'] },
};
const KONTEXT = {
  required: { prompt: 'Put a donut next to the flour.', image_url: PICTURE },
  full: {
    prompt: 'Put a donut next to the flour.',
    image_url: PICTURE,
    seed: 1,
    guidance_scale: 2,
    sync_mode: false,
    num_images: 2,
    output_format: 'png',
    safety_tolerance: '6',
    enhance_prompt: true,
    aspect_ratio: '21:9',
  },
  answer: DIFFUSION,
};

export const REFERENCE: readonly Documented[] = [
  {
    endpoint: 'fal-ai/nano-banana-pro',
    required: { prompt: DOG },
    full: {
      prompt: DOG,
      num_images: 1,
      aspect_ratio: '1:1',
      output_format: 'png',
      resolution: '1K',
    },
    answer: ['images', 'description'],
  },
  {
    endpoint: 'fal-ai/nano-banana-pro/edit',
    required: { prompt: CAR, image_urls: CAR_PICTURES },
    full: {
      prompt: CAR,
      num_images: 1,
      aspect_ratio: 'auto',
      output_format: 'png',
      image_urls: CAR_PICTURES,
      resolution: '1K',
    },
    answer: ['images', 'description'],
  },
  {
    endpoint: 'fal-ai/qwen-image',
    required: { prompt: FUJI },
    full: {
      prompt: FUJI,
      image_size: 'landscape_4_3',
      num_inference_steps: 30,
      guidance_scale: 2.5,
      num_images: 1,
      enable_safety_checker: true,
      output_format: 'png',
      negative_prompt: 'blurry, ugly',
      acceleration: 'none',
      use_turbo: true,
    },
    answer: DIFFUSION,
  },
  {
    endpoint: 'fal-ai/flux/dev',
    required: { prompt: FUJI },
    full: {
      prompt: FUJI,
      image_size: SMALL,
      num_inference_steps: 28,
      seed: 9,
      guidance_scale: 3.5,
      sync_mode: false,
      num_images: 2,
      enable_safety_checker: false,
      output_format: 'png',
      acceleration: 'high',
    },
    answer: DIFFUSION,
  },
  { endpoint: 'fal-ai/flux-pro/kontext', ...KONTEXT },
  { endpoint: 'fal-ai/flux-pro/kontext/max', ...KONTEXT },
  {
    endpoint: 'fal-ai/flux-lora',
    required: { prompt: FUJI },
    full: {
      prompt: FUJI,
      image_size: SMALL,
      num_inference_steps: 40,
      seed: 9,
      loras: [
        { path: 'https://example.com/a.safetensors', scale: 0.8 },
        { path: 'somebody/style', scale: 4 },
        { path: 'c' },
        { path: 'd' },
      ],
      guidance_scale: 35,
      sync_mode: false,
      num_images: 1,
      enable_safety_checker: true,
      output_format: 'jpeg',
      acceleration: 'regular',
    },
    answer: DIFFUSION,
  },
  {
    endpoint: 'fal-ai/ideogram/character',
    required: { prompt: 'as a sailor', reference_image_urls: [PICTURE] },
    full: {
      prompt: 'as a sailor',
      reference_image_urls: [PICTURE, PICTURE],
      reference_mask_urls: [PICTURE],
      image_urls: [PICTURE],
      image_size: SMALL,
      rendering_speed: 'QUALITY',
      style_codes: ['01ABcdef'],
      color_palette: { members: [{ rgb: { r: 1, g: 2, b: 255 }, color_weight: 0.05 }] },
      expand_prompt: false,
      negative_prompt: 'fog',
      num_images: 8,
      seed: 3,
      sync_mode: true,
    },
    answer: ['images', 'seed'],
  },
  {
    endpoint: 'fal-ai/omnigen-v2',
    required: { prompt: FUJI },
    full: {
      prompt: FUJI,
      input_image_urls: [PICTURE, PICTURE, PICTURE],
      image_size: SMALL,
      num_inference_steps: 20,
      seed: 4,
      text_guidance_scale: 8,
      image_guidance_scale: 1,
      negative_prompt: '',
      cfg_range_start: 0.2,
      cfg_range_end: 0.8,
      scheduler: 'dpmsolver',
      sync_mode: false,
      num_images: 2,
      enable_safety_checker: true,
      output_format: 'png',
    },
    answer: DIFFUSION,
  },
  {
    endpoint: 'fal-ai/bytedance/dreamina/v3.1/text-to-image',
    required: { prompt: FUJI },
    full: {
      prompt: FUJI,
      image_size: { width: 512, height: 640 },
      enhance_prompt: true,
      num_images: 2,
      seed: 5,
      sync_mode: false,
    },
    answer: ['images', 'seed'],
  },
  {
    endpoint: 'fal-ai/recraft/v3/text-to-image',
    required: { prompt: 'red panda' },
    full: {
      prompt: 'red panda',
      image_size: SMALL,
      style: 'vector_illustration/line_art',
      colors: [{ r: 255, g: 0, b: 10 }],
      style_id: '6f0c2b54-6a7e-4c0a-9d7e-0a1b2c3d4e5f',
      enable_safety_checker: true,
    },
    answer: ['images'],
  },
  {
    endpoint: 'fal-ai/wan/v2.2-a14b/text-to-image',
    required: { prompt: FUJI },
    full: {
      prompt: FUJI,
      negative_prompt: 'fog',
      seed: 6,
      num_inference_steps: 2,
      enable_safety_checker: true,
      enable_output_safety_checker: true,
      enable_prompt_expansion: true,
      acceleration: 'none',
      guidance_scale: 10,
      guidance_scale_2: 1,
      shift: 10,
      image_size: SMALL,
    },
    answer: ['image', 'seed'],
  },
  {
    endpoint: 'fal-ai/whisper',
    required: { audio_url: SOUND },
    full: {
      audio_url: SOUND,
      task: 'translate',
      language: 'haw',
      diarize: true,
      chunk_level: 'word',
      batch_size: 1,
      prompt: 'names: Ada',
      num_speakers: 3,
    },
    answer: ['text', 'chunks', 'inferred_languages', 'diarization_segments'],
  },
  {
    endpoint: 'fal-ai/wizper',
    required: { audio_url: SOUND },
    full: {
      audio_url: SOUND,
      task: 'translate',
      language: null,
      chunk_level: 'segment',
      max_segment_len: 10,
      merge_chunks: false,
      version: '3',
    },
    answer: ['text', 'chunks', 'languages'],
  },
  {
    endpoint: 'fal-ai/minimax/voice-clone',
    required: { audio_url: SOUND },
    full: {
      audio_url: SOUND,
      noise_reduction: true,
      need_volume_normalization: true,
      accuracy: 0.5,
      text: 'hello',
      model: 'speech-01-turbo',
    },
    answer: ['custom_voice_id', 'audio'],
  },
  {
    endpoint: 'fal-ai/minimax/voice-design',
    required: { prompt: 'a warm old voice', preview_text: 'hello there' },
    full: { prompt: 'a warm old voice', preview_text: 'x'.repeat(500) },
    answer: ['custom_voice_id', 'audio'],
  },
  {
    endpoint: 'fal-ai/minimax/speech-02-hd',
    required: { text: 'Hello' },
    full: SPEECH,
    answer: ['audio', 'duration_ms'],
  },
  {
    endpoint: 'fal-ai/minimax/speech-02-turbo',
    required: { text: 'Hello' },
    full: { ...SPEECH, audio_setting: { sample_rate: '8000', bitrate: '32000', channel: '1' } },
    answer: ['audio', 'duration_ms'],
  },
  {
    endpoint: 'fal-ai/dia-tts',
    required: { text: '[S1] Hello. [S2] (laughs) Hi.' },
    full: { text: '[S1] Hello. [S2] (laughs) Hi.' },
    answer: ['audio'],
  },
  {
    endpoint: 'fal-ai/dia-tts/voice-clone',
    required: { text: '[S1] Hello.', ref_audio_url: SOUND, ref_text: '[S1] Good evening.' },
    full: { text: '[S1] Hello.', ref_audio_url: SOUND, ref_text: '[S1] Good evening.' },
    answer: ['audio'],
  },
  {
    endpoint: 'resemble-ai/chatterboxhd/text-to-speech',
    required: {},
    full: {
      text: 'Hello',
      voice: 'Vicky',
      audio_url: SOUND,
      exaggeration: 2,
      cfg: 0,
      high_quality_audio: true,
      seed: 7,
      temperature: 0.05,
    },
    answer: ['audio'],
  },
];

export function requiredOf(endpoint: string): Readonly<Record<string, unknown>> {
  const found = REFERENCE.find((documented) => documented.endpoint === endpoint);
  if (!found) throw new Error(`nothing is written down about ${endpoint}`);
  return found.required;
}
