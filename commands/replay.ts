import { defineCommand, type Vocabulary } from '../src/command.ts';
import { linkOption } from '../src/pictures/subject-options.ts';
import { suggestModels } from '../src/suggest-options.ts';

export default ({ models }: Vocabulary) =>
  defineCommand({
    name: 'replay',
    description:
      'Take the steps that led to a picture once more: on another picture, or another model',
    published: true,
    takesJob: true,
    options: {
      steps: {
        ...linkOption,
        description: 'Link to the picture whose steps are taken (default: your newest)',
      },
      image: { kind: 'file', media: 'image', description: 'The picture to take them on' },
      onto: { ...linkOption, description: 'Or a link to the message that holds it' },
      model: {
        kind: 'suggested',
        description: 'Another model for every step',
        maxLength: 100,
        suggest: suggestModels(models),
        aliases: ['m'],
      },
    },
    asks: { title: 'Replay the steps', options: ['image', 'onto', 'model'] },
    run: ({ steps, onto, model }, { attachments, job }) => ({
      kind: 'replay',
      subject: { job, link: steps },
      onto: { link: onto, files: attachments },
      model,
    }),
  });
