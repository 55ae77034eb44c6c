/** Every endpoint of the catalogue can be used from every platform: forms fit, requests are legal. */
import { describe, expect, test } from 'vitest';
import { loadCommands } from '../../src/load-folder.ts';
import { createModelCommand } from '../../src/model-command.ts';
import { readCatalogue } from '../../src/models/catalogue/catalogue.ts';
import { ENDPOINT_KINDS, type EndpointKind } from '../../src/models/endpoint.ts';
import { loadFamilies } from '../../src/models/families/load-families.ts';
import { loadModels } from '../../src/models/load-models.ts';
import type { ModelAdapter, ModelRequest } from '../../src/models/model.ts';
import { toCommandJson } from '../../src/platforms/discord/command-json.ts';
import { toForm } from '../../src/platforms/slack/form.ts';
import { checkCommands, type CommandDefinition } from '../support/discord/command-limits.ts';
import { createSchemaCheck } from '../support/discord/schema-check.ts';
import { listMisfits } from '../support/models/fits.ts';
import { fillInDefaults, fillInFiles, fillInRequired } from '../support/models/plausible.ts';
import { readPublishedSchemas } from '../support/models/published-schemas.ts';
import { modal } from '../support/slack/block-limits.ts';

const models = await loadModels({ allowed: ['**'] });
const commands = await loadCommands({ models });
const imagine = commands.find(({ name }) => name === 'imagine')!;
const { ids } = await readCatalogue();
const families = await loadFamilies();
const discord = createSchemaCheck();
const published = readPublishedSchemas();
const adapters = [...ids, ...families.map(({ name }) => name)].map((name) => models.find(name));
const byKind = ENDPOINT_KINDS.map((kind) => ({
  kind,
  adapters: adapters.filter(({ endpoints }) => endpoints[0]?.kind === kind),
})).filter((group) => group.adapters.length > 0);

test('every endpoint of the catalogue loads, and every kind has some', () => {
  const counts = byKind.map((group) => `${group.kind} ${count(group.kind)}`);
  console.log(`${ids.length} endpoints: ${counts.join(', ')}`);
  expect(ids.length).toBeGreaterThan(1200);
  expect(adapters.every(({ endpoints }) => endpoints.length > 0)).toBe(true);
});

test('fal’s schemas and Discord’s are at hand', () => {
  expect([published.isOn, discord.isOn]).toEqual([true, true]);
});

describe.each(byKind)('each of $kind', ({ adapters }) => {
  test('has a command of its own that Discord publishes', () => {
    expect(adapters.flatMap(blame(listDiscordProblems))).toEqual([]);
  });

  test('has a form of /imagine that Slack shows', () => {
    expect(adapters.flatMap(blame(listSlackProblems))).toEqual([]);
  });

  test('says what each option is, shortly, under a name that is an option’s', () => {
    expect(adapters.flatMap(blame(listWordProblems))).toEqual([]);
  });

  test('sends what its schema takes once what is required is filled in', () => {
    expect(adapters.flatMap(blame((model) => listIllegal(model, fillInRequired(model))))).toEqual(
      [],
    );
  });

  test('sends what its schema takes when all defaults are filled in as shown', () => {
    expect(adapters.flatMap(blame((model) => listIllegal(model, fillInDefaults(model))))).toEqual(
      [],
    );
  });

  test('finds a place for each file that its form has room for', () => {
    expect(adapters.flatMap(blame((model) => listHomeless(model, fillInFiles(model))))).toEqual([]);
  });
});

function count(kind: EndpointKind): number {
  return ids.filter((id) => models.find(id).endpoints[0]?.kind === kind).length;
}

function blame(list: (model: ModelAdapter) => readonly string[]) {
  return (model: ModelAdapter): string[] => list(model).map((words) => `${model.name}: ${words}`);
}

function listDiscordProblems(model: ModelAdapter): string[] {
  const command = toCommandJson(createModelCommand(model.name, models)) as CommandDefinition;
  const path = '/applications/123456789012345678/commands';
  const problems = [
    ...checkCommands([command]),
    ...discord.check('PUT', path, { body: [command], isForm: false }),
  ];
  return problems.map((problem) => `${problem.path}: ${problem.message}`);
}

function listSlackProblems(model: ModelAdapter): string[] {
  const form = toForm(imagine, { channel: 'C1', isDirect: false }, { model: model.name });
  const read = modal.safeParse(form);
  const problems = (read.error?.issues ?? []).map(
    (issue) => `${issue.path.join('.')}: ${issue.message}`,
  );
  const long = (read.data?.blocks ?? []).filter(
    (block) => block.type === 'input' && block.label.text.length > 75,
  );
  return [...problems, ...long.map(({ block_id: id }) => `${id}: a label over 75 characters`)];
}

function listWordProblems({ options }: ModelAdapter): string[] {
  return Object.entries(options).flatMap(([name, option]) => [
    ...(/^[a-z\d_]{1,32}$/u.test(name) ? [] : [`${name}: is no name`]),
    ...(option.description.length >= 1 && option.description.length <= 100
      ? []
      : [`${name}: its description has ${option.description.length} characters`]),
    ...(option.kind === 'choice' && new Set(option.choices).size === 0
      ? [`${name}: no choice`]
      : []),
  ]);
}

function listIllegal(model: ModelAdapter, request: ModelRequest): readonly string[] {
  try {
    return model.split(request).flatMap((part) => {
      const { endpoint, input } = model.toInput(part);
      const sent: unknown = JSON.parse(JSON.stringify(input));
      const known = model.endpoints.find(({ id }) => id === endpoint);
      return [
        ...listMisfits(known?.fields ?? [], input),
        ...(published.check(endpoint, sent) ?? []),
      ];
    });
  } catch (error) {
    return [String(error)];
  }
}

function listHomeless(model: ModelAdapter, request: ModelRequest): readonly string[] {
  try {
    const { endpoint, input, notes } = model.toInput(request);
    const sent = JSON.stringify(input);
    const known = model.endpoints.find(({ id }) => id === endpoint);
    const isSingle = model.endpoints.length === 1;
    const missing = request.files.filter(({ url }) => !sent.includes(url));
    return [
      ...listMisfits(known?.fields ?? [], input),
      ...(published.check(endpoint, input) ?? []),
      ...(isSingle ? missing.map(({ option }) => `${option}: ${notes.join(' ')}`) : []),
    ];
  } catch (error) {
    return [String(error)];
  }
}
