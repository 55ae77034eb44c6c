/** What the client's type file says in prose only: defaults, and ranges where unmistakable. */
import type { SchemaNode } from './schema-node.ts';

/** `Default value: \`28\``, always at the end. */
const DEFAULT = /\s*Default value: `([^]*)`\s*$/u;
/** Such as `40,000`, `-12` or `0.5`. */
const NUMBER = String.raw`(-?\d{1,3}(?:,\d{3})+|-?\d+(?:\.\d+)?)(?:ms)?`;
/** “Must be between 81 to 129”, “Range: 0-50”, “Range: [0, 2]”; a recommended range binds nobody. */
const RANGE = new RegExp(
  String.raw`(?<!recommended )(?:must be between|ranging from|range:) \[?${NUMBER}(?: to | and |, |-)${NUMBER}`,
  'iu',
);
const LENGTH = /\bmax(?:imum)? ([\d,]+) char/iu;
/** Names of whole numbers, for fields that no schema of fal's knows. */
const WHOLE =
  /^(?:num|seed)(?:_|$)|_(?:seed|steps|width|height|size|count|frames|pixels)$|^(?:width|height|steps|top_k)$/u;
/** What is counted in fractions although its name ends like a count. */
const FRACTION = /scale|strength|ratio|seconds|threshold/u;

export function readComment(name: string, comment: string, schema: SchemaNode): SchemaNode {
  const text = comment
    .split('\n')
    .map((line) => line.trim().replace(/^\*\s?/u, ''))
    .join('\n')
    .trim();
  const standard = DEFAULT.exec(text)?.[1];
  const description = text.replace(DEFAULT, '').trim();
  const told: SchemaNode = {
    ...schema,
    ...(description !== '' && { description }),
    ...(standard !== undefined && { default: toStandard(standard, schema) }),
  };
  if (schema.type === 'number') return { ...told, ...readNumber(name, told) };
  return schema.type === 'string' ? { ...told, ...readLength(description) } : told;
}

/** Mostly JSON; words of a choice stand without quotes, and quotes inside of quotes do occur. */
function toStandard(text: string, schema: SchemaNode): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const quoted = /^"([^]*)"$/u.exec(text)?.[1];
    return quoted ?? (schema.type === 'number' ? undefined : text);
  }
}

function readNumber(name: string, { description = '', default: standard }: SchemaNode): SchemaNode {
  const isWhole = WHOLE.test(name) && !FRACTION.test(name);
  const isFraction = standard !== undefined && !Number.isInteger(standard);
  const type = isWhole && !isFraction ? 'integer' : 'number';
  return { type, ...readRange(description, standard) };
}

/** A range that leaves the default out is of something else. */
function readRange(description: string, standard: unknown): SchemaNode {
  const [, low, high] = RANGE.exec(description) ?? [];
  if (low === undefined || high === undefined) return {};
  const [minimum, maximum] = [toNumber(low), toNumber(high)];
  const inside = typeof standard === 'number' ? standard : minimum;
  return minimum <= inside && inside <= maximum ? { minimum, maximum } : {};
}

function readLength(description: string): SchemaNode {
  const length = LENGTH.exec(description)?.[1];
  return length === undefined ? {} : { maxLength: toNumber(length) };
}

function toNumber(text: string): number {
  return Number(text.replaceAll(',', ''));
}
