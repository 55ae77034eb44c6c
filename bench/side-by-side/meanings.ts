/**
 * Which field of an endpoint a wished option belongs into, by the endpoint's own facts. Written here
 * once more rather than taken from Easel's engine, which is one of the two sides that are judged.
 */
import type { Endpoint, Field, FieldType } from '../../src/models/endpoint.ts';
import { toText } from './exact-json.ts';

export interface Place {
  /** Names from the top of the input to the field. */
  readonly path: readonly string[];
  readonly type: FieldType;
  readonly nullable: boolean;
}

/** Fields that carry a usual option, the likeliest first. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  count: ['num_images'],
  steps: ['num_inference_steps'],
  guidance: ['guidance_scale', 'text_guidance_scale'],
  format: ['audio_setting.format', 'output_format'],
  safety_checker: ['enable_safety_checker'],
  expand_prompt: ['enable_prompt_expansion', 'expand_prompt', 'enhance_prompt'],
  lora: ['loras'],
  turbo: ['use_turbo'],
  web_search: ['enable_web_search'],
  voice: ['voice', 'voice_setting.voice_id'],
  speed: ['speed', 'voice_setting.speed'],
  language: ['language', 'language_boost'],
};
/** Other words that a note may use for an option. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  aspect_ratio: ['shape', 'nearest'],
  size: ['shape', 'nearest'],
  safety_checker: ['safety'],
  safety_tolerance: ['safety'],
  web_search: ['web search'],
  lora: ['LoRA'],
  loras: ['LoRA'],
  files: ['picture', 'image', 'sound', 'attached'],
  style: ['styles'],
};
const WORDS_FIELDS = ['prompt', 'text'];

/** Undefined where the endpoint has nothing for it. */
export function findPlace(endpoint: Endpoint, typed: string): Place | undefined {
  const name = toSnake(typed);
  const places = listPlaces(endpoint.fields);
  const named = (path: string): Place | undefined =>
    places.find((place) => toBare(place.path.join('.')) === toBare(path));
  const inside = places.filter(({ path }) => path.length > 1 && path.at(-1) === name);
  const usual = (FIELDS[name] ?? []).map(named).find((place) => place !== undefined);
  return usual ?? named(name) ?? (inside.length === 1 ? inside[0] : undefined);
}

/** The field that takes the person's words. */
export function findWords({ fields }: Endpoint): Field | undefined {
  const named = WORDS_FIELDS.flatMap((name) => fields.find((field) => field.name === name) ?? []);
  return named.find(({ required }) => required) ?? named[0];
}

/** True where one of the sentences speaks of the option or of its value. */
export function isTold(told: readonly string[], typed: string, value: unknown): boolean {
  const name = toSnake(typed);
  const words = [typed, name, name.replaceAll('_', ' '), ...(WORDS[name] ?? [])];
  const fields = (FIELDS[name] ?? []).map((path) => path.replaceAll('_', ''));
  const spoken = [...words, ...fields, ...(typeof value === 'object' ? [] : [toText(value)])];
  const sentences = told.map((sentence) => sentence.toLowerCase());
  return sentences.some((sentence) => spoken.some((word) => sentence.includes(word.toLowerCase())));
}

export function toSnake(typed: string): string {
  return typed
    .replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`)
    .replaceAll('-', '_')
    .replace(/^_/u, '');
}

/** `guidanceScale2` and `guidance_scale_2` are the same. */
function toBare(name: string): string {
  return name.replaceAll('_', '');
}

/** Undefined where the body has nothing there. */
export function valueAt(body: unknown, path: readonly string[]): unknown {
  let value = body;
  for (const name of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

function listPlaces(fields: readonly Field[], above: readonly string[] = []): readonly Place[] {
  return fields.flatMap(({ name, type, nullable }) => {
    const path = [...above, name];
    const inner = type.kind === 'object' && above.length === 0 ? type.fields : [];
    return [{ path, type, nullable }, ...listPlaces(inner, path)];
  });
}
