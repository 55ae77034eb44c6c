/** As many as asked for, in as few requests as the endpoint allows. */
import { UserError } from '../../errors.ts';
import type { RequestOptions } from '../../request.ts';
import type { NumberBounds } from '../endpoint.ts';
import { isSeed, LARGEST_COUNT, toSnakeCase } from './option-names.ts';
import type { ServedEndpoint } from './served-endpoint.ts';
import { findTarget } from './targets.ts';

/** What nearly every endpoint makes at once; assumed where its schema names no maximum. */
const USUAL_MAXIMUM = 4;

/** Each request's own options: `count` shared out, and seeds one apart, so that no two are the same. */
export function splitCount(
  served: ServedEndpoint,
  options: RequestOptions,
): readonly RequestOptions[] {
  const name = Object.keys(options).find((key) => isCount(key));
  if (name === undefined) return [options];
  const count = readCount(name, options[name]);
  const { [name]: _, ...others } = options;
  const most = mostAtOnce(served);
  const requests = Math.ceil(count / most);
  return Array.from({ length: requests }, (_item, at) => ({
    ...others,
    ...(most > 1 && { count: Math.min(most, count - at * most) }),
    ...seedOf(served, others, at),
  }));
}

/** `num_images` and its like are the endpoint's own names: they are held to its own limits. */
function isCount(typed: string): boolean {
  const name = toSnakeCase(typed);
  return name === 'count' || name === 'n';
}

function readCount(name: string, raw: unknown): number {
  const count = typeof raw === 'boolean' ? Number.NaN : Number(raw);
  if (Number.isInteger(count) && count >= 1 && count <= LARGEST_COUNT) return count;
  throw new UserError(
    `“${name}” must be a whole number from 1 to ${LARGEST_COUNT}, not ${String(raw)}.`,
  );
}

function mostAtOnce(served: ServedEndpoint): number {
  const found = findTarget(served, 'count');
  if (found.kind !== 'field') return 1;
  const { type } = found.target.field;
  if (type.kind === 'choice') return Math.max(...type.values.map(Number).filter(Number.isInteger));
  const { max = USUAL_MAXIMUM }: NumberBounds = type.kind === 'integer' ? type : {};
  return max;
}

/** Beyond 2^53 a seed is text, so that none of its digits is lost. */
function seedOf(served: ServedEndpoint, options: RequestOptions, at: number): RequestOptions {
  const name = Object.keys(options).find(isSeed);
  const seed = name === undefined ? '' : String(options[name]).trim();
  if (at === 0 || name === undefined || !/^\d+$/u.test(seed)) return {};
  const next = toNextSeed(served, BigInt(seed), at).toString();
  return { [name]: Number.isSafeInteger(Number(next)) ? Number(next) : next };
}

/** Behind an endpoint's largest seed its smallest one follows. */
function toNextSeed(served: ServedEndpoint, seed: bigint, at: number): bigint {
  const next = seed + BigInt(at);
  const found = findTarget(served, 'seed');
  if (found.kind !== 'field' || found.target.field.type.kind !== 'integer') return next;
  const { min = 0, max = Infinity } = found.target.field.type;
  const isBeyond = seed <= max && next > max;
  return isBeyond ? BigInt(Math.max(min, 0)) + next - BigInt(max) - 1n : next;
}
