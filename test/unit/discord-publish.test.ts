import type { APIApplicationCommandOption } from 'discord.js';
import { expect, test } from 'vitest';
import { defineCommand } from '../../src/command.ts';
import { loadCommands } from '../../src/load-folder.ts';
import { message } from '../../src/message.ts';
import { loadModels } from '../../src/models/load-models.ts';
import { toCommandJson } from '../../src/platforms/discord/command-json.ts';

const models = await loadModels({ allowed: ['**'] });
const published = (await loadCommands({ models }))
  .filter((command) => command.published)
  .map(toCommandJson);

interface Choice {
  readonly name: string;
  readonly value: string | number;
}

function toChoices(option: APIApplicationCommandOption): readonly Choice[] {
  return 'choices' in option ? (option.choices ?? []) : [];
}

test('every kind of option has its type and its bounds', () => {
  const command = defineCommand({
    name: 'test',
    description: 'Tests',
    published: true,
    options: {
      picture: { kind: 'file', description: 'A picture', media: 'image' },
      anything: { kind: 'file', description: 'Any file', media: 'any' },
      model: { kind: 'suggested', description: 'Model', maxLength: 9000, suggest: () => [] },
      fast: { kind: 'flag', description: 'Fast' },
      guidance: { kind: 'number', description: 'Guidance', min: 0, max: 20 },
      count: { kind: 'integer', description: 'Count', min: 1, max: 4 },
      format: { kind: 'choice', description: 'Format', choices: [{ value: 'png', label: 'PNG' }] },
      prompt: { kind: 'text', description: 'Prompt', required: true, maxLength: 6000 },
    },
    run: () => ({ kind: 'answer', message: message() }),
  });
  expect(toCommandJson(command)).toEqual({
    type: 1,
    name: 'test',
    description: 'Tests',
    contexts: [0, 1, 2],
    integration_types: [0, 1],
    options: [
      {
        type: 3,
        name: 'prompt',
        description: 'Prompt',
        required: true,
        min_length: 1,
        max_length: 6000,
      },
      {
        type: 11,
        name: 'picture',
        description: 'A picture',
        required: false,
        file_types: ['image'],
      },
      { type: 11, name: 'anything', description: 'Any file', required: false },
      {
        type: 3,
        name: 'model',
        description: 'Model',
        required: false,
        max_length: 6000,
        autocomplete: true,
      },
      { type: 5, name: 'fast', description: 'Fast', required: false },
      {
        type: 10,
        name: 'guidance',
        description: 'Guidance',
        required: false,
        min_value: 0,
        max_value: 20,
      },
      { type: 4, name: 'count', description: 'Count', required: false, min_value: 1, max_value: 4 },
      {
        type: 3,
        name: 'format',
        description: 'Format',
        required: false,
        choices: [{ name: 'PNG', value: 'png' }],
      },
    ],
  });
});

test.each(published)('/$name stays within what Discord takes', (command) => {
  const options = command.options ?? [];
  const choices = options.flatMap(toChoices);
  for (const { name, description } of [command, ...options]) {
    expect(name).toMatch(/^[-_\p{Ll}\p{N}]{1,32}$/u);
    expect(description.length).toBeGreaterThan(0);
    expect(description.length).toBeLessThanOrEqual(100);
  }
  for (const choice of choices) {
    expect(choice.name.length).toBeLessThanOrEqual(100);
    expect(String(choice.value).length).toBeLessThanOrEqual(100);
  }
  expect(options.length).toBeLessThanOrEqual(25);
  const required = options.map((option) => option.required === true);
  expect(required).toEqual(required.toSorted((a, b) => Number(b) - Number(a)));
  const words = [command, ...options].flatMap(({ name, description }) => [name, description]);
  const values = choices.flatMap(({ name, value }) => [name, String(value)]);
  expect([...words, ...values].join('').length).toBeLessThanOrEqual(8000);
});

test('only published commands are there, each once', () => {
  const names = published.map(({ name }) => name);
  expect(names).toContain('imagine');
  expect(names).not.toContain('retry');
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeLessThanOrEqual(100);
});
