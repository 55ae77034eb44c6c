/** An answer of the right shape, filled with toys. */
import { resolve, toBranches, type JsonSchema } from '../models/json-schema.ts';
import type { Output } from '../models/model.ts';
import { drawScene } from '../pictures/scene.ts';
import { inspectSound } from '../sounds/sound-file.ts';
import type { Studio } from '../studio.ts';
import type { Blueprint } from './create-toy.ts';
import { makeFiles, type MadeFile } from './make-files.ts';
import type { Wish } from './read-wish.ts';

interface Workshop {
  readonly blueprint: Blueprint;
  readonly wish: Wish;
  readonly studio: Studio;
}
/** A place in the answer. */
interface Spot {
  readonly name: string;
  readonly depth: number;
}

/** Schemas may hold themselves. */
const DEEPEST = 6;

export async function makeOutput(
  blueprint: Blueprint,
  wish: Wish,
  studio: Studio,
): Promise<Output> {
  const { output, components } = blueprint.schemas;
  const workshop = { blueprint, wish, studio };
  return fillObject(workshop, resolve(output, components), { name: '', depth: 0 });
}

async function fillObject(
  workshop: Workshop,
  { properties = {} }: JsonSchema,
  spot: Spot,
): Promise<Output> {
  const entries: [string, unknown][] = [];
  for (const [name, schema] of Object.entries(properties)) {
    // In `model_urls: { glb }` it is the outer name that tells.
    const isTelling = spot.name === '' || workshop.blueprint.mediaOf(name) !== undefined;
    const inner = { name: isTelling ? name : spot.name, depth: spot.depth + 1 };
    entries.push([name, await fill(workshop, schema, inner)]);
  }
  return Object.fromEntries(entries);
}

async function fill(workshop: Workshop, schema: JsonSchema, spot: Spot): Promise<unknown> {
  const branches = toBranches(schema, workshop.blueprint.schemas.components);
  const branch = branches.find(isFile) ?? branches[0];
  if (!branch || spot.depth > DEEPEST) return null;
  if (isFile(branch)) return (await make(workshop, branch, spot, 1))[0];
  if (branch.type === 'array') return fillList(workshop, branch, spot);
  const isObject = branch.type === 'object' || branch.properties !== undefined;
  return isObject ? fillObject(workshop, branch, spot) : fillPlain(workshop, branch, spot.name);
}

async function fillList(
  workshop: Workshop,
  { items = {} }: JsonSchema,
  spot: Spot,
): Promise<readonly unknown[]> {
  const { wish, studio, blueprint } = workshop;
  const file = toBranches(items, blueprint.schemas.components).find(isFile);
  const isPicture = blueprint.mediaOf(spot.name) === 'image';
  if (file) return make(workshop, file, spot, isPicture ? wish.count : 1);
  if (spot.name.includes('nsfw')) {
    return Array.from({ length: wish.count }, (_, index) => studio.isBlackedOut(index));
  }
  return [await fill(workshop, items, { ...spot, depth: spot.depth + 1 })];
}

function isFile({ properties }: JsonSchema): boolean {
  return properties?.['url'] !== undefined;
}

/** Of what is known about a file, what the schema names. */
async function make(
  { blueprint, wish, studio }: Workshop,
  { properties = {} }: JsonSchema,
  { name }: Spot,
  count: number,
): Promise<readonly MadeFile[]> {
  const media = blueprint.mediaOf(name) ?? 'file';
  const files = await makeFiles({ wish, studio, title: blueprint.title }, media, count);
  return files.map((file) => {
    const named = Object.entries(file).filter(([field]) => Object.hasOwn(properties, field));
    return { ...Object.fromEntries(named), url: file.url };
  });
}

async function fillPlain(workshop: Workshop, schema: JsonSchema, name: string): Promise<unknown> {
  const { wish, studio } = workshop;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  switch (schema.type) {
    case 'integer':
      return name === 'seed' ? wish.seed : 1;
    case 'number':
      return studio.inferenceSeconds();
    case 'boolean':
      return false;
    case 'string':
      return fillText(workshop, name);
    case undefined:
    default:
      return schema.default ?? null;
  }
}

function drawVector({ words: prompt, seed, size = { width: 1024, height: 1024 } }: Wish): string {
  return drawScene({ prompt, seed, size, isBlackedOut: false });
}

/** Words, or the bare address of a file. */
async function fillText(workshop: Workshop, name: string): Promise<string | undefined> {
  const { blueprint, wish, studio } = workshop;
  const media = blueprint.mediaOf(name) ?? 'text';
  if (media !== 'text') return (await make(workshop, {}, { name, depth: 0 }, 1))[0]?.url;
  if (name.includes('prompt')) return wish.words;
  if (/(?:^|_)id$/u.test(name)) return `Sandbox${wish.seed}`;
  if (name === 'svg_content') return drawVector(wish);
  const [recording] = wish.recordings;
  const answer = recording
    ? (await studio.listen(await inspectSound(recording), {})).text
    : `The sandbox was told: ${wish.words}`;
  studio.note({ characters: answer.length });
  return answer;
}
