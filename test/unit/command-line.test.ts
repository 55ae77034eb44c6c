import { describe, expect, test } from 'vitest';
import { parseCommandLine, parseFlags } from '../../src/command-line.ts';
import type { Command } from '../../src/command.ts';
import { UserError } from '../../src/errors.ts';
import { loadCommands } from '../../src/load-folder.ts';

const models = [
  { name: 'nano-banana-pro', description: 'words in pictures' },
  { name: 'qwen-image', description: 'posters' },
];
const commands = await loadCommands({ models });
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
    ['/xyzzy', 'The commands are /imagine, /cancel, /help.'],
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
    ['a fox --numInferenceSteps 30', { prompt: 'a fox', steps: '30' }],
    ['a fox --num-inference-steps 30', { prompt: 'a fox', steps: '30' }],
    ['a fox --num_inference_steps 30', { prompt: 'a fox', steps: '30' }],
    ['a fox --turbo', { prompt: 'a fox', turbo: 'true' }],
    ['a fox --turbo off', { prompt: 'a fox', turbo: 'off' }],
    ['a fox --turbo in snow', { prompt: 'a fox in snow', turbo: 'true' }],
    ['a fox --turbo=maybe', { prompt: 'a fox', turbo: 'maybe' }],
    ['prompt: a fox turbo: perhaps', { prompt: 'a fox', turbo: 'perhaps' }],
    ['a fox --no-safety-checker', { prompt: 'a fox', safety_checker: 'false' }],
    [
      'a fox --negative blurry, low --n 2',
      { prompt: 'a fox', negative_prompt: 'blurry, low', count: '2' },
    ],
    ['a fox --no "bad hands" in snow', { prompt: 'a fox in snow', negative_prompt: 'bad hands' }],
    ['a fox --no “bad hands” in snow', { prompt: 'a fox in snow', negative_prompt: 'bad hands' }],
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

  test('an unknown flag reaches the command, which refuses it with a suggestion', () => {
    const options = parseFlags(imagine, 'a fox --guidence 3');
    expect(() => imagine.plan(options, { commands, attachments: [] })).toThrow(
      'There is no option “guidence”. Did you mean “guidance”?',
    );
  });
});
