/** fal's categories, and what an endpoint's id and shape say where fal says nothing. */
import { ENDPOINT_KINDS, type Endpoint, type EndpointKind, type FieldType } from '../endpoint.ts';

const OTHER_CATEGORIES: ReadonlyMap<string, EndpointKind> = new Map([
  ['text-to-json', 'json'],
  ['image-to-json', 'json'],
]);
/** fal's own words in ids; those of pictures are not to be trusted, as many edits keep them. */
const NAMED_KINDS: readonly (readonly [RegExp, EndpointKind])[] = [
  [/trainer|training/u, 'training'],
  ...(
    [
      'audio-to-video',
      'image-to-video',
      'text-to-video',
      'video-to-video',
      'video-to-audio',
      'audio-to-audio',
      'text-to-audio',
      'text-to-speech',
      'speech-to-speech',
      'speech-to-text',
      'image-to-image',
      'image-to-3d',
      'text-to-3d',
    ] as const
  ).map((kind) => [new RegExp(`(?:^|/)${kind}(?:/|$)`, 'u'), kind] as const),
];

type Shape = Pick<Endpoint, 'id' | 'fields' | 'outputs'>;
type Medium = Endpoint['outputs'][number]['media'];

export function findKind(category: string | undefined, shape: Shape): EndpointKind {
  const known = ENDPOINT_KINDS.find((kind) => kind === category);
  return known ?? OTHER_CATEGORIES.get(category ?? '') ?? deriveKind(shape);
}

/** Agrees with fal's category on seven of eight endpoints that have one; the rest are matters of taste. */
function deriveKind(shape: Shape): EndpointKind {
  const named = NAMED_KINDS.find(([pattern]) => pattern.test(shape.id));
  if (named) return named[1];
  const given = listGiven(shape);
  switch (findMade(shape)) {
    case 'video':
      return toVideo(shape, given);
    case 'image':
      return given.has('image') || given.has('video') ? 'image-to-image' : 'text-to-image';
    case 'audio':
      return toAudio(shape, given);
    case '3d':
      return to3d(given);
    case 'text':
      return toText(shape, given);
    case 'file':
    case undefined:
      return isLora(shape) ? 'training' : toOther(given);
  }
}

function isLora({ outputs }: Shape): boolean {
  return outputs.some(({ name }) => /lora_file$|^config_file$/u.test(name));
}

/** Thumbnails, masks and configurations come along with what was made. */
function findMade({ outputs }: Shape): Medium | undefined {
  const media = new Set(outputs.map((output) => output.media));
  const order: readonly Medium[] = ['3d', 'video', 'image', 'audio', 'text', 'file'];
  return order.find((medium) => media.has(medium));
}

/** What must be given; for edits by name, what may be given where nothing must be. */
function listGiven({ id, fields }: Shape): ReadonlySet<Medium> {
  const isEdit =
    /(?:^|[/_-])(?:edit|inpaint|outpaint|upscale|reference|images-to|extend|remix)/u.test(id);
  const must = fields.filter((field) => field.required).flatMap(listFiles);
  return new Set(must.length > 0 || !isEdit ? must : fields.flatMap(listFiles));
}

function listFiles({ name, type }: { name: string; type: FieldType }): readonly Medium[] {
  if (type.kind === 'list') return listFiles({ name, type: type.of });
  if (type.kind === 'either') return type.types.flatMap((type) => listFiles({ name, type }));
  if (type.kind === 'object')
    return type.fields.filter((field) => field.required).flatMap(listFiles);
  if (type.kind !== 'file') return [];
  if (type.media !== 'any') return [type.media];
  return /model|mesh|object|input_file/u.test(name) ? ['3d'] : ['file'];
}

function toVideo({ id }: Shape, given: ReadonlySet<Medium>): EndpointKind {
  if (id.includes('reference-to-video')) return 'image-to-video';
  if (given.has('video')) return 'video-to-video';
  if (given.has('image')) return 'image-to-video';
  return given.has('audio') ? 'audio-to-video' : 'text-to-video';
}

function toAudio({ id, fields }: Shape, given: ReadonlySet<Medium>): EndpointKind {
  if (given.has('video')) return 'video-to-audio';
  const speaks =
    /tts|speech|voice|dialogue/u.test(id) || fields.some(({ name }) => name === 'voice');
  const hasWords = fields.some(
    ({ name, required }) => required && /^(?:text|prompt|script|gen_text|inputs)$/u.test(name),
  );
  if (speaks && hasWords) return 'text-to-speech';
  return given.has('audio') ? 'audio-to-audio' : 'text-to-audio';
}

function to3d(given: ReadonlySet<Medium>): EndpointKind {
  if (given.has('3d')) return '3d-to-3d';
  return given.has('image') ? 'image-to-3d' : 'text-to-3d';
}

function toText({ id }: Shape, given: ReadonlySet<Medium>): EndpointKind {
  if (given.has('video')) return 'video-to-text';
  if (given.has('image')) return 'vision';
  if (!given.has('audio')) return 'llm';
  return /whisper|wizper|asr|scribe/u.test(id) ? 'speech-to-text' : 'audio-to-text';
}

function toOther(given: ReadonlySet<Medium>): EndpointKind {
  if (given.has('image')) return 'vision';
  return given.has('video') ? 'video-to-text' : 'other';
}
