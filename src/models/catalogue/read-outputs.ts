/** Which fields of an answer hold what was made, told by their types and names. */
import type { OutputField } from '../endpoint.ts';
import type { Resolve, SchemaNode } from './schema-node.ts';

type Media = OutputField['media'];

const DEEPEST = 3;
/** Copies of what was given, and what only the model's makers need. */
const NOT_MADE = /^(?:debug|input|prompt|original)_|_prompt$|_task_id$/u;
/** Fields whose words are the result itself, not a remark on it. */
const TEXTS = new Set([
  'text',
  'texts',
  'output',
  'outputs',
  'result',
  'results',
  'answer',
  'response',
  'caption',
  'captions',
  'transcription',
  'transcript',
  'generated_text',
  'custom_voice_id',
  'voice_id',
  'svg_content',
]);
const BY_TYPE_NAME: readonly (readonly [RegExp, Media])[] = [
  [/video/iu, 'video'],
  [/audio/iu, 'audio'],
  [/image/iu, 'image'],
  [/model_?urls|mesh|texture_?files/iu, '3d'],
];
const BY_NAME: readonly (readonly [RegExp, Media])[] = [
  [/lora|config|dataset|zip|archive|embedding|lottie|json|caption|mtl|world|latents|exr/u, 'file'],
  [/texture|image|thumbnail|mask|spritesheet|visualization|picture|frame|preview$/u, 'image'],
  [/video/u, 'video'],
  [/model|mesh|glb|fbx|obj|ply|usdz|stl|gaussian|scene|animation|rigged|3d/u, '3d'],
  [/audio|speech|voice|music|vocals|drums|bass|guitar|piano|stem|residual|target/u, 'audio'],
];
const BY_CONTENT: readonly (readonly [RegExp, Media])[] = [
  [/\bimages?\b/iu, 'image'],
  [/\bvideos?\b/iu, 'video'],
  [/\baudios?\b/iu, 'audio'],
  [/\b(?:3d|glb|mesh)\b/iu, '3d'],
];

export function readOutputs(schema: unknown, resolve: Resolve): readonly OutputField[] {
  const node = resolve(schema);
  const { properties = {} } = node;
  const ordered = node['x-fal-order-properties'] ?? [];
  const isKnown = (name: unknown): name is string =>
    typeof name === 'string' && Object.hasOwn(properties, name);
  const names = [...new Set([...ordered.filter(isKnown), ...Object.keys(properties)])];
  const made = names.flatMap((name) => {
    if (NOT_MADE.test(name)) return [];
    const media = findMedia(name, properties[name], { resolve, depth: 0 });
    return media === undefined ? [] : { name, media };
  });
  if (made.length > 0) return made;
  // Some endpoints make a style or a prompt: then any words are the result.
  return names
    .filter((name) => resolve(properties[name]).type === 'string')
    .map((name) => ({ name, media: 'text' }));
}

interface Search {
  readonly resolve: Resolve;
  readonly depth: number;
  /** What is said of the field above. */
  readonly words?: string | undefined;
}

function findMedia(name: string, schema: unknown, search: Search): Media | undefined {
  if (search.depth > DEEPEST) return undefined;
  const node = search.resolve(schema);
  const words = node.description ?? search.words;
  const deeper = { ...search, words, depth: search.depth + 1 };
  const media = listParts(node).map((part) => findMedia(name, part, deeper));
  const found = media.find((medium) => medium !== undefined);
  if (found) return found;
  if (node.type === 'string') return findTextMedia(name, node);
  const byType = matchFirst(BY_TYPE_NAME, readTypeName(schema));
  // fal's schemas lack a few of the types that they refer to.
  if (Object.keys(node).length === 0) return byType;
  return holdsFile(node, deeper) ? (byType ?? tellMedia(name, words)) : undefined;
}

function listParts({ anyOf = [], oneOf = [], items }: SchemaNode): readonly unknown[] {
  return [...anyOf, ...oneOf, ...(items === undefined ? [] : [items])];
}

function tellMedia(name: string, words = ''): Media {
  return matchFirst(BY_NAME, name) ?? matchFirst(BY_CONTENT, words) ?? 'file';
}

/** Some answers hold a bare address, `video_url`; others hold words. */
function findTextMedia(name: string, node: SchemaNode): Media | undefined {
  if (TEXTS.has(name)) return 'text';
  const isAddress = /(?:^|_)urls?$/u.test(name) || node.format === 'binary';
  if (isAddress) return matchFirst(BY_NAME, name) ?? 'file';
  return name === 'audio' || name === 'video' || name === 'image' ? name : undefined;
}

/** A file of fal's is an object with a `url`; some answers hold objects of such objects. */
function holdsFile(node: SchemaNode, search: Search): boolean {
  const { properties = {} } = node;
  if (Object.hasOwn(properties, 'url')) return true;
  if (search.depth > DEEPEST) return false;
  return Object.values(properties).some((property) => {
    const inner = search.resolve(property);
    const parts = [inner, ...(inner.anyOf ?? []).map((part) => search.resolve(part))];
    return parts.some((part) => holdsFile(part, { ...search, depth: search.depth + 1 }));
  });
}

function readTypeName(schema: unknown): string {
  const isNamed = typeof schema === 'object' && schema !== null && '$ref' in schema;
  return isNamed && typeof schema.$ref === 'string' ? (schema.$ref.split('/').at(-1) ?? '') : '';
}

function matchFirst(table: readonly (readonly [RegExp, Media])[], text: string): Media | undefined {
  return table.find(([pattern]) => pattern.test(text))?.[1];
}
