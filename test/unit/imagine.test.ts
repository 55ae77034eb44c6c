import { describe, expect, test } from 'vitest';
import imagine from '../../commands/imagine.ts';
import { UserError } from '../../src/errors.ts';

const command = imagine({
  models: [
    { name: 'nano-banana-pro', description: '' },
    { name: 'qwen-image', description: '' },
  ],
});
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

test('words alone make a request to the default model', () => {
  expect(command.plan({ prompt: 'a fox' }, { commands: [], attachments: [] })).toMatchObject({
    kind: 'generate',
    request: { model: 'nano-banana-pro', prompt: 'a fox', pictures: [] },
  });
});

test('every option lands in the neutral request under its own name', () => {
  const everything = plan({
    prompt: 'a fox',
    model: 'qwen-image',
    aspect_ratio: '16:9',
    count: '2',
    seed: '7',
    resolution: '2K',
    size: '1280x720',
    format: 'webp',
    negative_prompt: 'blur',
    steps: 30,
    guidance: '2.5',
    acceleration: 'high',
    lora: 'https://example.com/a.safetensors=0.8 owner/name',
    turbo: 'yes',
    safety_checker: false,
    safety_tolerance: '3',
    web_search: 'on',
    limit_generations: 'true',
    system_prompt: 'be brief',
  });
  expect(everything).toEqual({
    kind: 'generate',
    request: {
      model: 'qwen-image',
      prompt: 'a fox',
      pictures: [picture],
      settings: {
        aspectRatio: '16:9',
        count: 2,
        seed: 7,
        resolution: '2K',
        size: { width: 1280, height: 720 },
        format: 'webp',
        negativePrompt: 'blur',
        steps: 30,
        guidance: 2.5,
        acceleration: 'high',
        loras: [
          { path: 'https://example.com/a.safetensors', scale: 0.8 },
          { path: 'owner/name', scale: 1 },
        ],
        turbo: true,
        safetyChecker: false,
        safetyTolerance: 3,
        webSearch: true,
        limitGenerations: true,
        systemPrompt: 'be brief',
      },
    },
  });
});

describe('what cannot be meant is refused with the option, and what is legal', () => {
  test.each([
    [{}, '“prompt” is needed'],
    [{ prompt: '   ' }, '“prompt” is needed'],
    [{ prompt: 'x'.repeat(6001) }, 'up to 6000 characters'],
    [{ prompt: 'x', count: 0 }, '“count” must be a whole number from 1 to 4'],
    [{ prompt: 'x', count: 5 }, '“count” must be a whole number from 1 to 4'],
    [{ prompt: 'x', count: '1.5' }, '“count” must be a whole number from 1 to 4'],
    [{ prompt: 'x', count: 'two' }, '“count” must be a whole number from 1 to 4'],
    [{ prompt: 'x', seed: -1 }, '“seed” must be a whole number from 0 to'],
    [{ prompt: 'x', seed: '1e999' }, '“seed” must be a whole number from 0 to'],
    [{ prompt: 'x', aspect_ratio: '7:1' }, '“aspect_ratio” must be one of 1:1, 16:9'],
    [{ prompt: 'x', model: 'dall-e' }, '“model” must be one of nano-banana-pro, qwen-image'],
    [{ prompt: 'x', size: 'big' }, 'such as 1280x720, not “big”'],
    [{ prompt: 'x', lora: 'file:///etc/passwd' }, 'takes an https address'],
    [{ prompt: 'x', lora: 'http://example.com/a' }, 'takes an https address'],
    [{ prompt: 'x', turbo: 'maybe' }, '“turbo” must be yes or no'],
    [{ prompt: 'x', guidance: 21 }, '“guidance” must be a number from 0 to 20'],
    [{ prompt: 'x', stepz: 3 }, 'Did you mean “steps”?'],
    [{ prompt: 'x', __proto__x: 3 }, 'There is no option'],
    [{ prompt: { toString: 'x' } }, '“prompt” is needed'],
    [{ prompt: ['x'] }, '“prompt” is needed'],
  ])('%j', (raw, sentence) => {
    expect(() => plan(raw)).toThrow(UserError);
    expect(() => plan(raw)).toThrow(sentence);
  });

  test('every mistake is named at once', () => {
    expect(() => plan({ steps: 0, seed: 'x' })).toThrow(/prompt.*\n.*seed.*\n.*steps/u);
  });
});
