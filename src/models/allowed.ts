/** Which models people may use: names, endpoint ids and patterns, as the operator lists them. */
import { posix } from 'node:path';
import type { ModelFamily } from './families/family.ts';

/** Stands for every family of `families/`: the models that Easel knows by heart. */
const FAMILIES = 'families';

/**
 * Beside the families: a short list of good ones that cost cents. Whatever may cost dollars, such as
 * video, is for the operator to allow.
 */
export const USUAL_MODELS: readonly string[] = [
  FAMILIES,
  'fal-ai/flux/schnell',
  'fal-ai/flux-2',
  'fal-ai/flux-2/edit',
  'fal-ai/flux-pro/v1.1-ultra',
  'fal-ai/nano-banana',
  'fal-ai/nano-banana/edit',
  'fal-ai/bytedance/seedream/v4/text-to-image',
  'fal-ai/bytedance/seedream/v4/edit',
  'fal-ai/gpt-image-1.5',
  'fal-ai/gpt-image-1.5/edit',
  'fal-ai/imagen4/preview',
  'fal-ai/ideogram/v3',
  'fal-ai/qwen-image-edit',
  'fal-ai/clarity-upscaler',
  'fal-ai/birefnet/v2',
  'fal-ai/moondream3-preview/caption',
];

export interface Allowed {
  family(family: ModelFamily): boolean;
  endpoint(id: string): boolean;
}

/** `*` stays within one part of an id, `**` spans several; a leading `!` takes out again. */
export function readAllowed(
  patterns: readonly string[],
  families: readonly ModelFamily[],
): Allowed {
  const wanted = patterns.filter((pattern) => !pattern.startsWith('!'));
  const unwanted = patterns.flatMap((pattern) => (pattern.startsWith('!') ? pattern.slice(1) : []));
  const byHeart = new Set(families.flatMap(({ endpoints }) => endpoints.map(({ id }) => id)));
  const names = new Map(families.map((family) => [family.name, idsOf(family)]));

  function isMeant(id: string, pattern: string): boolean {
    if (pattern === FAMILIES) return byHeart.has(id);
    const family = names.get(pattern);
    if (family) return family.has(id);
    // Matching takes its time, and there are many ids.
    return /[*?[{]/u.test(pattern) ? posix.matchesGlob(id, pattern) : id === pattern;
  }
  function endpoint(id: string): boolean {
    if (unwanted.some((pattern) => isMeant(id, pattern))) return false;
    return wanted.some((pattern) => isMeant(id, pattern));
  }
  return { endpoint, family: ({ endpoints }) => endpoints.some(({ id }) => endpoint(id)) };
}

function idsOf({ endpoints }: ModelFamily): ReadonlySet<string> {
  return new Set(endpoints.map(({ id }) => id));
}
