/** Every endpoint that fal has, as a command of its own: Discord takes all of them. */
import { afterAll, expect, test } from 'vitest';
import { createModelCommand } from '../../src/model-command.ts';
import { loadModels } from '../../src/models/load-models.ts';
import { toCommandJson } from '../../src/platforms/discord/command-json.ts';
import { toPublishedOptions } from '../../src/platforms/discord/published-options.ts';
import { checkCommands, type CommandDefinition } from '../support/discord/command-limits.ts';
import { createSchemaCheck } from '../support/discord/schema-check.ts';

const models = await loadModels({ allowed: ['families', '**'] });
const summaries = models.search('');
const commands = new Map(
  summaries.map(({ name }) => [name, createModelCommand(name, models)] as const),
);
const kinds = [...new Set(summaries.map(({ kind }) => kind))];
const counts = new Map<string, number>();
const schema = createSchemaCheck();
const path = '/applications/123456789012345678/commands';

afterAll(() => {
  const words = [...counts].map(([kind, count]) => `${kind} ${count}`);
  process.stdout.write(`Commands that Discord takes: ${words.join(', ')}\n`);
});

test.each(kinds)('the options of every %s model are within what Discord takes', (kind) => {
  const names = summaries.filter((summary) => summary.kind === kind).map(({ name }) => name);
  const problems = names.flatMap((name) => {
    const command = toCommandJson(commands.get(name)!) as CommandDefinition;
    const found = [
      ...checkCommands([command]),
      ...schema.check('PUT', path, { body: [command], isForm: false }),
    ];
    return found.map((problem) => `${name} ${problem.path}: ${problem.message}`);
  });
  counts.set(kind, names.length);
  expect(schema.isOn).toBe(true);
  expect(problems).toEqual([]);
});

test('fal has more than a thousand endpoints, of all kinds', () => {
  expect(summaries.length).toBeGreaterThan(1000);
  expect(kinds).toEqual(
    expect.arrayContaining(['text-to-image', 'image-to-image', 'text-to-speech', 'speech-to-text']),
  );
});

test('what is required is published for every model', () => {
  const missing = [...commands].flatMap(([model, { options }]) => {
    const published = new Set(toPublishedOptions(options).map(({ name }) => name));
    const required = Object.keys(options).filter((name) => options[name]?.required === true);
    return required.filter((name) => !published.has(name)).map((name) => `${model}: ${name}`);
  });
  expect(missing).toEqual([]);
});
