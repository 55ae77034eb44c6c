/** A person who fills in a form: what must be filled in, what the form shows as usual, every file. */
import type { Field, FieldType } from '../../../src/models/endpoint.ts';
import type { GivenFile, ModelAdapter, ModelRequest } from '../../../src/models/model.ts';
import type { Option } from '../../../src/option.ts';

type Value = string | number | boolean;
type Filled = readonly (readonly [name: string, option: Option])[];

export const WORDS = 'a lighthouse in fog, seen from a small boat at dawn';

export function fillInRequired(model: ModelAdapter): ModelRequest {
  return toRequest(model, listRequired(model));
}

/** Every option whose default is shown, at that default. */
export function fillInDefaults(model: ModelAdapter): ModelRequest {
  const unfinished = listUnfinished(model.endpoints.flatMap(({ fields }) => fields));
  const shown = Object.entries(model.options).filter(
    ([name, { kind, standard, required }]) =>
      kind !== 'file' && required !== true && standard !== undefined && !unfinished.has(name),
  );
  const request = toRequest(model, listRequired(model));
  const options = shown.map(([name, { standard = '' }]) => [name, standard] as const);
  return { ...request, options: { ...request.options, ...Object.fromEntries(options) } };
}

/** Every place for a file is used. */
export function fillInFiles(model: ModelAdapter): ModelRequest {
  const unfinished = listUnfinished(model.endpoints.flatMap(({ fields }) => fields));
  const required = new Map(listRequired(model));
  const files = Object.entries(model.options).filter(
    ([name, { kind }]) => kind === 'file' && !required.has(name) && !unfinished.has(name),
  );
  return toRequest(model, [...required, ...files]);
}

function listRequired({ options }: ModelAdapter): Filled {
  return Object.entries(options).filter(([, { required }]) => required === true);
}

/** An object that needs more than its defaults is either filled in by hand or left out as a whole. */
function listUnfinished(fields: readonly Field[]): ReadonlySet<string> {
  const names = fields.flatMap(({ name, type, required }) => {
    if (type.kind !== 'object' || required) return [];
    const isUnfinished = type.fields.some((inner) => inner.required && !('standard' in inner));
    return isUnfinished
      ? type.fields.flatMap((inner) => [inner.name, `${name}_${inner.name}`])
      : [];
  });
  return new Set(names);
}

function toRequest(model: ModelAdapter, filled: Filled): ModelRequest {
  const files = filled.flatMap(([name, option]) => toFile(name, option));
  const values = filled.flatMap(([name, option]) => {
    if (option.kind === 'file') return [];
    return [[name, inventOption(model, name, option)] as const];
  });
  const { prompt = '', ...options } = Object.fromEntries(values);
  return { prompt: String(prompt), files, options };
}

function toFile(name: string, option: Option): GivenFile[] {
  if (option.kind !== 'file') return [];
  const extension = { image: 'png', audio: 'mp3', video: 'mp4', any: 'bin' }[option.media];
  return [
    { url: `https://v3.fal.media/given/${name}.${extension}`, media: option.media, option: name },
  ];
}

function inventOption(
  { endpoints }: ModelAdapter,
  name: string,
  option: Exclude<Option, { kind: 'file' }>,
): Value {
  switch (option.kind) {
    case 'text': {
      const called = name === 'lora' ? 'loras' : name;
      const field = endpoints[0]?.fields.find((one) => one.name === called);
      const isStructure = field?.type.kind === 'list' || field?.type.kind === 'object';
      return isStructure ? JSON.stringify(invent(field.type)) : WORDS.slice(0, option.maxLength);
    }
    case 'suggested':
      return option.suggest('', {})[0]?.value ?? WORDS;
    case 'choice':
      return option.choices[0]?.value ?? name;
    case 'integer':
    case 'number':
      return option.min > Number.MIN_SAFE_INTEGER ? option.min : 1;
    case 'flag':
      return true;
  }
}

/** What somebody would type as JSON: as little as is legal. */
function invent(type: FieldType): unknown {
  switch (type.kind) {
    case 'text':
      return WORDS.slice(0, type.maxLength);
    case 'integer':
    case 'number':
      return Math.min(Math.max(type.min ?? 1, 1), type.max ?? 1);
    case 'flag':
      return true;
    case 'choice':
      return type.values[0];
    case 'file':
      return 'https://v3.fal.media/given/file.bin';
    case 'list':
      return Array.from({ length: Math.max(1, type.minItems ?? 1) }, () => invent(type.of));
    case 'object':
      return inventObject(type.fields);
    case 'either':
      return type.types[0] && invent(type.types[0]);
    case 'anything':
      return WORDS;
  }
}

function inventObject(fields: readonly Field[]): unknown {
  const needed = fields.filter(({ required }) => required);
  return Object.fromEntries(needed.map(({ name, type }) => [name, invent(type)]));
}
