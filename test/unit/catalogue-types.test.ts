import { describe, expect, test } from 'vitest';
import { createBorrowFacts } from '../../src/models/catalogue/borrow-facts.ts';
import { readFields } from '../../src/models/catalogue/read-fields.ts';
import { readTypes } from '../../src/models/catalogue/read-types.ts';
import { createResolve } from '../../src/models/catalogue/schema-node.ts';
import { toTitle } from '../../src/models/catalogue/to-title.ts';
import type { Endpoint, Field } from '../../src/models/endpoint.ts';

const ID = 'acme/painter/edit';

/** The fields of an endpoint whose input is written down like this in the client's type file. */
function readInput(members: string, more = ''): readonly Field[] {
  const { endpoints, definitions } = readTypes(`
    export type PainterInput = { ${members} };
    export type PainterOutput = { images: Array<Image>; };
    ${more}
    export type EndpointTypeMap = {
      "${ID}": { input: PainterInput; output: PainterOutput; };
    };
  `);
  return readFields(endpoints.get(ID)?.input, createResolve(definitions));
}

function readMember(member: string, more = ''): Field {
  const [field] = readInput(member, more);
  if (!field) throw new Error('no field was read');
  return field;
}

const comment = (text: string, member: string) => readMember(`/**\n * ${text}\n */\n${member}`);

describe('a member of the type file', () => {
  test.each<[string, Partial<Field>]>([
    ['prompt: string;', { required: true, type: { kind: 'text' } }],
    ['prompt?: string;', { required: false }],
    ['is_on?: boolean;', { type: { kind: 'flag' } }],
    ['mood?: "a" | "b";', { type: { kind: 'choice', values: ['a', 'b'] } }],
    ['image_url: string | Blob | File;', { type: { kind: 'file', media: 'image' } }],
    ['source: string | Blob | File;', { type: { kind: 'file', media: 'any' } }],
    [
      'urls: Array<string | Blob | File> | string | Blob | File;',
      {
        type: {
          kind: 'either',
          types: [
            { kind: 'file', media: 'any' },
            { kind: 'list', of: { kind: 'file', media: 'any' } },
          ],
        },
      },
    ],
    [
      'image_urls: Array<string>;',
      { type: { kind: 'list', of: { kind: 'file', media: 'image' } } },
    ],
    ['anything?: unknown;', { type: { kind: 'anything' } }],
    [
      'size?: Size | "wide";',
      {
        type: {
          kind: 'either',
          types: [
            {
              kind: 'object',
              fields: [
                { name: 'width', type: { kind: 'integer' }, required: false, nullable: false },
              ],
            },
            { kind: 'choice', values: ['wide'] },
          ],
        },
      },
    ],
    [
      'points: Array<Array<number>>;',
      { type: { kind: 'list', of: { kind: 'list', of: { kind: 'number' } } } },
    ],
  ])('%s', (member, expected) => {
    expect(readMember(member, 'export type Size = { width?: number; };')).toMatchObject(expected);
  });

  test('by another name is what that name stands for', () => {
    const more = 'export type Alias = Weights; export type Weights = { path: string; };';
    expect(readMember('loras?: Array<Alias>;', more).type).toMatchObject({
      kind: 'list',
      of: { kind: 'object', fields: [{ name: 'path', required: true }] },
    });
  });
});

describe('the comment above a member', () => {
  test.each<[string, string, unknown]>([
    ['Steps. Default value: `28`', 'num_inference_steps?: number;', 28],
    ['Format. Default value: `"png"`', 'output_format?: "jpeg" | "png";', 'png'],
    ['Size. Default value: `square_hd`', 'size?: "square_hd" | "square";', 'square_hd'],
    ['On. Default value: `true`', 'is_on?: boolean;', true],
    ['Quote. Default value: `"He said "no" to it"`', 'prompt?: string;', 'He said "no" to it'],
    ['Number as text. Default value: `"5"`', 'duration?: "5" | "10";', '5'],
  ])('tells the default: %s', (text, member, standard) => {
    expect(comment(text, member)).toMatchObject({
      standard,
      description: text.split(' Default')[0],
    });
  });

  test.each<[string, string, object]>([
    [
      'Must be between 81 to 129 (inclusive).',
      'num_frames?: number;',
      { kind: 'integer', min: 81, max: 129 },
    ],
    [
      'Range: 40,000-1,500,000.',
      'face_count?: number;',
      { kind: 'integer', min: 40_000, max: 1_500_000 },
    ],
    ['Range: [0, 2]. Default value: `1`', 'volume?: number;', { kind: 'number', min: 0, max: 2 }],
    [
      'Shift. Must be between 1.0 and 10.0.',
      'shift?: number;',
      { kind: 'number', min: 1, max: 10 },
    ],
    ['Range: -100 to 100.', 'pitch?: number;', { kind: 'number', min: -100, max: 100 }],
    [
      'Must be between 3000ms and 600000ms.',
      'length_ms?: number;',
      { kind: 'number', min: 3000, max: 600_000 },
    ],
    ['Recommended range: 512 to 2000.', 'longer_side?: number;', { kind: 'number' }],
    ['Range: 0-50. Default value: `99`', 'grow?: number;', { kind: 'number' }],
    ['Somewhere from 1 to 5.', 'mood?: number;', { kind: 'number' }],
    ['Words. Maximum 5,000 characters.', 'text: string;', { kind: 'text', maxLength: 5000 }],
    ['Words, (max 300 characters).', 'text: string;', { kind: 'text', maxLength: 300 }],
  ])('tells a limit where it is unmistakable: %s', (text, member, type) => {
    expect(comment(text, member).type).toEqual(type);
  });

  test.each<[string, string]>([
    ['num_images?: number;', 'integer'],
    ['seed?: number;', 'integer'],
    ['batch_size?: number;', 'integer'],
    ['width?: number;', 'integer'],
    ['num_seconds?: number;', 'number'],
    ['guidance_scale?: number;', 'number'],
    ['strength?: number;', 'number'],
  ])('is not needed to tell a count from a measure: %s', (member, kind) => {
    expect(readMember(member).type).toEqual({ kind });
  });

  test('of the member above is not taken for one’s own', () => {
    const [first, second] = readInput('/** About a. */ a: string; b: string;');
    expect(first?.description).toBe('About a.');
    expect(second).not.toHaveProperty('description');
  });
});

test('a type file that is none is refused with a reason', () => {
  expect(() => readTypes('export type A = {')).toThrow('cannot be parsed');
  expect(() => readTypes('export type A = {};')).toThrow('no EndpointTypeMap');
});

const field = (more: Partial<Field>): Field => ({
  name: 'count',
  type: { kind: 'number' },
  required: false,
  nullable: false,
  description: 'How many.',
  ...more,
});
const endpoint = (id: string, ...fields: readonly Field[]): Endpoint => ({
  id,
  title: id,
  kind: 'other',
  fields,
  outputs: [],
});

const borrow = (relatives: readonly Endpoint[], own: Field): Field =>
  createBorrowFacts(relatives)(endpoint(ID, own)).fields[0]!;

describe('facts of relatives', () => {
  const ranged = field({ type: { kind: 'integer', min: 1, max: 4 }, standard: 0, nullable: true });

  test('of the same app are taken over: range, null and a falsy default', () => {
    expect(borrow([endpoint('acme/painter', ranged)], field({}))).toEqual(ranged);
  });

  test('that describe the field in other words are none of its', () => {
    const relative = { ...ranged, description: 'How much.' };
    expect(borrow([endpoint('acme/painter', relative)], field({})).type).toEqual({
      kind: 'number',
    });
  });

  test('with another default are none of its', () => {
    const relative = { ...ranged, standard: 2 };
    expect(borrow([endpoint('acme/painter', relative)], field({}))).toEqual(field({}));
    expect(borrow([endpoint('acme/painter', relative)], field({ standard: 3 }))).toEqual(
      field({ standard: 3 }),
    );
  });

  test('that contradict one another are left alone', () => {
    const wider = { ...ranged, type: { kind: 'integer', min: 1, max: 8 } } as const;
    const relatives = [endpoint('acme/painter/fast', ranged), endpoint('acme/painter/slow', wider)];
    expect(borrow(relatives, field({})).type).toEqual({ kind: 'integer' });
  });

  test('the nearest one is believed', () => {
    const wider = { ...ranged, type: { kind: 'integer', min: 1, max: 8 } } as const;
    const relatives = [endpoint('acme/painter/edit/fast', wider), endpoint('acme/painter', ranged)];
    expect(borrow(relatives, field({})).type).toEqual(wider.type);
  });

  test('of strangers count when three apps agree', () => {
    const strangers = ['x/a', 'y/b', 'z/c'].map((id) => endpoint(id, ranged));
    expect(borrow(strangers, field({})).type).toEqual(ranged.type);
    const two = strangers.slice(0, 2);
    expect(borrow(two, field({})).type).toEqual({ kind: 'integer' });
  });

  test('say whether what is chosen from are numbers', () => {
    const own = field({ type: { kind: 'choice', values: ['5', '10'] }, standard: '5' });
    const relative = field({ type: { kind: 'choice', values: [5, 10] }, standard: 5 });
    expect(borrow([endpoint('acme/painter', relative)], own)).toEqual(relative);
  });
});

test('a title is made from the id, or from the name of what stands above it', () => {
  const names = new Map([['fal-ai/flux/dev', 'FLUX.1 [dev]']]);
  expect(toTitle('fal-ai/flux/dev/image-to-image', names)).toBe('FLUX.1 [dev] Image To Image');
  expect(toTitle('fal-ai/dia-tts', names)).toBe('Dia TTS');
  expect(toTitle('acme/painter_2', names)).toBe('Painter 2');
});
