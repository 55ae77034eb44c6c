/** Every documented limit holds: at it a value goes through, one step outside it is refused in words. */
import { describe, expect, test } from 'vitest';
import { loadModels } from '../../../src/models/load-models.ts';
import type { Field } from '../../../src/models/endpoint.ts';
import { refusalOf } from '../../support/refusal-of.ts';
import { REFERENCE } from './facts/all.ts';
import type { EndpointFacts, FieldFact } from './facts/fact.ts';
import { askSandbox } from './sandbox-verdict.ts';
import { toRequest, toTyped, withValue } from './to-request.ts';

const models = await loadModels();

describe.each(REFERENCE)('$id', (facts) => {
  const model = models.find(facts.id);
  const fields = listFields(model.endpoints[0]?.fields ?? []);

  test('has exactly the documented fields, with their defaults', () => {
    const documented = facts.fields.map(({ name, standard }) => [name, standard]);
    const known = fields.map(([name, { standard }]) => [name, standard]);
    expect(Object.fromEntries(known)).toEqual(Object.fromEntries(documented));
  });

  test('needs exactly what the required example gives', () => {
    const required = model.endpoints[0]?.fields.filter((field) => field.required);
    expect(required?.map(({ name }) => name).toSorted()).toEqual(
      Object.keys(facts.required).toSorted(),
    );
  });

  test.each(listLegal(facts))('takes $name at $shown', async ({ name, value }) => {
    const wished = withValue(facts.required, name, value);
    const { input, notes } = model.toInput(toAddressed(facts, name, value));
    expect(input).toEqual({ ...facts.always, ...wished });
    expect(notes).toEqual([]);
    expect((await askSandbox(facts.id, input)) ?? []).toEqual([]);
  });

  test.each(listSteps(facts))('refuses $name at $shown', async ({ name, value, says }) => {
    const message = refusalOf(() => model.toInput(toAddressed(facts, name, value)));
    for (const words of says) expect(message).toContain(words);
    for (const said of shortValue(value)) expect(message).toContain(said);
    const option = name === facts.words ? 'prompt' : name;
    expect(message).toContain(`“${option}`);
    const verdict = await askSandbox(facts.id, withValue(facts.required, name, value));
    expect(verdict).not.toEqual([]);
  });

  test.each(Object.keys(facts.required))('says what is missing without %s', (name) => {
    const { [name]: _, ...rest } = facts.required;
    const message = refusalOf(() => model.toInput(toRequest(facts, rest)));
    expect(message).toContain(name === facts.words ? '“prompt”' : `“${name}”`);
    expect(message).toMatch(/needed|attach/u);
  });

  test('hides from chats what would put the files themselves into the answer', () => {
    const request = toRequest(facts, facts.required);
    const options = { ...request.options, sync_mode: true };
    const message = refusalOf(() => model.toInput({ ...request, options }));
    expect(message).toContain('“sync_mode”');
  });
});

/** Of an object, the fields inside stand for it. */
function listFields(fields: readonly Field[]): (readonly [string, Field])[] {
  return fields
    .filter(({ name }) => name !== 'sync_mode')
    .flatMap((field) => [
      [field.name, field] as const,
      ...(field.type.kind === 'object'
        ? field.type.fields.map((inner) => [`${field.name}.${inner.name}`, inner] as const)
        : []),
    ])
    .filter(([name, { type }]) => type.kind !== 'object' || isDocumented(name));
}

function isDocumented(name: string): boolean {
  return REFERENCE.some(({ fields }) => fields.some((fact) => fact.name === name));
}

function listLegal({ fields }: EndpointFacts) {
  return fields.flatMap(({ name, legal }) =>
    legal.map((value) => ({ name, value, shown: show(value) })),
  );
}

function listSteps({ fields }: EndpointFacts) {
  return fields.flatMap(({ name, refused }: FieldFact) =>
    refused.map(({ value, says }) => ({ name, value, says, shown: show(value) })),
  );
}

function show(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 40)}… (${text.length} characters)` : text;
}

/** As `toRequest`, but a file's address is typed as an option: lists of files have limits, too. */
function toAddressed(facts: EndpointFacts, name: string, value: unknown) {
  const { [name]: media, ...files } = facts.files;
  if (media === undefined) return toRequest(facts, withValue(facts.required, name, value));
  const { [name]: _, ...others } = facts.required;
  const request = toRequest({ ...facts, files }, others);
  const isNone = Array.isArray(value) && value.length === 0;
  const options = isNone ? request.options : { ...request.options, [name]: toTyped(value) };
  return { ...request, options };
}

/** What is short is said back. */
function shortValue(value: unknown): string[] {
  const isScalar = typeof value === 'string' || typeof value === 'number';
  return isScalar && String(value).length <= 40 ? [String(value)] : [];
}
