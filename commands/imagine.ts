import { defineCommand, type Vocabulary } from '../src/command.ts';
import { UserError } from '../src/errors.ts';
import { ASPECT_RATIOS, type Lora } from '../src/request.ts';

/** Model people get who name none; with pictures it edits them. */
const DEFAULT_MODEL = 'nano-banana-pro';
const LARGEST_SEED = Number.MAX_SAFE_INTEGER;
/** A LoRA's default weight at fal. */
const DEFAULT_SCALE = 1;

export default ({ models }: Vocabulary) =>
  defineCommand({
    name: 'imagine',
    description: 'Draw a picture from words, or change pictures that you attach',
    published: true,
    options: {
      prompt: {
        kind: 'text',
        description: 'What the picture shows, or what to change in the attached pictures',
        required: true,
        maxLength: 6000,
      },
      model: {
        kind: 'choice',
        description: `Which model draws (default: ${DEFAULT_MODEL})`,
        choices: models.map(({ name, description }) => ({
          value: name,
          label: `${name}: ${description}`.slice(0, 100),
        })),
        aliases: ['m'],
      },
      aspect_ratio: {
        kind: 'choice',
        description: 'Width to height',
        choices: ASPECT_RATIOS.map((ratio) => ({ value: ratio, label: ratio })),
        aliases: ['ar', 'ratio'],
      },
      count: {
        kind: 'integer',
        description: 'How many pictures',
        min: 1,
        max: 4,
        aliases: ['n', 'num_images'],
      },
      image: { kind: 'picture', description: 'A picture to change or to take as a reference' },
      image2: { kind: 'picture', description: 'A second picture' },
      image3: { kind: 'picture', description: 'A third picture' },
      seed: {
        kind: 'integer',
        description: 'The same seed and words give the same picture again',
        min: 0,
        max: LARGEST_SEED,
      },
      resolution: {
        kind: 'choice',
        description: 'How large, where the model knows classes of size',
        choices: (['1K', '2K', '4K'] as const).map((value) => ({ value, label: value })),
      },
      size: {
        kind: 'text',
        description: 'Exact pixels such as 1280x720, where the model takes them',
        maxLength: 11,
        aliases: ['image_size'],
      },
      format: {
        kind: 'choice',
        description: 'File format',
        choices: (['png', 'jpeg', 'webp'] as const).map((value) => ({ value, label: value })),
        aliases: ['output_format'],
      },
      negative_prompt: {
        kind: 'text',
        description: 'What the picture must not show',
        maxLength: 2000,
        aliases: ['negative', 'no'],
      },
      steps: {
        kind: 'integer',
        description: 'How many steps of refinement',
        min: 1,
        max: 250,
        aliases: ['num_inference_steps'],
      },
      guidance: {
        kind: 'number',
        description: 'How closely to follow the words',
        min: 0,
        max: 20,
        aliases: ['guidance_scale', 'cfg'],
      },
      acceleration: {
        kind: 'choice',
        description: 'Faster, at some cost in quality',
        choices: (['none', 'regular', 'high'] as const).map((value) => ({ value, label: value })),
      },
      lora: {
        kind: 'text',
        description: 'LoRA weights: address, or address=scale, several separated by spaces',
        maxLength: 1000,
        aliases: ['loras'],
      },
      turbo: { kind: 'flag', description: 'Few steps, quickly', aliases: ['use_turbo'] },
      safety_checker: {
        kind: 'flag',
        description: 'Black out unsafe pictures',
        aliases: ['enable_safety_checker'],
      },
      safety_tolerance: {
        kind: 'integer',
        description: '1 is the strictest moderation, 6 the most permissive',
        min: 1,
        max: 6,
      },
      web_search: {
        kind: 'flag',
        description: 'Let the model look things up on the web',
        aliases: ['enable_web_search'],
      },
      limit_generations: {
        kind: 'flag',
        description: 'Ignore any number of pictures asked for in the prompt',
      },
      system_prompt: {
        kind: 'text',
        description: 'How the model should go about it in general',
        maxLength: 2000,
      },
    },
    run: (values, { attachments }) => ({
      kind: 'generate',
      request: {
        model: values.model ?? DEFAULT_MODEL,
        prompt: values.prompt,
        pictures: [...attachments],
        settings: {
          count: values.count,
          aspectRatio: values.aspect_ratio,
          size: parseSize(values.size),
          resolution: values.resolution,
          seed: values.seed,
          negativePrompt: values.negative_prompt,
          steps: values.steps,
          guidance: values.guidance,
          format: values.format,
          acceleration: values.acceleration,
          loras: parseLoras(values.lora),
          turbo: values.turbo,
          safetyChecker: values.safety_checker,
          safetyTolerance: values.safety_tolerance,
          webSearch: values.web_search,
          limitGenerations: values.limit_generations,
          systemPrompt: values.system_prompt,
        },
      },
    }),
  });

function parseSize(text: string | undefined): { width: number; height: number } | undefined {
  if (text === undefined) return undefined;
  const [, width, height] = /^(\d{2,5})\s*[x×*]\s*(\d{2,5})$/iu.exec(text.trim()) ?? [];
  if (!width || !height) {
    throw new UserError(
      `“size” must be width x height in pixels, such as 1280x720, not “${text}”.`,
    );
  }
  return { width: Number(width), height: Number(height) };
}

function parseLoras(text: string | undefined): Lora[] | undefined {
  return text?.split(/[\s,]+/u).map((entry) => {
    const [, path = '', scale] = /^(.*?)(?:=(\d+(?:\.\d+)?))?$/u.exec(entry) ?? [];
    if (!/^https:\/\/\S+$|^[\w.-]+\/[\w./-]+$/u.test(path)) {
      throw new UserError(`“lora” takes an https address or a Hugging Face path, not “${entry}”.`);
    }
    return { path, scale: scale === undefined ? DEFAULT_SCALE : Number(scale) };
  });
}
