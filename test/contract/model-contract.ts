/** What every model adapter must do, whatever it draws. */
import { describe, expect, test } from 'vitest';
import { UpstreamError, UserError } from '../../src/errors.ts';
import type { ModelAdapter, PictureRequest } from '../../src/models/model.ts';
import { ASPECT_RATIOS, type PictureSettings } from '../../src/request.ts';

const PROMPT = 'a lighthouse in fog';
const PICTURE = 'https://v3.fal.media/files/a/given.png';

/** Each setting alone, at values that no model can mistake. */
const SETTINGS: readonly PictureSettings[] = [
  {},
  { count: 1 },
  { count: 2 },
  { size: { width: 1280, height: 720 } },
  { resolution: '2K' },
  { seed: 0 },
  { seed: Number.MAX_SAFE_INTEGER },
  { negativePrompt: 'blur' },
  { steps: 20 },
  { guidance: 2.5 },
  { format: 'png' },
  { format: 'jpeg' },
  { format: 'webp' },
  { acceleration: 'regular' },
  { loras: [{ path: 'https://example.com/a.safetensors', scale: 1 }] },
  { turbo: true },
  { safetyChecker: false },
  { safetyTolerance: 6 },
  { webSearch: true },
  { limitGenerations: true },
  { systemPrompt: 'Paint.' },
  ...ASPECT_RATIOS.map((aspectRatio) => ({ aspectRatio })),
];
/** Nobody's model takes these. */
const IMPOSSIBLE: readonly PictureSettings[] = [
  { count: 0 },
  { count: -1 },
  { count: 1000 },
  { count: 1.5 },
  { seed: 1.5 },
];

export function modelContract(model: ModelAdapter): void {
  const toInput = (settings: PictureSettings, pictures: readonly string[] = [], prompt = PROMPT) =>
    model.toInput({ prompt, pictures, settings } satisfies PictureRequest);

  describe(`the model ${model.name}`, () => {
    test('says what it is, short enough for a menu', () => {
      expect(model.name).toMatch(/^[a-z0-9][a-z0-9.-]{1,31}$/u);
      expect(`${model.name}: ${model.description}`.length).toBeLessThanOrEqual(100);
      expect(model.endpoints.length).toBeGreaterThan(0);
      for (const { id } of model.endpoints) expect(id).toMatch(/^[\w-]+(?:\/[\w-][\w.-]*)+$/u);
    });

    test.each(SETTINGS)(
      'honours or notes %j, and sends nothing its endpoint would refuse',
      (settings) => {
        for (const pictures of [[], [PICTURE], [PICTURE, PICTURE]]) {
          const { endpoint, input, notes } = toInput(settings, pictures);
          const known = model.endpoints.find(({ id }) => id === endpoint);
          expect(known?.input.safeParse(input).error).toBeUndefined();
          expect(JSON.parse(JSON.stringify(input))).toEqual(input);
          expect(input).not.toHaveProperty('sync_mode');
          expect(input['prompt']).toBe(PROMPT);
          const plain = toInput({}, pictures);
          const isHonoured = JSON.stringify(plain.input) !== JSON.stringify(input);
          const isNoted = notes.length > plain.notes.length;
          const isWished = Object.keys(settings).length > 0;
          expect(isHonoured || isNoted).toBe(isWished);
          for (const note of notes) expect(note).toMatch(/^\S.*\.$/u);
        }
      },
    );

    test.each(IMPOSSIBLE)('refuses %j by naming the option', (settings) => {
      const [option = ''] = Object.keys(settings);
      expect(() => toInput(settings)).toThrow(UserError);
      expect(() => toInput(settings)).toThrow(
        new RegExp(`“${option}” must be .*not -?[\\d.]+\\.`, 'u'),
      );
    });

    test('refuses an empty prompt', () => {
      expect(() => toInput({}, [], '')).toThrow(UserError);
    });

    test.each([
      ['a list', { images: [{ url: 'https://v3.fal.media/a.png' }] }],
      ['one picture', { image: { url: 'https://v3.fal.media/a.png' } }],
      [
        'nulls and strangers',
        {
          images: [
            { url: 'https://v3.fal.media/a.png', width: null, content_type: null, file_size: 'x' },
          ],
          seed: null,
          timings: null,
          has_nsfw_concepts: null,
          description: null,
          unheard_of: { a: 1 },
        },
      ],
    ])('reads %s', (_name, output) => {
      for (const { id } of model.endpoints) {
        expect(model.toResult(id, output).media).toEqual([
          {
            url: 'https://v3.fal.media/a.png',
            claimedType: undefined,
            fileName: undefined,
            width: undefined,
            height: undefined,
            flagged: false,
          },
        ]);
      }
    });

    test.each([
      null,
      undefined,
      'text',
      7,
      [],
      {},
      { images: [] },
      { images: [{}] },
      { image: null },
    ])('finds no picture in %j and says so', (output) => {
      const [endpoint] = model.endpoints;
      expect(() => model.toResult(endpoint?.id ?? '', output)).toThrow(UpstreamError);
    });
  });
}
