import { describe, expect, test } from 'vitest';
import { loadCommands } from '../../src/load-folder.ts';
import { createModelCommand } from '../../src/model-command.ts';
import { loadModels } from '../../src/models/load-models.ts';

const models = await loadModels({ allowed: ['**'] });

describe('a command of one model', () => {
  test.each([
    ['recraft-v3', 'recraft-v3'],
    ['fal-ai/flux/schnell', 'flux-schnell'],
    ['openai/gpt-image-2', 'openai-gpt-image-2'],
    ['fal-ai/bytedance/seedream/v4.5/text-to-image', 'bytedance-seedream-v4-5-text-to-'],
  ])('for %s is called /%s', (model, name) => {
    expect(createModelCommand(model, models).name).toBe(name);
  });

  test('has the model’s own options, and asks that model alone', () => {
    const command = createModelCommand('recraft-v3', models);
    expect(Object.keys(command.options)).toEqual(expect.arrayContaining(['prompt', 'style']));
    const raw = { prompt: 'a fox', style: 'any', colors: '#ff8800' };
    expect(command.plan(raw, { commands: [], attachments: [] })).toEqual({
      kind: 'generate',
      request: {
        model: 'recraft-v3',
        prompt: 'a fox',
        files: [],
        options: { style: 'any', colors: '#ff8800' },
      },
    });
  });

  test('of a model that nobody may use stops the start with a sentence', () => {
    expect(() => createModelCommand('dall-e', models)).toThrow('No model is called “dall-e”.');
  });
});

test('commands of models stand behind the others, and take nobody’s name', async () => {
  const commands = await loadCommands({ models }, ['recraft-v3', 'fal-ai/imagine']).catch(
    (error: unknown) => String(error),
  );
  expect(commands).toContain('No model is called “fal-ai/imagine”.');
  const names = (await loadCommands({ models }, ['recraft-v3'])).map(({ name }) => name);
  expect(names[0]).toBe('imagine');
  expect(names.at(-1)).toBe('recraft-v3');
});
