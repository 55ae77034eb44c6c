/** A command for one model alone, with everything that it can be told as typed options. */
import { defineCommand, type Command } from './command.ts';
import type { Models } from './models/model.ts';
import { toRequestOptions } from './request.ts';

const LONGEST_NAME = 32;
const LONGEST_DESCRIPTION = 100;

/** Throws `UserError` where no such model may be used. */
export function createModelCommand(modelName: string, models: Models): Command {
  const { name: model, description, options } = models.find(modelName);
  return defineCommand({
    name: toCommandName(model),
    description: `${model}: ${description}`.slice(0, LONGEST_DESCRIPTION),
    published: true,
    options,
    form: () => options,
    run: ({ prompt, ...typed }, { attachments, more }) => ({
      kind: 'generate',
      request: {
        model,
        prompt: typeof prompt === 'string' ? prompt : '',
        files: [...attachments],
        options: { ...more, ...toRequestOptions(typed) },
      },
    }),
  });
}

/** `fal-ai/flux/dev` becomes `flux-dev`: what chats take as a command's name. */
function toCommandName(model: string): string {
  const words = model.toLowerCase().replace(/^fal-ai\//u, '');
  return words.replaceAll(/[^a-z\d_-]+/gu, '-').slice(0, LONGEST_NAME);
}
