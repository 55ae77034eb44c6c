/** Made-up models behind a command with a form, so that forms can be tried without any real one. */
import cancel from '../../commands/cancel.ts';
import help from '../../commands/help.ts';
import retry from '../../commands/retry.ts';
import { type Command, defineCommand, type Plan } from '../../src/command.ts';
import { UserError } from '../../src/errors.ts';
import type { Choice, Options } from '../../src/option.ts';
import { loadModels } from '../../src/models/load-models.ts';

const toChoices = (...values: readonly string[]): readonly Choice[] =>
  values.map((value) => ({ value, label: value }));

const RATIOS = toChoices('1:1', '16:9', '9:16', '4:3', '3:4', '3:2', '2:3', '21:9');
const MODELS: Readonly<Record<string, string>> = {
  'nano-banana-pro': 'Follows long instructions and knows the world',
  'qwen-image': 'Quick, good at lettering',
  'recraft-v3': 'Vector drawings and brand styles',
  'fal-ai/flux-lora/inpainting': 'Paints inside a mask, with your own LoRAs',
  'minimax-speech-02-hd': 'Reads a text aloud',
};
const STYLES = [
  'any',
  'realistic_image',
  'digital_illustration',
  'digital_illustration/pixel_art',
  'digital_illustration/hand drawn',
  'vector_illustration',
  'vector_illustration/line_art',
];

const prompt = {
  kind: 'text',
  description: 'What it shows, or what to change in the attached pictures',
  required: true,
  maxLength: 6000,
} as const;
const model = {
  kind: 'suggested',
  description: 'Which model draws',
  maxLength: 100,
  standard: 'nano-banana-pro',
  aliases: ['m'],
  suggest: (begun: string) =>
    Object.entries(MODELS)
      .filter(([name]) => name.includes(begun))
      .map(([name, description]) => ({ value: name, label: `${name}: ${description}` })),
} as const;
const shared = {
  aspect_ratio: {
    kind: 'choice',
    description: 'Width to height',
    choices: RATIOS,
    standard: '1:1',
    aliases: ['ar'],
  },
  count: { kind: 'integer', description: 'How many', min: 1, max: 4, standard: '1' },
  seed: {
    kind: 'integer',
    description: 'The same seed and words give the same picture again',
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
  },
} as const satisfies Options;

const BY_MODEL: Readonly<Record<string, Options>> = {
  'nano-banana-pro': {
    ...shared,
    image: { kind: 'file', description: 'A picture to change', media: 'image' },
    resolution: {
      kind: 'choice',
      description: 'How large',
      choices: toChoices('1K', '2K', '4K'),
      standard: '1K',
    },
    format: {
      kind: 'choice',
      description: 'File format',
      choices: toChoices('png', 'jpeg', 'webp'),
      standard: 'png',
    },
    web_search: {
      kind: 'flag',
      description: 'Let the model look things up on the web',
      standard: 'false',
    },
    safety_tolerance: {
      kind: 'choice',
      description: '1 is the strictest moderation, 6 the most permissive',
      choices: toChoices('1', '2', '3', '4', '5', '6'),
      standard: '4',
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
  'qwen-image': {
    negative_prompt: {
      kind: 'text',
      description: 'What the picture must not show',
      maxLength: 500,
      standard: ' ',
    },
    ...shared,
    steps: {
      kind: 'integer',
      description: 'How many steps of refinement',
      min: 2,
      max: 250,
      standard: '30',
    },
    guidance: {
      kind: 'number',
      description: 'How closely to follow the words',
      min: 0,
      max: 20,
      standard: '2.5',
    },
    turbo: { kind: 'flag', description: 'Few steps, quickly', standard: 'false' },
    acceleration: {
      kind: 'choice',
      description: 'Faster, at some cost in quality',
      choices: toChoices('none', 'regular', 'high'),
      standard: 'none',
    },
    loras: { kind: 'text', description: 'Up to 3, each path:scale', maxLength: 1000 },
    format: {
      kind: 'choice',
      description: 'File format',
      choices: toChoices('png', 'jpeg'),
      standard: 'png',
    },
    safety_checker: { kind: 'flag', description: 'Black out unsafe pictures', standard: 'true' },
    sync_mode: { kind: 'flag', description: 'Wait for the picture in one go', standard: 'false' },
  },
  'recraft-v3': {
    style: {
      kind: 'suggested',
      description: 'How it is drawn',
      maxLength: 100,
      standard: 'realistic_image',
      suggest: (begun) => toChoices(...STYLES.filter((style) => style.includes(begun))),
    },
    aspect_ratio: shared.aspect_ratio,
    colors: {
      kind: 'text',
      description: 'Preferred colours, such as #b4472b #eab04d',
      maxLength: 200,
    },
  },
  'fal-ai/flux-lora/inpainting': {
    image: { kind: 'file', description: 'The picture to paint in', required: true, media: 'image' },
    mask: { kind: 'file', description: 'White where to paint', required: true, media: 'image' },
    strength: {
      kind: 'number',
      description: 'How much may change',
      min: 0,
      max: 1,
      standard: '0.85',
    },
    steps: { kind: 'integer', description: 'Steps', min: 1, max: 50, standard: '28' },
    ...shared,
  },
  'minimax-speech-02-hd': {
    voice: {
      kind: 'choice',
      description: 'Who speaks',
      choices: toChoices('Wise_Woman', 'Deep_Voice_Man', 'Calm_Woman'),
      standard: 'Wise_Woman',
    },
    speed: { kind: 'number', description: 'How fast', min: 0.5, max: 2, standard: '1' },
    pitch: { kind: 'integer', description: 'How high', min: -12, max: 12, standard: '0' },
    recording: { kind: 'file', description: 'A voice to imitate', media: 'audio' },
  },
};

const optionsOf = (name: unknown): Options => {
  const known = BY_MODEL[typeof name === 'string' ? name : 'nano-banana-pro'];
  return { prompt, model, ...known };
};

export const imagine: Command = defineCommand({
  name: 'imagine',
  description: 'Draw a picture from words, or change pictures that you attach',
  published: true,
  options: { prompt, model, ...shared },
  form: (filledIn) => optionsOf(filledIn['model']),
  run: ({ prompt, model, ...options }, { attachments, more }) => ({
    kind: 'generate',
    request: {
      model: model ?? 'nano-banana-pro',
      prompt,
      files: [...attachments],
      options: {
        ...more,
        ...Object.fromEntries(
          Object.entries(options).flatMap(([name, value]) =>
            value === undefined ? [] : [[name, value]],
          ),
        ),
      },
    },
  }),
});

/** With the others that a chat has. */
export const chatCommands: readonly Command[] = [
  imagine,
  help({ models: await loadModels() }),
  cancel(),
  retry(),
];

/** As the engine does: bounds are the model's, and what it lacks is noted. */
export function preview(plan: Plan): readonly string[] {
  if (plan.kind !== 'generate') return [];
  const { model: name, options, files } = plan.request;
  if (!Object.hasOwn(MODELS, name)) {
    throw new UserError(`No model is called “${name}”. Did you mean “qwen-image”?`);
  }
  const known = optionsOf(name);
  const mistakes = Object.entries(options).flatMap(([option, value]) => {
    const about = known[option];
    if (!about) return [`${name} has no option “${option}”.`];
    const isNumber = about.kind === 'integer' || about.kind === 'number';
    if (!isNumber || (Number(value) >= about.min && Number(value) <= about.max)) return [];
    return [`“${option}” must be from ${about.min} to ${about.max} for ${name}, not ${value}.`];
  });
  for (const [option, about] of Object.entries(known)) {
    const isMissing = about.kind === 'file' && about.required === true;
    if (isMissing && !files.some((file) => file.option === option)) {
      mistakes.push(`“${option}” is needed: attach a picture.`);
    }
  }
  if (mistakes.length > 0) throw new UserError(mistakes.join('\n'));
  return options['aspect_ratio'] === '3:2' ? [`${name} has no 3:2; 4:3 is used.`] : [];
}
