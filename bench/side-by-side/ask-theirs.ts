/**
 * The wish as somebody would give it to `@ai-sdk/fal`, in the most favourable way that its interface
 * allows: its own settings first, then its documented camelCase options; whatever has neither goes
 * through its provider options under fal's own name, which it hands on as it is.
 */
import { STATUS_CODES } from 'node:http';
import { createFal } from '@ai-sdk/fal';
import { z } from 'zod';
import { toUrl } from '../../src/fal/wire.ts';
import type { Endpoint } from '../../src/models/endpoint.ts';
import { readExactly } from './exact-json.ts';
import { findPlace, findWords, toSnake } from './meanings.ts';
import type { Asked, Wish } from './wish.ts';

type Fal = ReturnType<typeof createFal>;
type PictureCall = Parameters<ReturnType<Fal['image']>['doGenerate']>[0];
type Options = Record<string, never>;

/** The names that its page documents, for both a usual name and fal's own. */
const PICTURE_NAMES: Readonly<Record<string, string>> = {
  guidance: 'guidanceScale',
  guidance_scale: 'guidanceScale',
  steps: 'numInferenceSteps',
  num_inference_steps: 'numInferenceSteps',
  safety_checker: 'enableSafetyChecker',
  enable_safety_checker: 'enableSafetyChecker',
  format: 'outputFormat',
  output_format: 'outputFormat',
  safety_tolerance: 'safetyTolerance',
  strength: 'strength',
  acceleration: 'acceleration',
};
const TRANSCRIPT_NAMES: Readonly<Record<string, string>> = {
  chunk_level: 'chunkLevel',
  batch_size: 'batchSize',
  num_speakers: 'numSpeakers',
};
/** Settings of a call of their own. */
const PICTURE_SETTINGS = new Set(['count', 'size', 'aspect_ratio', 'seed']);
const SPEECH_SETTINGS = new Set(['voice', 'speed', 'language', 'outputFormat']);
const JSON_HEADERS = { 'content-type': 'application/json' };
/** Stands for a recording of a second. */
const RECORDING = new Uint8Array([0x49, 0x44, 0x33, 0x04]);
/** Enough of a picture for whoever looks at its first bytes. */
const PICTURE = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export async function askTheirs(wish: Wish, endpoint: Endpoint): Promise<Asked> {
  const sent: string[] = [];
  const fal = createRecordedFal(sent, JSON.stringify(toAnswer(wish.kind)));
  const told = new Set<string>();
  let refusal: string | undefined;
  try {
    for (const warning of await call(fal, wish, endpoint)) told.add(warning);
  } catch (error) {
    refusal = wordError(error);
  }
  const bodies = sent.map((text) => readExactly(text) as Record<string, unknown>);
  return {
    endpoint: endpoint.id,
    bodies,
    told: [...told],
    refusal: bodies.length === 0 ? refusal : undefined,
  };
}

/** Answers whatever is posted with `answer`, and every file with a few bytes. */
export function createRecordedFal(sent: string[], answer: string, status = 200): Fal {
  const respond: typeof fetch = async (target, init = {}) => {
    const url = toUrl(target);
    if (typeof init.body === 'string') sent.push(init.body);
    const isQueue = url.startsWith('https://queue.fal.run/');
    if (isQueue && init.method === 'POST') return Response.json({ request_id: 'r-1' });
    if (isQueue || init.method === 'POST') {
      const statusText = STATUS_CODES[status] ?? '';
      return new Response(answer, { status, statusText, headers: JSON_HEADERS });
    }
    return new Response(PICTURE);
  };
  return createFal({ apiKey: 'key-id:key-secret', fetch: respond });
}

/** Its message, and what its schema found. */
export function wordError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const findings = listFindings(error.cause);
  return findings.length === 0 ? error.message : `${error.message} (${findings.join('; ')})`;
}

function listFindings(cause: unknown): readonly string[] {
  const parsed = z.object({ cause: z.object({ issues: z.array(FINDING) }) }).safeParse(cause).data;
  return (parsed?.cause.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

const FINDING = z.object({
  path: z.array(z.union([z.string(), z.number()])),
  message: z.string(),
});

async function call(fal: Fal, wish: Wish, endpoint: Endpoint): Promise<readonly string[]> {
  if (wish.kind === 'transcript') return transcribe(fal, wish, endpoint);
  if (wish.kind === 'speech') return speak(fal, wish, endpoint);
  return draw(fal, wish, endpoint);
}

/**
 * `generateImage` shares a count out among calls, each with the same seed; whoever uses it may say
 * how many fit into one, so that they do.
 */
async function draw(fal: Fal, wish: Wish, endpoint: Endpoint): Promise<readonly string[]> {
  const { count = 1 } = wish.options;
  const field = endpoint.fields.find(({ name }) => name === 'num_images');
  const most = field?.type.kind === 'integer' ? (field.type.max ?? 1) : 1;
  const told: string[] = [];
  for (let left = Number(count); left > 0; left -= most) {
    const settings = toPictureCall(wish, endpoint, Math.min(left, most));
    const { warnings } = await fal.image(endpoint.id).doGenerate(settings);
    told.push(...warnings.map(wordWarning));
  }
  return told;
}

function toPictureCall(wish: Wish, endpoint: Endpoint, n: number): PictureCall {
  const { prompt, files, options } = wish;
  const mask = files.find(({ option }) => option === 'mask');
  const plain = files.filter(({ option }) => option === undefined);
  const others = plain.map(({ url }) => ({ type: 'url', url }));
  const takes = (field: string): boolean => endpoint.fields.some(({ name }) => name === field);
  const isMany = !takes('image_url') && (takes('image_urls') || others.length > 1);
  const isSetting = (name: string): boolean =>
    wish.byFieldNames ? name === 'count' || name === 'seed' : PICTURE_SETTINGS.has(name);
  const named = Object.entries(options)
    .filter(([name]) => !isSetting(name))
    .map(([name, value]) => [nameFor(endpoint, name, PICTURE_NAMES), value] as const);
  return {
    prompt,
    n,
    size: wish.byFieldNames ? undefined : (options['size'] as `${number}x${number}`),
    aspectRatio: wish.byFieldNames ? undefined : (options['aspect_ratio'] as `${number}:${number}`),
    seed: options['seed'] === undefined ? undefined : Number(options['seed']),
    files: others.length === 0 ? undefined : (others as PictureCall['files']),
    mask: mask && { type: 'url', url: mask.url },
    providerOptions: {
      fal: {
        ...(isMany && { useMultipleImages: true }),
        ...listNamedFiles(wish),
        ...Object.fromEntries(named),
      },
    },
  };
}

/** Files for a field of fal's own name; those fields take lists. */
function listNamedFiles({ files }: Wish): Record<string, string[]> {
  const named = Map.groupBy(files, ({ option = '' }) => option);
  const fields = [...named].filter(([option]) => option !== '' && option !== 'mask');
  return Object.fromEntries(fields.map(([option, group]) => [option, group.map(({ url }) => url)]));
}

async function transcribe(fal: Fal, wish: Wish, endpoint: Endpoint): Promise<readonly string[]> {
  const named = Object.entries(wish.options).map(([name, value]) => [
    TRANSCRIPT_NAMES[name] ?? name,
    name === 'language' && value === 'auto' ? null : value,
  ]);
  const options = Object.fromEntries(named) as Options;
  const { warnings } = await fal.transcription(endpoint.id.replace(/^fal-ai\//u, '')).doGenerate({
    audio: RECORDING,
    mediaType: 'audio/mpeg',
    ...(named.length > 0 && { providerOptions: { fal: options } }),
  });
  return warnings.map(wordWarning);
}

async function speak(fal: Fal, wish: Wish, endpoint: Endpoint): Promise<readonly string[]> {
  const { options, prompt, files } = wish;
  const words = findWords(endpoint)?.name;
  const own = {
    ...(words !== undefined && words !== 'text' && { [words]: prompt }),
    ...Object.fromEntries(files.map(({ option = 'audio_url', url }) => [option, url])),
    ...toSpeechOptions(wish, endpoint),
  };
  const { format, output_format: outputFormat = format } = options;
  const settings = Object.entries({ ...options, outputFormat }).filter(
    ([name, value]) => value !== undefined && SPEECH_SETTINGS.has(name),
  );
  const { warnings } = await fal.speech(endpoint.id).doGenerate({
    text: prompt,
    ...Object.fromEntries(settings),
    providerOptions: { fal: own as Options },
  });
  return warnings.map(wordWarning);
}

function toSpeechOptions({ options }: Wish, endpoint: Endpoint): Record<string, unknown> {
  const named: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(options)) {
    if (SPEECH_SETTINGS.has(name) || name === 'format' || name === 'output_format') continue;
    const [top = name, inner] = findPlace(endpoint, name)?.path ?? [];
    named[top] = inner === undefined ? value : { ...(named[top] as object), [inner]: value };
  }
  return named;
}

/** A documented name, then fal's own; what is typed in camelCase is meant so. */
function nameFor(
  endpoint: Endpoint,
  typed: string,
  documented: Readonly<Record<string, string>>,
): string {
  const place = /[A-Z]/u.test(typed) ? undefined : findPlace(endpoint, typed);
  const isTop = place?.path.length === 1;
  return documented[toSnake(typed)] ?? (isTop ? place.path[0] : undefined) ?? typed;
}

function wordWarning(warning: { type: string; message?: string; details?: string }): string {
  return warning.message ?? warning.details ?? warning.type;
}

function toAnswer(kind: Wish['kind']): unknown {
  const file = { url: 'https://v3.fal.media/files/made' };
  if (kind === 'transcript') return { text: '', chunks: [], inferred_languages: [] };
  return kind === 'speech' ? { audio: file } : { images: [file] };
}
