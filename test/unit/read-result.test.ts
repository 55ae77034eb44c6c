import { describe, expect, test } from 'vitest';
import { UpstreamError } from '../../src/errors.ts';
import { parseJson } from '../../src/fal/parse-json.ts';
import { ENDPOINT_KINDS, type Endpoint, type OutputField } from '../../src/models/endpoint.ts';
import { readResult } from '../../src/models/read-result.ts';

const A = 'https://v3.fal.media/files/a.png';
const B = 'https://v3.fal.media/files/b.png';
const C = 'https://v3.fal.media/files/c.png';

function endpoint(kind: Endpoint['kind'], outputs: Readonly<Record<string, OutputField['media']>>) {
  return {
    id: 'fal-ai/x',
    title: 'X',
    kind,
    fields: [],
    outputs: Object.entries(outputs).map(([name, media]) => ({ name, media })),
  } satisfies Endpoint;
}
const pictures = endpoint('text-to-image', { images: 'image' });
const unknown = endpoint('other', {});

const urls = (of: Endpoint, output: unknown) => readResult(of, output).media.map(({ url }) => url);
const flags = (of: Endpoint, output: unknown) =>
  readResult(of, output).media.map(({ url, flagged }) => [url, flagged]);

describe('pictures', () => {
  test('a full answer is read whole, and what has no place of its own is kept', () => {
    const output = {
      images: [
        {
          url: A,
          width: 1024,
          height: 768,
          content_type: 'image/jpeg',
          file_name: 'a.png',
          file_size: 3,
        },
      ],
      timings: { inference: 2.5 },
      seed: 42,
      has_nsfw_concepts: [false],
      prompt: 'a fox',
      description: '  A fox.  ',
      usage: { tokens: 7 },
    };
    expect(readResult(pictures, output)).toEqual({
      media: [
        {
          url: A,
          claimedType: 'image/jpeg',
          fileName: 'a.png',
          width: 1024,
          height: 768,
          flagged: false,
        },
      ],
      text: undefined,
      seed: '42',
      description: 'A fox.',
      inferenceSeconds: 2.5,
      rest: {
        has_nsfw_concepts: [false],
        prompt: 'a fox',
        usage: { tokens: 7 },
        images: [{ file_size: 3 }],
      },
    });
  });

  test('what fal says of one of several files stays with that one', () => {
    const images = [A, { url: B, file_size: 3, file_data: 'QUJD', extra: { steps: [1, 2] } }];
    expect(readResult(pictures, { images }).rest).toEqual({
      images: [{}, { file_size: 3, extra: { steps: [1, 2] } }],
    });
  });

  test('null and missing fields lose nothing', () => {
    const output = {
      images: [{ url: A, width: null, height: 'x', content_type: null, file_data: null }, null],
      seed: null,
      timings: null,
      has_nsfw_concepts: null,
      description: null,
    };
    const { media, seed, description, inferenceSeconds } = readResult(pictures, output);
    expect(media).toEqual([
      {
        url: A,
        claimedType: undefined,
        fileName: undefined,
        width: undefined,
        height: undefined,
        flagged: false,
      },
    ]);
    expect([seed, description, inferenceSeconds]).toEqual([undefined, undefined, undefined]);
  });

  test.each([
    ['one object instead of a list', { image: { url: A } }, [A]],
    ['a list under the name of one', { image: [{ url: A }, { url: B }] }, [A, B]],
    ['a bare address', { image: A }, [A]],
    ['bare addresses', { images: [A, B] }, [A, B]],
    ['the same picture twice', { image: { url: A }, images: [{ url: A }, { url: B }] }, [A, B]],
    ['null entries', { images: [null, { url: A }, {}, 7] }, [A]],
    ['a name nobody knows', { result: { pictures: [{ url: A }] } }, [A]],
    ['an address under a name of its own', { picture_url: A }, [A]],
    ['a list of addresses under such a name', { picture_urls: [A, B] }, [A, B]],
    [
      'inlined bytes',
      { images: [{ url: 'data:image/png;base64,AAAA' }] },
      ['data:image/png;base64,AAAA'],
    ],
    [
      'addresses of other kinds beside a good one',
      {
        images: [
          'file:///etc/passwd',
          { url: 'blob:x' },
          { url: 'ftp://a/b' },
          '/c.png',
          { url: A },
        ],
      },
      [A],
    ],
    [
      'bytes beside an empty address',
      { images: [{ url: '', file_data: 'QUJD'.repeat(20) }] },
      [`data:application/octet-stream;base64,${'QUJD'.repeat(20)}`],
    ],
  ])('%s', (_, output, expected) => {
    expect(urls(pictures, output).toSorted()).toEqual(expected.toSorted());
  });

  test('undeclared pictures beside declared ones are no result, and are kept', () => {
    const result = readResult(pictures, { images: [{ url: A }], control_image: { url: B } });
    expect(result.media.map(({ url }) => url)).toEqual([A]);
    expect(result.rest).toEqual({ control_image: { url: B } });
  });

  test('files nested too deep to be meant are not looked for', () => {
    let output: unknown = { url: A };
    for (let depth = 0; depth < 40; depth += 1) output = { more: output };
    expect(() => readResult(pictures, output)).toThrow(UpstreamError);
  });
});

describe('the marks of a safety check', () => {
  test.each([
    [
      'a list',
      { images: [A, B], has_nsfw_concepts: [false, true] },
      [
        [A, false],
        [B, true],
      ],
    ],
    [
      'its older name',
      { images: [A, B], nsfw_content_detected: [true, false] },
      [
        [A, true],
        [B, false],
      ],
    ],
    [
      'both, of which one is null',
      { images: [A], nsfw_content_detected: null, has_nsfw_concepts: [true] },
      [[A, true]],
    ],
    ['one mark for one picture', { image: { url: A }, has_nsfw_concepts: true }, [[A, true]]],
    [
      'one mark for all',
      { images: [A, B], has_nsfw_concepts: true },
      [
        [A, true],
        [B, true],
      ],
    ],
    [
      'a mark inside an entry',
      {
        images: [
          { url: A, nsfw: true },
          { url: B, is_nsfw: false },
        ],
      },
      [
        [A, true],
        [B, false],
      ],
    ],
    [
      'a list that is too short',
      { images: [A, B, C], has_nsfw_concepts: [true] },
      [
        [A, true],
        [B, false],
        [C, false],
      ],
    ],
    ['a list that is too long', { images: [A], has_nsfw_concepts: [false, false] }, [[A, false]]],
    [
      'null entries keep their places',
      { images: [null, A, B], has_nsfw_concepts: [false, true, false] },
      [
        [A, true],
        [B, false],
      ],
    ],
    [
      'what is marked and not handed out',
      { images: [A, null], has_nsfw_concepts: [false, true] },
      [
        [A, false],
        ['', true],
      ],
    ],
    [
      'what is marked and missing at the end',
      { images: [A], has_nsfw_concepts: [false, true] },
      [
        [A, false],
        ['', true],
      ],
    ],
    [
      'all marked and none handed out',
      { images: [], has_nsfw_concepts: [true, true] },
      [
        ['', true],
        ['', true],
      ],
    ],
    ['one marked and none handed out', { image: null, has_nsfw_concepts: true }, [['', true]]],
    [
      'the same address twice, marked once',
      { images: [A, A], has_nsfw_concepts: [false, true] },
      [[A, true]],
    ],
    [
      'pictures in unknown places',
      { made: [{ url: A }, { url: B }], has_nsfw_concepts: [false, true] },
      [
        [A, false],
        [B, true],
      ],
    ],
  ])('%s', (_, output, expected) => {
    expect(flags(pictures, output)).toEqual(expected);
  });

  test('a list speaks of the pictures, not of what comes with them', () => {
    const of = endpoint('text-to-image', { model: '3d', images: 'image' });
    const output = { model: { url: B }, images: [{ url: A }], has_nsfw_concepts: [true] };
    expect(flags(of, output)).toEqual([
      [B, false],
      [A, true],
    ]);
  });
});

describe('other kinds', () => {
  const sound = endpoint('text-to-speech', { audio: 'audio' });
  test.each([
    [endpoint('text-to-video', { video: 'video' }), { video: { url: A } }, [A]],
    [endpoint('text-to-video', { video: 'video' }), { video: [{ url: A }, { url: B }] }, [A, B]],
    [endpoint('text-to-video', { video: 'video' }), { videos: [{ url: A }] }, [A]],
    [sound, { audio: { url: A } }, [A]],
    [sound, { audio_file: { url: A } }, [A]],
    [sound, { audio_url: A }, [A]],
    [sound, { audio: A }, [A]],
    [endpoint('image-to-3d', { model_mesh: '3d' }), { model_mesh: { url: A } }, [A]],
    [endpoint('image-to-3d', {}), { model_glb: { url: A }, seed: 1 }, [A]],
    [
      endpoint('image-to-3d', { model_glb: '3d', model_urls: '3d', thumbnail: 'image' }),
      {
        model_glb: { url: A },
        model_urls: { glb: { url: A }, obj: { url: B }, fbx: null },
        thumbnail: { url: C },
      },
      [A, B, C],
    ],
    [endpoint('training', { lora: 'file' }), { lora: { url: A } }, [A]],
    [unknown, { something: { nested: [{ url: A }] } }, [A]],
    [unknown, [{ url: A }, { url: B }], [A, B]],
    [unknown, { output: A }, [A]],
    [unknown, { output: [A, B] }, [A, B]],
  ])('%j: %j', (of, output, expected) => {
    expect(urls(of, output)).toEqual(expected);
  });

  test.each([
    ['hex', 'hex'],
    ['base64', 'base64'],
  ] as const)('bare %s where the sound should be becomes an address of its own', (_, encoding) => {
    const bytes = Buffer.from(`ID3\u0004\0\0${'sound'.repeat(40)}`);
    const [url = ''] = urls(sound, { audio: bytes.toString(encoding), duration_ms: 1200 });
    expect(url).toMatch(/^data:application\/octet-stream;base64,/u);
    expect(Buffer.from(url.split(',')[1] ?? '', 'base64')).toEqual(bytes);
  });

  test('a sentence where the sound should be is no sound', () => {
    const output = { audio: 'The voice is not available. '.repeat(5) };
    expect(() => readResult(sound, output)).toThrow('The model answered without sound.');
  });
});

describe('words', () => {
  const transcript = endpoint('speech-to-text', { text: 'text' });
  test('a transcript is kept whole, line breaks and all', () => {
    const text = `  one\n\ntwo ${'x'.repeat(5000)} `;
    const output = { text, chunks: [{ text: 'one', timestamp: [0, null] }], languages: ['en'] };
    const result = readResult(transcript, output);
    expect(result.text).toBe(text);
    expect(result.media).toEqual([]);
    expect(result.rest).toEqual({ chunks: output.chunks, languages: ['en'] });
  });

  test.each([
    [endpoint('llm', { output: 'text' }), { output: 'Yes.', reasoning: null }, 'Yes.'],
    [endpoint('llm', {}), { output: 'Yes.' }, 'Yes.'],
    [endpoint('llm', {}), 'Yes.', 'Yes.'],
    [transcript, { text: '' }, ''],
    [transcript, { text: null, transcript: 'hello' }, 'hello'],
    [endpoint('image-to-text', { results: 'text' }), { results: 'a dog' }, 'a dog'],
    [endpoint('image-to-text', {}), { description: ' a dog ' }, ' a dog '],
    [endpoint('vision', {}), { captions: null, output: ['a dog', 'a cat'] }, 'a dog\na cat'],
    [endpoint('llm', { output: 'text' }), { output: 42 }, '42'],
    [endpoint('llm', { output: 'text' }), { output: A }, A],
    [unknown, { output: 'f'.repeat(64) }, 'f'.repeat(64)],
    [unknown, { text: 'Yes.' }, 'Yes.'],
  ])('%j: %j', (of, output, expected) => {
    expect(readResult(of, output).text).toBe(expected);
  });

  test('words beside sound are told with it', () => {
    const of = endpoint('audio-to-audio', { audio: 'audio', custom_voice_id: 'text' });
    const result = readResult(of, { audio: { url: A }, custom_voice_id: 'Voice7' });
    expect([result.media.length, result.text]).toEqual([1, 'Voice7']);
    expect(readResult(of, { audio: null, custom_voice_id: 'Voice7' }).text).toBe('Voice7');
  });

  test('the prompt that a picture model sends back is not its result', () => {
    const of = endpoint('text-to-image', { images: 'image', prompt: 'text' });
    const { text, rest } = readResult(of, { images: [A], prompt: 'a fox' });
    expect([text, rest]).toEqual([undefined, { prompt: 'a fox' }]);
  });
});

describe('data', () => {
  test('where data is all there is, the data is what is told', () => {
    const data = { objects: [{ label: 'dog', score: 0.5 }], count: 1 };
    const result = readResult(endpoint('json', {}), { ...data, seed: 3, timings: {} });
    expect(JSON.parse(result.text ?? '')).toEqual(data);
    expect([result.rest, result.seed]).toEqual([{}, '3']);
  });

  test('beside a picture of it, the data is told too', () => {
    const of = endpoint('vision', { image: 'image' });
    const result = readResult(of, { image: { url: A }, objects: [1, 2] });
    expect(result.media).toHaveLength(1);
    expect(JSON.parse(result.text ?? '')).toEqual({ objects: [1, 2] });
  });

  test('numbers beyond 2^53 keep their digits', () => {
    const output = parseJson('{"id":196619188014358660}');
    expect(readResult(endpoint('json', {}), output).text).toContain('196619188014358660');
  });
});

describe('the seed', () => {
  test.each([
    ['{"image":{"url":"https://a.example/a"},"seed":196619188014358660}', '196619188014358660'],
    ['{"image":{"url":"https://a.example/a"},"seed":0}', '0'],
    ['{"image":{"url":"https://a.example/a"},"seed":"77"}', '77'],
    ['{"image":{"url":"https://a.example/a"},"used_seed":5}', '5'],
    ['{"image":{"url":"https://a.example/a"},"seeds":[8,9]}', '8'],
    ['{"image":{"url":"https://a.example/a"},"seed":{}}', undefined],
    ['{"image":{"url":"https://a.example/a"}}', undefined],
  ])('of %s is %s', (text, seed) => {
    expect(readResult(pictures, parseJson(text)).seed).toBe(seed);
  });
});

describe('an answer with nothing made in it is an error that says what is missing', () => {
  test.each([
    [pictures, { images: [], seed: 1 }, 'without a picture.'],
    [pictures, { images: [{ url: 'file:///etc/passwd' }] }, 'without a picture.'],
    [pictures, null, 'without a picture.'],
    [pictures, 'no', 'without a picture.'],
    [pictures, { text: 'no pictures today' }, 'without a picture.'],
    [endpoint('text-to-video', {}), {}, 'without a video.'],
    [endpoint('text-to-speech', {}), { audio: null }, 'without sound.'],
    [endpoint('speech-to-text', { text: 'text' }), { text: null }, 'without words.'],
    [endpoint('text-to-3d', {}), {}, 'without a 3D model.'],
    [unknown, { seed: 3 }, 'without a result.'],
    [endpoint('json', {}), {}, 'without a result.'],
  ])('%j: %j', (of, output, words) => {
    expect(() => readResult(of, output)).toThrow(UpstreamError);
    expect(() => readResult(of, output)).toThrow(`The model answered ${words}`);
  });

  test('the model’s own excuse is passed on', () => {
    const output = { images: [], description: 'I cannot draw that.' };
    expect(() => readResult(pictures, output)).toThrow('It said: “I cannot draw that.”');
  });

  test.each(ENDPOINT_KINDS)('for %s, too', (kind) => {
    expect(() => readResult(endpoint(kind, {}), {})).toThrow(/^The model answered without /u);
  });
});
