/** Which field of an endpoint an option means. */
import { listTypes, type Endpoint, type Field } from '../endpoint.ts';
import { NEUTRAL_OPTIONS, findNeutral, toSnakeCase, type NeutralName } from './option-names.ts';
import { takesSizes } from './shape.ts';
import { isWithheld, type ServedEndpoint } from './served-endpoint.ts';

export interface Target {
  /** From the input's top to the field; one or two names. */
  readonly path: readonly string[];
  readonly field: Field;
  /** Inside of an object: whether the object itself must be given. */
  readonly isInRequired: boolean;
}

export type Found =
  /** `neutral` is set where a neutral name was used: its usual values may be bent to what is legal. */
  | { readonly kind: 'field'; readonly target: Target; readonly neutral: NeutralName | undefined }
  /** A neutral option that this endpoint has nothing for. */
  | { readonly kind: 'absent'; readonly neutral: NeutralName }
  | { readonly kind: 'unknown' };

/** Discord cuts no names, so forms do; nothing shorter is completed. */
const CUT_AT = 32;

export function findTarget({ endpoint, means }: ServedEndpoint, typed: string): Found {
  const name = toSnakeCase(typed);
  const targets = listTargets(endpoint);
  const neutral = findNeutral(name);
  const own =
    targets.find(({ path }) => path.join('.') === name) ??
    targets.find(({ path }) => toLetters(path.join('.')) === toLetters(name));
  const meant = own ?? (neutral && findMeant(targets, neutral, means));
  // A neutral name is also a field's where both are the same word.
  const isNeutral = neutral !== undefined && (own === undefined || neutral === name);
  if (meant) return { kind: 'field', target: meant, neutral: isNeutral ? neutral : undefined };
  if (neutral) return { kind: 'absent', neutral };
  const near = findByHabit(targets, name);
  return near ? { kind: 'field', target: near, neutral: undefined } : { kind: 'unknown' };
}

/** Every field that an option can set, and those inside objects. */
export function listTargets({ fields }: Endpoint): readonly Target[] {
  return fields
    .filter(({ name }) => !isWithheld(name))
    .flatMap((field) => [{ path: [field.name], field, isInRequired: true }, ...listInner(field)]);
}

function listInner({ name, type, required }: Field): readonly Target[] {
  const object = listTypes(type).find((one) => one.kind === 'object');
  return (object?.fields ?? []).map((inner) => ({
    path: [name, inner.name],
    field: inner,
    isInRequired: required,
  }));
}

function findMeant(
  targets: readonly Target[],
  neutral: NeutralName,
  means: Readonly<Record<string, string>>,
): Target | undefined {
  const special = means[neutral];
  const candidates = special === undefined ? NEUTRAL_OPTIONS[neutral].fields : [special];
  for (const candidate of candidates) {
    const target = targets.find(({ path }) => path.join('.') === candidate);
    if (target && isLikely(target, neutral)) return target;
  }
  return undefined;
}

/**
 * MiniMax's `output_format` chooses between hex and url: that is no file format. A `resolution` is
 * mostly a class, and a size only where it takes pixels.
 */
function isLikely({ field: { name, type } }: Target, neutral: NeutralName): boolean {
  if (neutral === 'size' && name === 'resolution') return takesSizes(type);
  return neutral !== 'format' || type.kind !== 'choice' || !type.values.includes('url');
}

/** `web_search` for `enable_web_search`, `image` for `image_url`, `emotion` for `voice_setting.emotion`, names that were cut. */
function findByHabit(targets: readonly Target[], name: string): Target | undefined {
  const plain = targets.find(
    ({ path: [top = '', inner] }) => !inner && toBare(top) === toBare(name),
  );
  if (plain) return plain;
  const inside = targets.filter(
    ({ path }) => path.length > 1 && (path[1] === name || path.join('_') === name),
  );
  if (inside.length === 1) return inside[0];
  return name.length < CUT_AT
    ? undefined
    : targets.find(({ path }) => path.join('_').startsWith(name));
}

/** camelCase hides which digits stood apart: `guidanceScale2` is `guidance_scale_2`. A few of fal's own are in capitals. */
function toLetters(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}

function toBare(name: string): string {
  return name.replace(/^(?:enable|use|is|num)_/u, '').replace(/_urls?$/u, '');
}
