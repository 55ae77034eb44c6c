import { describe, expect, test } from 'vitest';
import { parseCommandLine } from '../../src/command-line.ts';
import { toCommandLine } from '../../src/platforms/web/to-command-line.ts';
import { imagine } from '../support/form-commands.ts';

const write = (values: Record<string, string>): string =>
  toCommandLine(imagine, imagine.form(values), values);

describe('what a form holds as a command line', () => {
  test.each([
    ['nothing at all', {}, '/imagine'],
    ['words alone', { prompt: 'a fox in snow' }, '/imagine a fox in snow'],
    [
      'options in the order of the form',
      { prompt: 'a fox', model: 'qwen-image', steps: '30' },
      '/imagine a fox --model qwen-image --steps 30',
    ],
    ['no words', { model: 'qwen-image' }, '/imagine --model qwen-image'],
    [
      'a switch that is on',
      { prompt: 'a fox', model: 'qwen-image', turbo: 'true' },
      '/imagine a fox --model qwen-image --turbo',
    ],
    [
      'a switch that is off',
      { prompt: 'a fox', model: 'qwen-image', safety_checker: 'false' },
      '/imagine a fox --model qwen-image --no-safety_checker',
    ],
    [
      'a value of several words',
      { prompt: 'a fox', model: 'recraft-v3', style: 'digital_illustration/hand drawn' },
      '/imagine a fox --model recraft-v3 --style "digital_illustration/hand drawn"',
    ],
    ['words that look like a flag', { prompt: 'a --bold fox' }, '/imagine --prompt "a --bold fox"'],
    ['a negative number', { prompt: 'hi', pitch: '-3' }, '/imagine hi --pitch -3'],
    ['a prompt of several lines', { prompt: 'a fox\nin snow' }, '/imagine a fox\nin snow'],
  ])('%s', (_, values, expected) => {
    expect(write(values)).toBe(expected);
  });

  test.each([
    { prompt: 'a fox “in quotes”, he said "so"' },
    { prompt: '"a quoted fox"' },
    { prompt: 'aspect_ratio: wide' },
    { prompt: 'prompt: a fox' },
    { prompt: 'a fox — in snow', seed: '12345678901234567' },
    { prompt: 'yes', model: 'qwen-image', turbo: 'true', count: '2' },
    { prompt: 'a fox', model: 'qwen-image', turbo: 'false', negative_prompt: 'no snow, no — ice' },
    { prompt: 'a fox', model: 'qwen-image', loras: 'https://x.example/a.safetensors:0.8 b/c:1' },
    { prompt: 'hi', model: 'minimax-speech-02-hd', pitch: '-3', speed: '1.5' },
    { prompt: '/imagine is a command' },
    { prompt: 'a "fox" --bold "and" more' },
    { prompt: '<b>&amp; ünïcödé 🦊' },
  ])('is read back as the very same: %j', (values) => {
    const { commandName, options } = parseCommandLine(write(values), [imagine]);
    expect(commandName).toBe('imagine');
    expect(options).toEqual(values);
  });
});
