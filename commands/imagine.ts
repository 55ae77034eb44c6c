import { createChosenModel } from '../src/chosen-model.ts';
import { defineCommand, type Vocabulary } from '../src/command.ts';
import { DEFAULT_MODEL } from '../src/models/default-model.ts';
import { toRequestOptions } from '../src/request.ts';

export default ({ models }: Vocabulary) => {
  const { options: usual, suggestFor, form } = createChosenModel(models);
  return defineCommand({
    name: 'imagine',
    description: 'Make a picture, or whatever a model makes, from words and from what you attach',
    published: true,
    options: {
      prompt: {
        kind: 'text',
        description: 'What it shall be, or what to change; flags such as --steps 30 work in here',
        maxLength: 6000,
      },
      model: usual.model,
      image: { kind: 'file', media: 'image', description: 'A picture to change or to work from' },
      image2: { kind: 'file', media: 'image', description: 'A second picture' },
      image3: { kind: 'file', media: 'image', description: 'A third picture' },
      mask: { kind: 'file', media: 'image', description: 'White where something shall change' },
      file: { kind: 'file', media: 'any', description: 'Sound or video, for models that take it' },
      aspect_ratio: usual.aspect_ratio,
      size: {
        kind: 'text',
        description: 'Exact pixels such as 1280x720, where the model takes them',
        maxLength: 40,
      },
      resolution: usual.resolution,
      count: usual.count,
      seed: usual.seed,
      negative_prompt: {
        kind: 'text',
        description: 'What the result must not show',
        maxLength: 2000,
        aliases: ['negative', 'no'],
      },
      style: {
        kind: 'suggested',
        description: 'One of the chosen model’s own styles',
        maxLength: 100,
        suggest: suggestFor('style'),
      },
      steps: { kind: 'integer', description: 'How many steps of refinement', min: 1, max: 1000 },
      guidance: {
        kind: 'number',
        description: 'How closely to follow the words',
        min: 0,
        max: 100,
        aliases: ['cfg'],
      },
      strength: {
        kind: 'number',
        description: 'How far to go from the given picture: 0 changes nothing',
        min: 0,
        max: 1,
      },
      format: {
        kind: 'suggested',
        description: 'File format, such as png',
        maxLength: 40,
        suggest: suggestFor('format'),
      },
      acceleration: {
        kind: 'suggested',
        description: 'Faster, at some cost in quality',
        maxLength: 40,
        suggest: suggestFor('acceleration'),
      },
      lora: {
        kind: 'text',
        description: 'LoRA weights: address or address:scale, several separated by spaces',
        maxLength: 1000,
        aliases: ['loras'],
      },
      safety_checker: { kind: 'flag', description: 'Whether unsafe results are blacked out' },
      safety_tolerance: {
        kind: 'integer',
        description: '1 is the strictest moderation, 6 the most permissive',
        min: 1,
        max: 6,
      },
      more: usual.more,
    },
    form,
    run: ({ prompt, model, ...typed }, { attachments, more }) => ({
      kind: 'generate',
      request: {
        model: model ?? DEFAULT_MODEL,
        prompt: prompt ?? '',
        files: [...attachments],
        options: { ...more, ...toRequestOptions(typed) },
      },
    }),
  });
};
