/** The catalogue's facts as a blueprint. */
import type { Endpoint, EndpointKind, OutputField } from '../../../models/endpoint.ts';
import type { JsonSchema } from '../models/json-schema.ts';
import type { Blueprint } from './create-toy.ts';
import { toInputSchema } from './field-schemas.ts';
import { priceOf } from './prices.ts';

export function toBlueprint(facts: Endpoint): Blueprint {
  const { id, title, kind, fields } = facts;
  const outputs = facts.outputs.length > 0 ? facts.outputs : guessOutputs(kind);
  const hasSeed = fields.some(({ name }) => name === 'seed');
  const { schema: input, components } = toInputSchema(fields);
  return {
    endpoint: id,
    title,
    category: kind,
    price: priceOf(kind),
    schemas: {
      input,
      output: toOutputSchema(outputs, hasSeed),
      components: { ...components, ...FILES },
    },
    mediaOf: (name) => outputs.find((output) => output.name === name)?.media,
  };
}

/** Some answers hold nothing that the catalogue calls a result. */
function guessOutputs(kind: EndpointKind): readonly OutputField[] {
  if (kind.endsWith('video')) return [{ name: 'video', media: 'video' }];
  if (kind.endsWith('image')) return [{ name: 'images', media: 'image' }];
  return [{ name: 'output', media: 'text' }];
}

const maybe = (type: string): JsonSchema => ({ anyOf: [{ type }, { type: 'null' }] });
const file = {
  url: { type: 'string' },
  content_type: maybe('string'),
  file_name: maybe('string'),
  file_size: maybe('integer'),
};
const FILES = {
  File: toFile(file),
  Image: toFile({ ...file, width: maybe('integer'), height: maybe('integer') }),
  AudioFile: toFile({ ...file, duration: maybe('number') }),
  VideoFile: toFile({ ...file, width: maybe('integer'), height: maybe('integer') }),
};
const FILE_NAMES = {
  image: 'Image',
  audio: 'AudioFile',
  video: 'VideoFile',
  '3d': 'File',
  file: 'File',
} satisfies Record<string, keyof typeof FILES>;

function toFile(properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const order = Object.keys(properties);
  return { type: 'object', properties, required: ['url'], 'x-fal-order-properties': order };
}

function toOutputSchema(outputs: readonly OutputField[], hasSeed: boolean): JsonSchema {
  const isSeeded = hasSeed && outputs.some(({ media }) => media === 'image' || media === 'video');
  const properties = {
    ...Object.fromEntries(outputs.map((output) => [output.name, toResultSchema(output)])),
    ...(isSeeded ? { seed: { type: 'integer' } } : {}),
  };
  const names = Object.keys(properties);
  return { type: 'object', properties, required: names, 'x-fal-order-properties': names };
}

const SEVERAL =
  /(?:^|_)(?:images|videos|audios|masks|textures|meshes|files|glbs|splats|depths|urls|outputs)$/u;

/** The catalogue knows names and media: the rest is as such names usually mean it. */
function toResultSchema({ name, media }: OutputField): JsonSchema {
  const one =
    media === 'text' || /(?:^|_)url$/u.test(name)
      ? { type: 'string' }
      : { $ref: `#/components/schemas/${FILE_NAMES[media]}` };
  if (name === 'model_urls') return { type: 'object', properties: { glb: one } };
  return SEVERAL.test(name) ? { type: 'array', items: one } : one;
}
