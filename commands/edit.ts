import { createChosenModel } from '../src/chosen-model.ts';
import { defineCommand, type Vocabulary } from '../src/command.ts';
import { DEFAULT_MODEL } from '../src/models/default-model.ts';
import { LARGEST_COUNT } from '../src/models/request/option-names.ts';
import { linkOption, numberOption } from '../src/pictures/subject-options.ts';
import { toRequestOptions } from '../src/request.ts';

export default ({ models }: Vocabulary) => {
  const { option: model, suggestFor, suggestMore, form } = createChosenModel(models);
  return defineCommand({
    name: 'edit',
    description: 'Change a picture: one you attach, link or reply to, or else your newest here',
    published: true,
    menu: 'Edit picture',
    options: {
      prompt: {
        kind: 'text',
        description: 'What shall change; “2: make it night” means the second of several pictures',
        required: true,
        maxLength: 6000,
      },
      image: { kind: 'file', media: 'image', description: 'The picture, or one more to work from' },
      image2: { kind: 'file', media: 'image', description: 'A second picture' },
      image3: { kind: 'file', media: 'image', description: 'A third picture' },
      image4: { kind: 'file', media: 'image', description: 'A fourth picture' },
      mask: { kind: 'file', media: 'image', description: 'White where something shall change' },
      link: linkOption,
      number: numberOption,
      model,
      aspect_ratio: {
        kind: 'suggested',
        description: 'Width to height, such as 16:9',
        maxLength: 9,
        suggest: suggestFor('aspect_ratio'),
        aliases: ['ar', 'ratio'],
      },
      resolution: {
        kind: 'suggested',
        description: 'How large, where the model has classes such as 2K',
        maxLength: 40,
        suggest: suggestFor('resolution'),
        aliases: ['res'],
      },
      count: {
        kind: 'integer',
        description: 'How many',
        min: 1,
        max: LARGEST_COUNT,
        aliases: ['n'],
      },
      seed: {
        kind: 'text',
        description: 'The same seed and words make the same result again',
        maxLength: 40,
      },
      more: {
        kind: 'suggested',
        description: 'Anything else that the model knows, such as --guidance 4',
        maxLength: 1000,
        suggest: suggestMore,
      },
    },
    form: (filledIn) => ({ ...form(filledIn), link: linkOption, number: numberOption }),
    asks: { title: 'Edit picture', options: ['prompt', 'number', 'image', 'model'] },
    run: ({ prompt, model, link, number, ...typed }, { attachments, job, more }) => ({
      kind: 'edit',
      subject: { job, link, number },
      request: {
        model: model ?? DEFAULT_MODEL,
        prompt,
        files: [...attachments],
        options: { ...more, ...toRequestOptions(typed) },
      },
    }),
  });
};
