/** The engine by example: what a person types, and exactly what fal gets. */
import { describe, expect, test } from 'vitest';
import { loadModels } from '../../src/models/load-models.ts';
import type { GivenFile } from '../../src/models/model.ts';
import { refusalOf } from '../support/refusal-of.ts';

const models = await loadModels({ allowed: ['**'] });
const PROMPT = 'a lighthouse in fog';

type Options = Readonly<Record<string, string | number | boolean>>;

function picture(name: string, option?: string): GivenFile {
  return { url: `https://v3.fal.media/${name}`, media: 'image', option };
}

function ask(model: string, options: Options = {}, files: readonly GivenFile[] = []) {
  return models.find(model).toInput({ prompt: PROMPT, files, options });
}

function split(model: string, options: Options) {
  const parts = models.find(model).split({ prompt: PROMPT, files: [], options });
  return parts.map((part) => part.options);
}

describe('names', () => {
  test('neutral names become the endpoint’s own, in its own order', () => {
    expect(
      ask('nano-banana-pro', {
        format: 'webp',
        n: 4,
        ar: '21:9',
        res: '4K',
        seed: 7,
        safetyTolerance: 2,
        'web-search': true,
        limit_generations: 'yes',
      }),
    ).toEqual({
      endpoint: 'fal-ai/nano-banana-pro',
      input: {
        prompt: PROMPT,
        num_images: 4,
        seed: 7,
        aspect_ratio: '21:9',
        output_format: 'webp',
        safety_tolerance: '2',
        resolution: '4K',
        limit_generations: true,
        enable_web_search: true,
      },
      notes: [],
    });
  });

  test('voice, speed, format and language go where MiniMax keeps them', () => {
    const { input, notes } = ask('minimax-speech-02-hd', {
      voice: 'Deep_Voice_Man',
      speed: '1.2',
      format: 'flac',
      language: 'German',
      emotion: 'happy',
      sample_rate: '44100',
      tone_list: '["omg/(oh my god)"]',
    });
    expect(input).toEqual({
      text: PROMPT,
      voice_setting: { voice_id: 'Deep_Voice_Man', speed: 1.2, emotion: 'happy' },
      audio_setting: { format: 'flac', sample_rate: 44_100 },
      language_boost: 'German',
      output_format: 'url',
      pronunciation_dict: { tone_list: ['omg/(oh my god)'] },
    });
    expect(notes).toEqual([]);
  });

  test.each([
    ['guidnce', 'guidance'],
    ['num_inference_step', 'num_inference_steps'],
    ['negative_promt', 'negative_prompt'],
    ['aceleration', 'acceleration'],
  ])('“%s” is met with “%s”', (typed, meant) => {
    expect(refusalOf(() => ask('qwen-image', { [typed]: 1 }))).toBe(
      `qwen-image has no option “${typed}”. Did you mean “${meant}”?`,
    );
  });

  test('what nothing resembles is met with the place to look', () => {
    expect(refusalOf(() => ask('qwen-image', { zzz: 1 }))).toBe(
      'qwen-image has no option “zzz”. /models qwen-image lists what it has.',
    );
  });

  test('a mistyped model is met with the nearest name, a strange one with the list', () => {
    expect(refusalOf(() => models.find('qwen-imge'))).toContain('Did you mean “qwen-image”?');
    expect(refusalOf(() => models.find('https://evil.example'))).toContain('No model is called');
    for (const name of ['__proto__', 'constructor', '']) {
      expect(refusalOf(() => models.find(name))).toContain('No model is called');
    }
  });
});

describe('shapes', () => {
  test.each([
    ['16:10', '3:2'],
    ['10:16', '2:3'],
    ['9:21', '9:16'],
  ])('nano-banana-pro has no %s and takes %s with a note', (wanted, used) => {
    const { input, notes } = ask('nano-banana-pro', { aspect_ratio: wanted });
    expect(input['aspect_ratio']).toBe(used);
    expect(notes).toEqual([`nano-banana-pro has no ${wanted}; the nearest, ${used}, was used.`]);
  });

  test.each([
    ['1:1', 'square_hd'],
    ['4:3', 'landscape_4_3'],
    ['9:16', 'portrait_16_9'],
  ])('qwen-image draws %s as %s', (ratio, preset) => {
    expect(ask('qwen-image', { ar: ratio })).toMatchObject({
      input: { image_size: preset },
      notes: [],
    });
  });

  test.each(['16:10', '10:16', '21:9', '9:21', '3:2', '5:4'])(
    'qwen-image draws %s in pixels of exactly that shape',
    (ratio) => {
      const { input, notes } = ask('qwen-image', { ar: ratio });
      const { width, height } = input['image_size'] as { width: number; height: number };
      const [wide, high] = ratio.split(':').map(Number);
      expect(width * Number(high)).toBe(height * Number(wide));
      expect([width % 16, height % 16]).toEqual([0, 0]);
      expect(notes).toEqual([]);
    },
  );

  test('exact pixels win over a ratio, and become the nearest shape where there are none', () => {
    const wish = { size: '1920x1080', aspect_ratio: '1:1' };
    expect(ask('qwen-image', wish).input['image_size']).toEqual({ width: 1920, height: 1080 });
    expect(ask('nano-banana-pro', wish)).toMatchObject({
      input: { aspect_ratio: '16:9' },
      notes: ['nano-banana-pro has no 1920x1080; the nearest, 16:9, was used.'],
    });
  });

  test('a ratio inside of an object goes there', () => {
    const { input } = ask('fal-ai/image-apps-v2/age-modify', { ar: '16:9', target_age: 30 }, [
      picture('a.png'),
    ]);
    expect(input['aspect_ratio']).toEqual({ ratio: '16:9' });
  });

  test('a size out of bounds is refused with the bounds', () => {
    expect(refusalOf(() => ask('dreamina', { size: '256x256' }))).toMatch(
      /“size” must be .*512.*2048.*not “256x256”/u,
    );
  });
});

describe('files', () => {
  test('pictures make it an edit, and leave the shape to the model', () => {
    expect(ask('nano-banana-pro', {}, [picture('1.png'), picture('2.png')])).toEqual({
      endpoint: 'fal-ai/nano-banana-pro/edit',
      input: {
        prompt: PROMPT,
        image_urls: ['https://v3.fal.media/1.png', 'https://v3.fal.media/2.png'],
      },
      notes: [],
    });
  });

  test('an address typed as an option makes it an edit as well', () => {
    const address = 'https://v3.fal.media/1.png';
    expect(ask('flux-kontext', { image_url: address })).toMatchObject({
      endpoint: 'fal-ai/flux-pro/kontext',
      input: { image_url: address },
    });
  });

  test('of several endpoints, the one that takes all that is attached is used', () => {
    const sound: GivenFile = {
      url: 'https://v3.fal.media/a.mp3',
      media: 'audio',
      option: undefined,
    };
    const name = 'fal-ai/wan/v2.7/text-to-video';
    expect(ask(name, {}, [sound]).endpoint).toBe(name);
    expect(ask(name, {}, [sound, picture('a.png')])).toMatchObject({
      endpoint: 'fal-ai/wan/v2.7/image-to-video',
      notes: ['With what was attached, fal-ai/wan/v2.7/image-to-video was used.'],
    });
  });

  test('more pictures than it takes are left out with a note', () => {
    const pictures = Array.from({ length: 15 }, (_, at) => picture(`${at}.png`));
    const { input, notes } = ask('nano-banana-pro', {}, pictures);
    expect(input['image_urls']).toHaveLength(14);
    expect(notes).toEqual(['nano-banana-pro takes 14 pictures; the first ones were used.']);
  });

  test('a mask and a style go where they belong', () => {
    const { input } = ask('ideogram-character', {}, [
      picture('style.png', 'image_urls'),
      picture('who.png'),
      picture('mask.png', 'reference_mask_urls'),
    ]);
    expect(input).toMatchObject({
      reference_image_urls: ['https://v3.fal.media/who.png'],
      reference_mask_urls: ['https://v3.fal.media/mask.png'],
      image_urls: ['https://v3.fal.media/style.png'],
    });
  });

  test('a file that an object holds goes into the object', () => {
    const film: GivenFile = {
      url: 'https://v3.fal.media/a.mp4',
      media: 'video',
      option: undefined,
    };
    const { input } = ask('fal-ai/ltx-video-v095/extend', { start_frame_num: 16 }, [film]);
    expect(input['video']).toEqual({ video_url: film.url, start_frame_num: 16 });
  });

  test('too few are asked for', () => {
    const sound: GivenFile = {
      url: 'https://v3.fal.media/a.mp3',
      media: 'audio',
      option: undefined,
    };
    expect(refusalOf(() => ask('fal-ai/ffmpeg-api/merge-audios', {}, [sound]))).toBe(
      'fal-ai/ffmpeg-api/merge-audios works from at least 2 sounds: attach them as “audio” (at fal: “audio_urls”).',
    );
    expect(refusalOf(() => ask('whisper'))).toBe(
      'whisper works from a sound: attach one as “audio” (at fal: “audio_url”).',
    );
  });
});

describe('values', () => {
  test('of a structure, the piece that does not fit is told of', () => {
    const setting = JSON.stringify({ voice_id: 'Wise_Woman', speed: 3 });
    expect(refusalOf(() => ask('minimax-speech-02-hd', { voice_setting: setting }))).toBe(
      '“voice_setting.speed” must be a number from 0.5 to 2, not 3.',
    );
    const unknown = JSON.stringify({ voice: 'x' });
    expect(refusalOf(() => ask('minimax-speech-02-hd', { voice_setting: unknown }))).toMatch(
      /^“voice_setting” has no “voice”: it takes JSON with voice_id, speed/u,
    );
    const loras = JSON.stringify([{ path: 'a/b' }, { scale: 1 }]);
    expect(refusalOf(() => ask('qwen-image', { loras }))).toMatch(/^“loras\.2\.path” is needed/u);
  });

  test('LoRAs, colours and sizes are typed as people type them', () => {
    const lora = 'https://example.com/a.safetensors:0.8 somebody/b';
    expect(ask('qwen-image', { lora }).input['loras']).toEqual([
      { path: 'https://example.com/a.safetensors', scale: 0.8 },
      { path: 'somebody/b', scale: 1 },
    ]);
    expect(ask('recraft-v3', { colors: '#ff8000, 0000ff' }).input['colors']).toEqual([
      { r: 255, g: 128, b: 0 },
      { r: 0, g: 0, b: 255 },
    ]);
  });

  test('what excludes each other is refused together', () => {
    const wish = { style: 'FICTION', style_codes: '0123abcd' };
    expect(refusalOf(() => ask('ideogram-character', wish, [picture('who.png')]))).toBe(
      '“style” and “style_codes” exclude each other: use one of them.',
    );
  });

  test('what it lacks is noted, what it half has is bent', () => {
    const { input, notes } = ask('wan', { acceleration: 'high', format: 'png', lora: 'a/b' });
    expect(input).toEqual({ prompt: PROMPT, acceleration: 'regular' });
    expect(notes).toEqual([
      'wan has no high; regular was used.',
      'wan has no choice of file format; left out.',
      'wan has no LoRAs; left out.',
    ]);
  });

  test('under its own name nothing is bent', () => {
    expect(refusalOf(() => ask('qwen-image', { output_format: 'webp' }))).toBe(
      '“output_format” must be one of jpeg, png, not “webp”.',
    );
    expect(ask('qwen-image', { format: 'webp' }).notes).toEqual([
      'qwen-image has no webp; png was used.',
    ]);
  });

  test('several mistakes are told at once, each once', () => {
    const message = refusalOf(() => ask('qwen-image', { steps: 1, guidance: 21, num_images: 5 }));
    expect(message.split('\n')).toEqual([
      '“steps” must be a whole number from 2 to 250, not 1.',
      '“guidance” must be a number from 0 to 20, not 21.',
      '“num_images” must be a whole number from 1 to 4, not 5.',
    ]);
  });

  test('a prompt that does not fit is not missing as well', () => {
    const nano = models.find('nano-banana-pro');
    expect(refusalOf(() => nano.toInput({ prompt: 'ab', files: [], options: {} }))).toBe(
      '“prompt” must be 3 to 50,000 characters long, not “ab”.',
    );
    expect(refusalOf(() => nano.toInput({ prompt: ' \n ', files: [], options: {} }))).toBe(
      '“prompt” is needed: 3 to 50,000 characters long.',
    );
  });
});

describe('counts and seeds', () => {
  test('what one request cannot make becomes several, seeds one apart', () => {
    expect(split('qwen-image', { count: 9, seed: 5 })).toEqual([
      { count: 4, seed: 5 },
      { count: 4, seed: 6 },
      { count: 1, seed: 7 },
    ]);
    expect(split('wan', { n: 2, Seed: '9007199254740992' })).toEqual([
      { Seed: '9007199254740992' },
      { Seed: '9007199254740993' },
    ]);
    expect(split('recraft-v3', { count: 2 })).toEqual([{}, {}]);
  });

  test('behind the largest seed the smallest one follows', () => {
    expect(split('fal-ai/t2v-turbo', { count: 3, seed: 203_278 })).toEqual([
      { seed: 203_278 },
      { seed: 203_279 },
      { seed: 0 },
    ]);
  });

  test('a seed of ours goes only where any seed is taken', () => {
    const names = ['qwen-image', 'recraft-v3', 'fal-ai/t2v-turbo'];
    expect(names.map((name) => models.find(name).takes('seed', []))).toEqual([true, false, false]);
  });

  test('fewer than an endpoint makes becomes its least, with a note', () => {
    const film: GivenFile = {
      url: 'https://v3.fal.media/a.mp4',
      media: 'video',
      option: undefined,
    };
    const model = models.find('mirelo-ai/sfx-v1.5/video-to-audio');
    const { input, notes } = model.toInput({ prompt: '', files: [film], options: { count: 1 } });
    expect(input['num_samples']).toBe(2);
    expect(notes).toEqual(['mirelo-ai/sfx-v1.5/video-to-audio makes at least 2 at a time.']);
  });
});

test('an option of a sister endpoint is noted, not refused', () => {
  expect(ask('flux-dev', { strength: 0.5 }).notes).toEqual(['flux-dev has no strength; left out.']);
  expect(ask('fal-ai/ltx-2-19b/text-to-video', { end_image_strength: 0.5 }).notes).toEqual([
    'Only fal-ai/ltx-2-19b/image-to-video has “end_image_strength”; left out.',
  ]);
});
