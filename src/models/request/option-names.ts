/**
 * The names that people use on every model, and the fields that carry them. An endpoint's own field
 * names always work beside them.
 */
import type { RequestOptions } from '../../request.ts';
import type { NeutralOption } from './neutral-option.ts';
import { SOUND_OPTIONS } from './sound-option-names.ts';

const NEUTRAL = {
  negative_prompt: {
    fields: ['negative_prompt'],
    aliases: ['negative', 'no'],
    what: 'negative prompt',
    description: 'What the result must not show',
  },
  aspect_ratio: {
    fields: ['aspect_ratio'],
    aliases: ['ar', 'ratio'],
    what: 'choice of shape',
    description: 'Width to height, such as 16:9',
  },
  size: {
    fields: ['image_size', 'video_size', 'size', 'resolution'],
    aliases: [],
    what: 'choice of size',
    description: 'Exact pixels such as 1280x720',
  },
  resolution: {
    fields: ['resolution', 'video_resolution'],
    aliases: ['res'],
    what: 'resolution classes',
    description: 'How large, in classes such as 2K or 1080p',
  },
  count: {
    fields: ['num_images', 'num_samples', 'num_outputs', 'number_of_images', 'images_count'],
    aliases: ['n'],
    what: 'number of results',
    description: 'How many',
  },
  seed: {
    fields: ['seed'],
    aliases: [],
    what: 'seed',
    description: 'The same seed and words make the same result again',
  },
  steps: {
    fields: ['num_inference_steps', 'num_steps', 'inference_steps', 'sampling_steps'],
    aliases: [],
    what: 'steps',
    description: 'How many steps of refinement',
  },
  guidance: {
    fields: ['guidance_scale', 'cfg_scale', 'text_guidance_scale', 'prompt_guidance'],
    aliases: ['cfg'],
    what: 'guidance',
    description: 'How closely to follow the words',
  },
  strength: {
    fields: ['strength', 'image_prompt_strength', 'prompt_strength', 'image_strength'],
    aliases: [],
    what: 'strength',
    description: 'How far to go from the given picture',
  },
  style: {
    fields: ['style', 'style_preset', 'style_name'],
    aliases: [],
    what: 'styles',
    description: 'One of the model’s own styles',
  },
  format: {
    fields: ['output_format', 'image_format', 'audio_format'],
    aliases: [],
    what: 'choice of file format',
    description: 'File format, such as png or mp3',
  },
  lora: {
    fields: ['loras'],
    aliases: ['loras'],
    what: 'LoRAs',
    description: 'LoRA weights: address, or address:scale, several separated by spaces',
  },
  acceleration: {
    fields: ['acceleration'],
    aliases: [],
    what: 'acceleration',
    description: 'Faster, at some cost in quality',
  },
  turbo: {
    fields: ['use_turbo', 'turbo_mode'],
    aliases: [],
    what: 'turbo',
    description: 'Few steps, quickly',
  },
  safety_checker: {
    fields: ['enable_safety_checker', 'enable_safety_checks'],
    aliases: [],
    what: 'safety checker to switch',
    description: 'Whether unsafe results are blacked out',
  },
  safety_tolerance: {
    fields: ['safety_tolerance'],
    aliases: [],
    what: 'safety tolerance',
    description: 'How much is let through: 1 is the strictest',
  },
  web_search: {
    fields: ['enable_web_search'],
    aliases: [],
    what: 'web search',
    description: 'Let the model look things up on the web',
  },
  limit_generations: {
    fields: ['limit_generations'],
    aliases: [],
    what: 'limit on generations',
    description: 'Ignore any number of pictures asked for in the prompt',
  },
  system_prompt: {
    fields: ['system_prompt'],
    aliases: [],
    what: 'system prompt',
    description: 'How the model should go about it in general',
  },
  expand_prompt: {
    fields: ['enable_prompt_expansion', 'expand_prompt', 'enhance_prompt', 'prompt_optimizer'],
    aliases: ['enhance'],
    what: 'prompt expansion',
    description: 'Let the model embellish the words',
  },
  duration: {
    fields: ['duration', 'seconds_total', 'duration_seconds', 'music_length_ms'],
    aliases: ['seconds'],
    what: 'choice of length',
    description: 'How long, in the model’s own unit',
  },
  fps: {
    fields: ['fps', 'frames_per_second', 'frame_rate'],
    aliases: [],
    what: 'frame rate',
    description: 'Pictures per second',
  },
  variant: {
    fields: ['model', 'model_name', 'model_type', 'model_id'],
    aliases: [],
    what: 'variants',
    description: 'Which of its own models the endpoint shall use',
  },
  ...SOUND_OPTIONS,
} as const satisfies Record<string, NeutralOption>;

export type NeutralName = keyof typeof NEUTRAL;
export const NEUTRAL_OPTIONS: Readonly<Record<NeutralName, NeutralOption>> = NEUTRAL;

/** Everything that can be made several times over is asked for by this name. */
export const LARGEST_COUNT = 10;

function isNeutralName(name: string): name is NeutralName {
  return Object.hasOwn(NEUTRAL, name);
}

/** The neutral name behind a name, an alias or a usual field name. */
export function findNeutral(name: string): NeutralName | undefined {
  if (isNeutralName(name)) return name;
  return Object.keys(NEUTRAL)
    .filter((known) => isNeutralName(known))
    .find((known) => {
      const { aliases, fields } = NEUTRAL_OPTIONS[known];
      return aliases.includes(name) || fields.includes(name);
    });
}

/** Under whatever name it was typed. */
export function isSeed(typed: string): boolean {
  return findNeutral(toSnakeCase(typed)) === 'seed';
}

export function withoutSeed(options: RequestOptions): RequestOptions {
  return Object.fromEntries(Object.entries(options).filter(([name]) => !isSeed(name)));
}

/** camelCase, kebab-case and snake_case mean the same; dots lead into objects. */
export function toSnakeCase(typed: string): string {
  return typed
    .replaceAll(/([a-z\d])([A-Z])/gu, '$1_$2')
    .replaceAll('-', '_')
    .toLowerCase();
}
