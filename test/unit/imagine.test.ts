import { describe, expect, test } from 'vitest';
import imagine from '../../commands/imagine.ts';
import { UserError } from '../../src/errors.ts';
import { loadModels } from '../../src/models/load-models.ts';
import type { Option } from '../../src/option.ts';

const command = imagine({ models: await loadModels() });
const picture = {
  platform: 'web',
  id: '1',
  fileName: 'a.png',
  claimedType: 'image/png',
  bytes: 3,
  url: 'x',
};

function plan(raw: Record<string, unknown>) {
  return command.plan(raw, { commands: [command], attachments: [picture] });
}

function suggest(option: Option | undefined, begun: string, filledIn = {}): readonly string[] {
  if (option?.kind !== 'suggested') throw new Error('the option suggests nothing');
  return option.suggest(begun, filledIn).map(({ value }) => value);
}

test('words alone make a request to the default model', () => {
  expect(command.plan({ prompt: 'a fox' }, { commands: [], attachments: [] })).toEqual({
    kind: 'generate',
    request: { model: 'nano-banana-pro', prompt: 'a fox', files: [], options: {} },
  });
});

test('every option lands in the neutral request under its own name, and so does any other', () => {
  const everything = plan({
    prompt: 'a fox',
    model: 'qwen-image',
    aspect_ratio: '16:9',
    count: '2',
    seed: '196619188014358660',
    size: '1280x720',
    steps: 30,
    guidance: '2.5',
    lora: 'https://example.com/a.safetensors:0.8 owner/name',
    safety_checker: false,
    turbo: 'yes',
    cfg_range_end: '0.8',
  });
  expect(everything).toEqual({
    kind: 'generate',
    request: {
      model: 'qwen-image',
      prompt: 'a fox',
      files: [picture],
      options: {
        aspect_ratio: '16:9',
        count: 2,
        seed: '196619188014358660',
        size: '1280x720',
        steps: 30,
        guidance: 2.5,
        lora: 'https://example.com/a.safetensors:0.8 owner/name',
        safety_checker: false,
        turbo: 'yes',
        cfg_range_end: '0.8',
      },
    },
  });
});

describe('what no model can mean is refused at once', () => {
  test.each([
    [{ prompt: 'x'.repeat(6001) }, 'up to 6000 characters'],
    [{ prompt: 'x', count: 0 }, '“count” must be a whole number from 1 to 10'],
    [{ prompt: 'x', count: 11 }, '“count” must be a whole number from 1 to 10'],
    [{ prompt: 'x', count: '1.5' }, '“count” must be a whole number from 1 to 10'],
    [{ prompt: 'x', seed: '1'.repeat(41) }, '“seed” takes up to 40 characters'],
    [{ prompt: 'x', safety_checker: 'maybe' }, '“safety_checker” must be yes or no'],
    [{ prompt: 'x', guidance: 101 }, '“guidance” must be a number from 0 to 100'],
    [{ prompt: { toString: 'x' } }, '“prompt” takes up to 6000 characters'],
    [{ prompt: ['x'] }, '“prompt” takes up to 6000 characters'],
    [{ prompt: 'x', extra: { deep: 1 } }, 'There is no option “extra”'],
  ])('%j', (raw, sentence) => {
    expect(() => plan(raw)).toThrow(UserError);
    expect(() => plan(raw)).toThrow(sentence);
  });

  test('every mistake is named at once', () => {
    expect(() => plan({ steps: 0, count: 'x', guidance: 'y' })).toThrow(
      /count.*\n.*steps.*\n.*guidance/u,
    );
  });
});

describe('suggestions', () => {
  const { options } = command;

  test('models are found by name and by what they are good for', () => {
    expect(suggest(options['model'], 'qwen')[0]).toBe('qwen-image');
    expect(suggest(options['model'], 'vector')).toContain('recraft-v3');
    expect(suggest(options['model'], 'zzz')).toEqual([]);
    expect(suggest(options['model'], '')).toContain('nano-banana-pro');
  });

  test('values depend on the chosen model', () => {
    expect(suggest(options['style'], 'line', { model: 'recraft-v3' })).toContain(
      'vector_illustration/line_art',
    );
    expect(suggest(options['style'], '', { model: 'ideogram-character' })).toEqual([
      'AUTO',
      'REALISTIC',
      'FICTION',
    ]);
    expect(suggest(options['style'], '', { model: 'qwen-image' })).toEqual([]);
    expect(suggest(options['style'], '', { model: 'half-typ' })).toEqual([]);
    expect(suggest(options['format'], '')).toEqual(['jpeg', 'png', 'webp']);
    expect(suggest(options['format'], '', { model: 'qwen-image' })).toEqual(['jpeg', 'png']);
  });

  test('“more” completes flags and their values, and keeps what stands before', () => {
    const omnigen = { model: 'omnigen-v2' };
    expect(suggest(options['more'], '', omnigen)).toContain('--scheduler ');
    expect(suggest(options['more'], '--sch', omnigen)).toEqual(['--scheduler ']);
    expect(suggest(options['more'], '--scheduler ', omnigen)).toEqual([
      '--scheduler euler',
      '--scheduler dpmsolver',
    ]);
    expect(suggest(options['more'], '--scheduler euler --cfg_range_s', omnigen)).toEqual([
      '--scheduler euler --cfg_range_start ',
    ]);
    expect(suggest(options['more'], '--scheduler euler loose', omnigen)).toEqual([]);
  });
});

describe('the form', () => {
  test('has the words, the model and everything that the model can be told', () => {
    const names = Object.keys(command.form({ model: 'recraft-v3' }));
    expect(names.slice(0, 2)).toEqual(['prompt', 'model']);
    expect(names).toEqual(expect.arrayContaining(['style', 'colors', 'style_id']));
    expect(names).not.toContain('steps');
  });

  test('is the default model’s where none or nothing known is chosen', () => {
    expect(Object.keys(command.form({}))).toContain('web_search');
    expect(Object.keys(command.form({ model: 'half-typ' }))).toEqual(['model']);
  });
});
