import { describe, expect, test } from 'vitest';
import { defineCommand } from '../../src/command.ts';
import { UserError } from '../../src/errors.ts';
import type { Options } from '../../src/option.ts';
import {
  checkForm,
  type FilledForm,
  type FormCheck,
  toFilledForm,
} from '../../src/platforms/web/filled-form.ts';
import { imagine, preview } from '../support/form-commands.ts';

const broken = (): never => {
  throw new TypeError('a bug');
};
const run = () => ({ kind: 'cancel', job: undefined }) as const;
const labels = (options: Options): string[] => {
  const command = defineCommand({ name: 'x', description: '', published: true, options, run });
  return toFilledForm(command, {}).fields.map(({ label }) => label);
};
const names = ({ fields }: FilledForm): string[] => fields.map(({ name }) => name);
const check = (given: Record<string, string>): FormCheck =>
  checkForm(toFilledForm(imagine, given), { attachments: [] }, { commands: [imagine], preview });
/** A command whose model complains in these words. */
function complaining(words: string, options: Options, given: Record<string, string>): FormCheck {
  const command = defineCommand({
    name: 'imagine',
    description: '',
    published: true,
    options: {},
    form: () => options,
    run: (_, { more }) => ({
      kind: 'generate',
      request: { model: 'm', prompt: '', files: [], options: more },
    }),
  });
  const throwing = (): never => {
    throw new UserError(words);
  };
  return checkForm(
    toFilledForm(command, given),
    { attachments: [] },
    { commands: [], preview: throwing },
  );
}

describe('a form', () => {
  test('has what the chosen model can be told, and what is needed first', () => {
    const form = toFilledForm(imagine, { model: 'fal-ai/flux-lora/inpainting' });
    expect(names(form).slice(0, 4)).toEqual(['prompt', 'image', 'mask', 'model']);
    expect(names(form)).toContain('strength');
    expect(names(toFilledForm(imagine, {}))).not.toContain('strength');
  });

  test('keeps what was filled in for both models, and lays the rest aside', () => {
    const given = { prompt: 'a fox', model: 'recraft-v3', aspect_ratio: '16:9', steps: '30' };
    const form = toFilledForm(imagine, given);
    expect(form.values).toEqual({ prompt: 'a fox', model: 'recraft-v3', aspect_ratio: '16:9' });
    expect(form.laidAside).toEqual({ steps: '30' });
    const back = toFilledForm(imagine, { ...given, model: 'qwen-image' });
    expect(back.values['steps']).toBe('30');
  });

  test('takes blanks for nothing', () => {
    expect(toFilledForm(imagine, { prompt: ' \n', seed: '' }).values).toEqual({});
    expect(toFilledForm(imagine, { prompt: ' a fox\n' }).values).toEqual({ prompt: 'a fox' });
  });

  test('has one field for several files of one kind', () => {
    const file = { kind: 'file', description: '', media: 'image' } as const;
    const command = defineCommand({
      name: 'x',
      description: '',
      published: true,
      options: { image: file, image2: file, image3: file, mask: file, wan2: file },
      run: () => ({ kind: 'cancel', job: undefined }),
    });
    const form = toFilledForm(command, {});
    expect(names(form)).toEqual(['image', 'mask', 'wan2']);
    expect(form.fields[0]?.places).toEqual(['image', 'image2', 'image3']);
  });

  test('labels no two fields alike', () => {
    const file = { kind: 'file', description: '', media: 'image' } as const;
    expect(labels({ image_url: file, mask_url: file })).toEqual(['Image', 'Mask']);
    expect(labels({ image: file, image_urls: file })).toEqual(['Image', 'Image URLs']);
  });

  test.each(['__proto__', 'constructor', 'toString'])('is not fooled by the name %s', (name) => {
    const given = Object.fromEntries([[name, 'x']]);
    const form = toFilledForm(imagine, given);
    expect(Object.keys(form.values)).toEqual([]);
    expect(Object.keys(form.laidAside)).toEqual([name]);
  });
});

describe('what a form would do', () => {
  test('is a command line with notes', () => {
    expect(check({ prompt: 'a fox', aspect_ratio: '3:2' })).toEqual({
      commandLine: '/imagine a fox --aspect_ratio 3:2',
      notes: ['nano-banana-pro has no 3:2; 4:3 is used.'],
      mistakes: {},
      strays: [],
    });
  });

  test('names what the command refuses beside its field', () => {
    const { mistakes, strays } = check({ count: '9' });
    expect(Object.keys(mistakes)).toEqual(['prompt', 'count']);
    expect(mistakes['count']).toContain('from 1 to 4');
    expect(strays).toEqual([]);
  });

  test('names what the model refuses beside its field', () => {
    const { mistakes } = check({ prompt: 'a fox', model: 'qwen-image', steps: '900' });
    expect(mistakes).toEqual({ steps: '“steps” must be from 2 to 250 for qwen-image, not 900.' });
  });

  test('blames an unknown model on the field where it was typed', () => {
    const { mistakes } = check({ prompt: 'a fox', model: 'qwen' });
    expect(mistakes['model']).toContain('No model is called “qwen”');
  });

  test.each([
    ['an alias', '“num_inference_steps” is wrong.', 'steps'],
    ['camel case', '“guidanceScale” is wrong.', 'guidance_scale'],
    ['a flag', '“--steps” is wrong.', 'steps'],
    [
      'a file that is missing',
      'flux-kontext works from a picture: attach one as “image”.',
      'image',
    ],
    ['the second of several files', '“image2” is broken.', 'image'],
    ['the value instead of the name', '“blue” is no number.', 'steps'],
    ['the name before the value', '“steps” must be a number, not “red”.', 'steps'],
  ])('finds the field by %s', (_, words, expected) => {
    const number = { kind: 'integer', description: '', min: 1, max: 9 } as const;
    const file = { kind: 'file', description: '', media: 'image' } as const;
    const options = {
      color: { kind: 'text', description: '', maxLength: 9 },
      steps: { ...number, aliases: ['num_inference_steps'] },
      guidance_scale: number,
      image: file,
      image2: file,
    } as const;
    const { mistakes, strays } = complaining(words, options, { steps: 'blue', color: 'red' });
    expect(Object.keys(mistakes)).toEqual([expected]);
    expect(strays).toEqual([]);
  });

  test('says what is about no field by itself, and each thing once', () => {
    const words = 'This model is gone.\n“steps” is wrong.\n“steps” is very wrong.';
    const options = { steps: { kind: 'text', description: '', maxLength: 9 } } as const;
    const { mistakes, strays } = complaining(words, options, {});
    expect(strays).toEqual(['This model is gone.']);
    expect(mistakes).toEqual({ steps: '“steps” is wrong.\n“steps” is very wrong.' });
  });

  test('lets a bug be a bug', () => {
    const form = toFilledForm(imagine, { prompt: 'a fox' });
    expect(() => checkForm(form, { attachments: [] }, { commands: [], preview: broken })).toThrow(
      TypeError,
    );
  });
});
