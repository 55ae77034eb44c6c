import { describe, expect, test } from 'vitest';
import { expandFlags, parseCommandLine, parseFlags } from '../../src/command-line.ts';
import type { Command } from '../../src/command.ts';
import { UserError } from '../../src/errors.ts';
import { loadCommands } from '../../src/load-folder.ts';
import { loadModels } from '../../src/models/load-models.ts';

const commands = await loadCommands({ models: await loadModels() });
const imagine = commands.find(({ name }) => name === 'imagine') as Command;

describe('a command typed as text', () => {
  test.each([
    ['/imagine a fox', 'imagine', { prompt: 'a fox' }],
    ['imagine a fox', 'imagine', { prompt: 'a fox' }],
    ['/IMAGINE a fox', 'imagine', { prompt: 'a fox' }],
    ['a fox in snow', 'imagine', { prompt: 'a fox in snow' }],
    ['/help', 'help', {}],
    ['help', 'help', {}],
    ['help me draw a cat', 'imagine', { prompt: 'help me draw a cat' }],
    ['/cancel', 'cancel', {}],
    ['/imagine', 'imagine', {}],
    ['  /imagine\n a fox\nin snow ', 'imagine', { prompt: 'a fox\nin snow' }],
  ])('%j means /%s', (text, commandName, options) => {
    expect(parseCommandLine(text, commands)).toEqual({ commandName, options });
  });

  test.each([
    ['/imagin a fox', 'Did you mean /imagine?'],
    [
      '/xyzzy',
      'The commands are /imagine, /edit, /alt, /cancel, /details, /glossary, /help, /history, /models, /replay, /settings, /speak, /transcribe, /undo, /voices',
    ],
    ['/retry job', 'There is no command /retry'],
    ['', 'Say what you want.'],
    ['   ', 'Say what you want.'],
  ])('%j is refused with a way on', (text, sentence) => {
    expect(() => parseCommandLine(text, commands)).toThrow(UserError);
    expect(() => parseCommandLine(text, commands)).toThrow(sentence);
  });
});

describe('flags', () => {
  test.each([
    ['a fox --ar 16:9', { prompt: 'a fox', aspect_ratio: '16:9' }],
    ['--ar 16:9 a fox', { prompt: 'a fox', aspect_ratio: '16:9' }],
    ['a fox --ar 16:9 in snow', { prompt: 'a fox in snow', aspect_ratio: '16:9' }],
    ['a fox --ar=16:9', { prompt: 'a fox', aspect_ratio: '16:9' }],
    ['a fox —ar 16:9', { prompt: 'a fox', aspect_ratio: '16:9' }],
    ['a fox –model qwen-image', { prompt: 'a fox', model: 'qwen-image' }],
    ['a fox --web-search', { prompt: 'a fox', web_search: 'true' }],
    ['a fox --webSearch off', { prompt: 'a fox', web_search: 'off' }],
    ['a fox --enable_web_search in snow', { prompt: 'a fox in snow', web_search: 'true' }],
    ['a fox --safety_checker=maybe', { prompt: 'a fox', safety_checker: 'maybe' }],
    ['prompt: a fox safety_checker: perhaps', { prompt: 'a fox', safety_checker: 'perhaps' }],
    ['a fox --seed 7 in snow', { prompt: 'a fox in snow', seed: '7' }],
    ['a fox --frobnicate', { prompt: 'a fox', frobnicate: 'true' }],
    ['a fox --no-safety-checker', { prompt: 'a fox', safety_checker: 'false' }],
    [
      'a fox --negative blurry, low --n 2',
      { prompt: 'a fox', negative_prompt: 'blurry, low', count: '2' },
    ],
    ['a fox --no "bad hands" in snow', { prompt: 'a fox in snow', negative_prompt: 'bad hands' }],
    ['a fox --no “bad hands” in snow', { prompt: 'a fox in snow', negative_prompt: 'bad hands' }],
    [
      '--no "bad --steps 3 hands" a fox',
      { prompt: 'a fox', negative_prompt: 'bad --steps 3 hands' },
    ],
    [
      String.raw`--prompt "a \"sign\" --turbo\nat night" --ar 16:9`,
      { prompt: 'a "sign" --turbo\nat night', aspect_ratio: '16:9' },
    ],
    [String.raw`a fox --no "C:\windows"`, { prompt: 'a fox', negative_prompt: 'C:\\windows' }],
    ['prompt: "a fox ar: 1:1" ar: 16:9', { prompt: 'a fox ar: 1:1', aspect_ratio: '16:9' }],
    ['prompt: a fox aspect_ratio: 16:9', { prompt: 'a fox', aspect_ratio: '16:9' }],
    [
      'prompt: a fox ar: 16:9 model: qwen-image',
      { prompt: 'a fox', aspect_ratio: '16:9', model: 'qwen-image' },
    ],
    ['prompt: a fox --ar 16:9', { prompt: 'a fox', aspect_ratio: '16:9' }],
    ['a fox — running — fast', { prompt: 'a fox — running — fast' }],
    ['a well--known fox', { prompt: 'a well--known fox' }],
    ['a sign that reads model: T', { prompt: 'a sign that reads model: T' }],
    ['a fox --frobnicate 3', { prompt: 'a fox', frobnicate: '3' }],
    ['', {}],
  ])('%j', (text, options) => {
    expect(parseFlags(imagine, text)).toEqual(options);
  });

  test.each([
    ['--numInferenceSteps 30', { steps: '30' }],
    ['--num-inference-steps 30', { steps: '30' }],
    ['--num_inference_steps 30', { steps: '30' }],
    ['--turbo', { turbo: 'true' }],
    ['--no-turbo', { turbo: 'false' }],
  ])('which flags there are depends on the model: %j', (flags, options) => {
    const expected = { prompt: 'a fox', model: 'qwen-image', ...options };
    expect(parseFlags(imagine, `a fox ${flags} --model qwen-image`)).toEqual(expected);
  });

  test('a flag that nobody knows is handed on, for the model to judge', () => {
    const options = parseFlags(imagine, 'a fox --guidence 3');
    expect(imagine.plan(options, { commands, attachments: [] })).toMatchObject({
      request: { prompt: 'a fox', options: { guidence: '3' } },
    });
  });
});

describe('typed options', () => {
  test('flags inside the words count, and so do those in “more”', () => {
    const typed = { prompt: 'a fox --steps 12', model: 'qwen-image', more: '--turbo --seed 7' };
    expect(expandFlags(imagine, typed)).toEqual({
      prompt: 'a fox',
      model: 'qwen-image',
      steps: '12',
      turbo: 'true',
      seed: '7',
    });
  });

  test('a whole command pasted into the words is read without its name', () => {
    expect(expandFlags(imagine, { prompt: '/imagine a fox --ar 1:1' })).toEqual({
      prompt: 'a fox',
      aspect_ratio: '1:1',
    });
    expect(expandFlags(imagine, { prompt: 'imagine a fox' })).toEqual({ prompt: 'imagine a fox' });
  });

  test('what was filled in by itself wins over a flag', () => {
    expect(expandFlags(imagine, { prompt: 'a fox --ar 1:1', aspect_ratio: '16:9' })).toEqual({
      prompt: 'a fox',
      aspect_ratio: '16:9',
    });
  });

  test('words without flags stay as they are', () => {
    const typed = { prompt: 'a fox — running, “fast”', count: 2 };
    expect(expandFlags(imagine, typed)).toEqual(typed);
  });
});
