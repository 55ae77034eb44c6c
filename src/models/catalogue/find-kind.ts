/** fal's categories, and what an endpoint's shape says where fal says nothing. */
import { ENDPOINT_KINDS, type Endpoint, type EndpointKind, type FieldType } from '../endpoint.ts';

const OTHER_CATEGORIES: Readonly<Record<string, EndpointKind>> = {
  'text-to-json': 'json',
  'image-to-json': 'json',
};

type Shape = Pick<Endpoint, 'id' | 'fields' | 'outputs'>;

export function findKind(category: string | undefined, shape: Shape): EndpointKind {
  const known = ENDPOINT_KINDS.find((kind) => kind === category);
  return known ?? OTHER_CATEGORIES[category ?? ''] ?? deriveKind(shape);
}

type Medium = 'image' | 'video' | 'audio' | '3d' | 'text' | 'file';

export function deriveKind(shape: Shape): EndpointKind {
  if (isTraining(shape)) return 'training';
  const made = findMade(shape);
  const given = listGiven(shape);
  switch (made) {
    case 'video':
      return toVideo(shape, given);
    case 'image':
      if (given.has('video')) return 'other';
      return given.has('image') ? 'image-to-image' : 'text-to-image';
    case 'audio':
      return toAudio(shape, given);
    case '3d':
      if (given.has('image')) return 'image-to-3d';
      return given.has('3d') ? '3d-to-3d' : 'text-to-3d';
    case 'text':
      return toText(shape, given);
    default:
      return given.has('image') || given.has('video') ? 'json' : 'other';
  }
}

function isTraining({ id, outputs }: Shape): boolean {
  const isNamed = /train|finetune/u.test(id);
  return isNamed || outputs.some(({ name }) => /lora_file$|^config_file$/u.test(name));
}

/** Thumbnails, masks and configurations come along with what was made. */
function findMade({ outputs }: Shape): Medium | undefined {
  const media = new Set(outputs.map((output) => output.media));
  const order: readonly Medium[] = ['3d', 'video', 'image', 'audio', 'text', 'file'];
  return order.find((medium) => media.has(medium));
}

/** What must be given; where nothing must be, what may be and is first. */
function listGiven({ id, fields }: Shape): ReadonlySet<Medium> {
  const media = (required: boolean): readonly Medium[] =>
    fields
      .filter((field) => field.required === required)
      .flatMap(({ name, type }) => findFile(type, name) ?? []);
  const must = media(true);
  const isEdit = /(?:^|[/-])(?:edit|image-to-image|inpaint|outpaint|upscale|img2img)/u.test(id);
  return new Set(must.length > 0 || !isEdit ? must : media(false));
}

function findFile(type: FieldType, name: string): Medium | undefined {
  if (type.kind === 'list') return findFile(type.of, name);
  if (type.kind === 'either') return type.types.map((one) => findFile(one, name)).find(Boolean);
  if (type.kind !== 'file') return undefined;
  if (type.media !== 'any') return type.media;
  return /model|mesh|object/u.test(name) ? '3d' : 'file';
}

function toVideo({ id }: Shape, given: ReadonlySet<Medium>): EndpointKind {
  const named = (
    ['audio-to-video', 'image-to-video', 'video-to-video', 'text-to-video'] as const
  ).find((kind) => id.includes(kind));
  if (named) return named;
  if (given.has('video')) return 'video-to-video';
  if (given.has('image')) return 'image-to-video';
  return given.has('audio') ? 'audio-to-video' : 'text-to-video';
}

function toAudio({ id, fields }: Shape, given: ReadonlySet<Medium>): EndpointKind {
  if (given.has('video')) return 'video-to-audio';
  const speaks =
    /tts|speech|voice|dialogue/u.test(id) || fields.some(({ name }) => name === 'voice');
  const words = fields.some(
    ({ name, required }) => required && /^(?:text|prompt|script|gen_text)$/u.test(name),
  );
  if (speaks && words) return 'text-to-speech';
  return given.has('audio') ? 'audio-to-audio' : 'text-to-audio';
}

function toText({ id }: Shape, given: ReadonlySet<Medium>): EndpointKind {
  if (given.has('video')) return 'video-to-text';
  if (given.has('image')) return 'vision';
  if (!given.has('audio')) return 'llm';
  return /whisper|wizper|speech-to-text|asr|scribe/u.test(id) ? 'speech-to-text' : 'audio-to-text';
}
