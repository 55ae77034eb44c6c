import { createChosenModel } from '../src/chosen-model.ts';
import { defineCommand, type Vocabulary } from '../src/command.ts';
import { DEFAULT_MODEL } from '../src/models/default-model.ts';
import { linkOption, numberOption } from '../src/pictures/subject-options.ts';
import { toRequestOptions } from '../src/request.ts';

export default ({ models }: Vocabulary) => {
  const { options: usual, form } = createChosenModel(models);
  return defineCommand({
    name: 'edit',
    description: 'Change a picture: one you attach, link or reply to, or else your newest here',
    published: true,
    menu: 'Edit picture',
    takesJob: true,
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
      model: usual.model,
      aspect_ratio: usual.aspect_ratio,
      resolution: usual.resolution,
      count: usual.count,
      seed: usual.seed,
      more: usual.more,
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
