/**
 * What of a wish is lost on the way: compares what was wished with what was sent, by the endpoint's
 * own facts. A wished value counts as kept where a field that the endpoint knows carries it.
 */
import type { Endpoint } from '../../src/models/endpoint.ts';
import { canDo } from './can-do.ts';
import { toText } from './exact-json.ts';
import { KEPT, type Fate } from './fate.ts';
import { findRefused } from './is-legal.ts';
import { judgeFiles } from './judge-files.ts';
import { isSameShape, readShape, toShape } from './judge-shape.ts';
import { findPlace, findWords, isTold, toSnake, valueAt } from './meanings.ts';
import { isSame, toCanon } from './same-value.ts';
import type { Asked, Wish } from './wish.ts';

export interface Judgement {
  /** One line for each wished thing that the endpoint could do and will not, or that vanished in silence. */
  readonly lost: readonly string[];
  /** Wished things that the endpoint cannot do, and a sentence says so. */
  readonly told: readonly string[];
  /** What the endpoint will do otherwise than by itself although nobody asked. */
  readonly added: readonly string[];
}

/** What any caller sends along, whatever was wished. */
const NO_ADDITIONS = new Set(['num_images', 'task']);

export function judge(wish: Wish, endpoint: Endpoint, asked: Asked): Judgement {
  if (asked.refusal !== undefined) return judgeRefusal(wish, endpoint, asked.refusal);
  const invalid = asked.bodies.flatMap((body) => findRefused(endpoint, body));
  if (invalid.length > 0) {
    const reasons = [...new Set(invalid)].join(', ');
    return { lost: [`everything: fal answers 422 (${reasons})`], told: [], added: [] };
  }
  const fates = listFates(wish, endpoint, asked);
  return {
    lost: fates.flatMap(([name, fate]) => (fate.kind === 'lost' ? `\`${name}\`: ${fate.how}` : [])),
    told: fates.flatMap(([name, fate]) => (fate.kind === 'told' ? name : [])),
    added: listAdditions(wish, endpoint, asked),
  };
}

/** A refusal is right where it names something that the endpoint cannot do; else all is lost. */
function judgeRefusal(wish: Wish, endpoint: Endpoint, refusal: string): Judgement {
  const impossible = Object.entries(wish.options).filter(
    ([name, value]) => !canDo(endpoint, name, value),
  );
  const named = impossible.filter(([name, value]) => isTold([refusal], name, value));
  const told = named.map(([name]) => name);
  return named.length > 0
    ? { lost: [], told, added: [] }
    : { lost: ['everything: refused although it is legal'], told: [], added: [] };
}

function listFates(wish: Wish, endpoint: Endpoint, asked: Asked): (readonly [string, Fate])[] {
  const options = Object.entries(wish.options).map(
    ([name, value]) => [name, judgeOption({ endpoint, asked, name, value })] as const,
  );
  return [
    ...(wish.prompt === '' ? [] : [['prompt', judgeWords(wish, endpoint, asked)] as const]),
    ...judgeFiles(wish, endpoint, asked),
    ...options,
  ];
}

interface OptionCase {
  readonly endpoint: Endpoint;
  readonly asked: Asked;
  readonly name: string;
  readonly value: unknown;
}

function judgeOption(option: OptionCase): Fate {
  switch (toSnake(option.name)) {
    case 'aspect_ratio':
    case 'size':
      return judgeShape(option);
    case 'count':
      return judgeCount(option);
    default:
      return judgeField(option);
  }
}

function judgeField({ endpoint, asked, name, value }: OptionCase): Fate {
  const place = findPlace(endpoint, name);
  const [first = {}] = asked.bodies;
  if (place && isSame(valueAt(first, place.path), value)) return KEPT;
  return lose({ endpoint, asked, name, value }, () => wordLoss(endpoint, first, { name, value }));
}

/** Where the endpoint cannot do it, a sentence that says so is all that can be asked for. */
function lose({ endpoint, asked, name, value }: OptionCase, how: () => string): Fate {
  if (canDo(endpoint, name, value)) return { kind: 'lost', how: how() };
  if (isTold(asked.told, name, value)) return { kind: 'told' };
  return { kind: 'lost', how: `${how()}; not possible here, and nothing says so` };
}

function wordLoss(
  { fields }: Endpoint,
  body: Readonly<Record<string, unknown>>,
  { name, value }: { name: string; value: unknown },
): string {
  const known = new Set(fields.map((field) => field.name));
  const stray = [name, ...Object.keys(body)].find(
    (key) => !known.has(key) && isSame(body[key], value),
  );
  if (stray !== undefined) return `sent as \`${stray}\`, which fal ignores`;
  const place = fields.find((field) => field.name === toSnake(name));
  const sent = place && body[place.name];
  return sent === undefined ? 'not sent' : `became ${toText(sent)}`;
}

function judgeShape({ endpoint, asked, name, value }: OptionCase): Fate {
  const wished = toText(value);
  const [first = {}] = asked.bodies;
  const shape = readShape(endpoint, first);
  const target = toShape(wished);
  if (shape && target && isMade(shape, target, wished)) return KEPT;
  return lose({ endpoint, asked, name, value }, () => {
    if (shape) return `became ${toText(shape.sent)}`;
    return 'image_size' in first ? 'sent as `image_size`, which fal ignores' : 'not sent';
  });
}

/** A ratio is met by the shape, exact pixels only by themselves. */
function isMade(
  shape: { width: number; height: number },
  target: { width: number; height: number },
  wished: string,
): boolean {
  if (!wished.includes('x')) return isSameShape(shape, target);
  return shape.width === target.width && shape.height === target.height;
}

/** Requests with the same seed and the same words make the same pictures. */
function judgeCount({ endpoint, asked, value }: OptionCase): Fate {
  const knows = (name: string): boolean => endpoint.fields.some((field) => field.name === name);
  const distinct = new Map<string, number>();
  for (const [at, body] of asked.bodies.entries()) {
    const made = knows('num_images') ? Number(body['num_images'] ?? 1) : 1;
    const seed = knows('seed') ? body['seed'] : undefined;
    const key = seed === undefined ? `request ${at}` : `seed ${toText(seed)}`;
    distinct.set(key, Math.max(made, distinct.get(key) ?? 0));
  }
  const total = [...distinct.values()].reduce((sum, made) => sum + made, 0);
  if (total === Number(value)) return KEPT;
  return { kind: 'lost', how: `${total} different of ${toText(value)}: the same seed again` };
}

function judgeWords(wish: Wish, endpoint: Endpoint, asked: Asked): Fate {
  const field = findWords(endpoint);
  const [first = {}] = asked.bodies;
  if (field && first[field.name] === wish.prompt) return KEPT;
  if (!field && isTold(asked.told, 'words', wish.prompt)) return { kind: 'told' };
  return { kind: 'lost', how: 'not sent' };
}

function listAdditions(wish: Wish, endpoint: Endpoint, { bodies }: Asked): readonly string[] {
  const wished = new Set(
    Object.keys(wish.options).flatMap((name) => findPlace(endpoint, name)?.path[0] ?? []),
  );
  const words = findWords(endpoint)?.name;
  const [first = {}] = bodies;
  return endpoint.fields.flatMap(({ name, type, standard = null }) => {
    const sent = first[name];
    const isOurs = name === words || wished.has(name) || NO_ADDITIONS.has(name);
    const isFile = type.kind === 'file' || (type.kind === 'list' && type.of.kind === 'file');
    const isShape = name === 'aspect_ratio' || name === 'image_size';
    if (sent === undefined || isOurs || isFile || isShape || toCanon(sent) === toCanon(standard)) {
      return [];
    }
    return [`${name}=${toText(sent)}`];
  });
}
