/** What the type file says in prose only: defaults, whole numbers, and ranges where unmistakable. */
import type { SchemaNode } from './schema-node.ts';

/** `Default value: \`28\``, always at the end. */
const DEFAULT = /\s*Default value: `([^]*)`\s*$/u;

export function readComment(name: string, comment: string, schema: SchemaNode): SchemaNode {
  const text = comment
    .split('\n')
    .map((line) => line.trim().replace(/^\*\s?/u, ''))
    .join('\n')
    .trim();
  const standard = DEFAULT.exec(text)?.[1];
  const description = text.replace(DEFAULT, '').trim();
  const known: SchemaNode = { ...schema, ...(description !== '' && { description }) };
  if (standard !== undefined) known.default = toStandard(standard, schema);
  return known.type === 'number' ? readNumber(name, known) : known;
}

/** Mostly JSON; words of a choice stand without quotes, and quotes inside of quotes do occur. */
function toStandard(text: string, schema: SchemaNode): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    const quoted = /^"([^]*)"$/u.exec(text)?.[1];
    return quoted ?? (schema.type === 'number' ? undefined : text);
  }
}

/** Counts by their names; the rest of the names below were checked against fal's schemas. */
const WHOLE =
  /^(?:num|number|max|min|total|batch|n)_(?!.*(?:scale|strength|ratio|seconds|duration|shift|score|threshold|noise|speed))|^seed$|_seed$|steps$|^(?:width|height)$|_(?:width|height|size|count|frames|pixels)$|^fps$|_fps$|^top_k$/u;

function readNumber(name: string, schema: SchemaNode): SchemaNode {
  const isWhole = schema.default === undefined || Number.isInteger(schema.default);
  const type = WHOLE.test(name) && isWhole ? 'integer' : 'number';
  return { ...schema, type };
}
