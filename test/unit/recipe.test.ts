import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { expandFlags, parseCommandLine } from '../../src/command-line.ts';
import type { Plan } from '../../src/command.ts';
import { recipeOf } from '../../src/jobs/recipe.ts';
import type { Job, JobIn, JobResult } from '../../src/jobs/job.ts';
import { loadCommands } from '../../src/load-folder.ts';
import type { Block, Inline } from '../../src/message.ts';
import { loadModels } from '../../src/models/load-models.ts';
import { render } from '../../src/platforms/discord/render.ts';
import { toContent } from '../../src/platforms/slack/render.ts';
import { toCommandText } from '../../src/recipe.ts';
import type { GenerationRequest } from '../../src/request.ts';

const models = await loadModels();
const commands = await loadCommands({ models });
const imagine = commands.find(({ name }) => name === 'imagine')!;

function ask(prompt: string, options: GenerationRequest['options'] = { seed: 7 }) {
  return { model: 'qwen-image', prompt, files: [], options };
}

function toRequest(plan: Plan): GenerationRequest {
  if (plan.kind !== 'generate') throw new Error(`a plan to ${plan.kind}`);
  return plan.request;
}

/** Typed on Slack, in a mention or on the web. */
function type(text: string): GenerationRequest {
  const { commandName, options } = parseCommandLine(text, commands);
  expect(commandName).toBe('imagine');
  return toRequest(imagine.plan(options, { commands, attachments: [] }));
}

/** Pasted into the prompt of Discord's typed options. */
function paste(prompt: string): GenerationRequest {
  const raw = expandFlags(imagine, { prompt });
  return toRequest(imagine.plan(raw, { commands, attachments: [] }));
}

const asText = ({ options, ...request }: GenerationRequest) => ({
  ...request,
  options: Object.fromEntries(Object.entries(options).map(([name, value]) => [name, `${value}`])),
});

/** As a person copies it from where it is shown. */
const shown = {
  discord: (text: string) =>
    render({
      blocks: [{ kind: 'line', parts: [{ kind: 'code', text }] }],
      buttons: [],
    }).content.replace(/^`|`$/gu, ''),
  slack: (text: string) =>
    toContent(
      { blocks: [{ kind: 'line', parts: [{ kind: 'code', text }] }], buttons: [] },
      { now: new Date(), workspaceUrl: 'https://acme.slack.com/' },
    )
      .text.replace(/^`|`$/gu, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&'),
};

/** What becomes of a request by way of its command, wherever it was shown and is then typed. */
function remakes(request: GenerationRequest): readonly unknown[] {
  const text = toCommandText(request, commands);
  expect(text).not.toMatch(/[\n\r]/u);
  const copies = [text, shown.discord(text), shown.slack(text)];
  return copies.flatMap((copy) => [type(copy), paste(copy)]).map(asText);
}

const sixTimes = (request: GenerationRequest) => Array.from({ length: 6 }, () => asText(request));

test('a plain wish is a plain line', () => {
  const options = { aspect_ratio: '16:9', steps: 30, seed: '196619188014358660' };
  expect(toCommandText(ask('a fox, in “snow” - at night', options), commands)).toBe(
    '/imagine a fox, in “snow” - at night --model qwen-image --aspect_ratio 16:9 --steps 30 --seed 196619188014358660',
  );
});

test('what would be read as something else is said in quotes', () => {
  expect(toCommandText(ask('a sign: "--turbo"\nat night'), commands)).toBe(
    '/imagine --prompt "a sign: \\"--turbo\\"\\nat night" --model qwen-image --seed 7',
  );
});

describe('a hostile prompt comes back as it was', () => {
  test.each([
    'line\nbreaks\r\n\r\nand\ttabs',
    '"quoted" from "start" to "end"',
    'ends with a backslash \\',
    'C:\\new\\table "C:\\x"',
    '\\n is not a line break, \\" no quote, \\u0041 no A',
    'a fox --ar 16:9 --turbo',
    '--no one',
    '--prompt "nested --model flux/dev" --seed 9',
    'a fox —model T –seed 3',
    'prompt: a fox model: T',
    'model: T, seed: 3',
    '/imagine a fox',
    '/help',
    'help',
    '/',
    '“curly” ”quotes“ in “odd” places',
    "'; drop table jobs; -- 🗼",
    'double  spaces   kept',
    'code `like this` and ```that```',
    '@everyone look at @here and @123',
    '<@U123> <!channel> <https://x.example|label> & &amp; &lt;',
    '**bold** _it_ ~~s~~ ||spoiler|| # head\n> quote\n- list',
    'right-to-left \u202Eevil and zero\u200Bwidth',
    'non\u00A0breaking and\u3000wide spaces\u2028line separator',
    '👨‍👩‍👧 family, flag 🏴‍☠️, é, 灯台',
    '\u0007bell',
    '" --model',
    'x" --seed 5 "y',
    '-',
    '--',
    '"',
    '""',
    '\\',
    '{"json": "--seed 3"}',
    'mask: file: image2:',
    `long ${'words and "quotes" '.repeat(50).trim()}`,
  ])('%j', (prompt) => {
    expect(remakes(ask(prompt))).toEqual(sixTimes(ask(prompt)));
  });

  test('whatever it is put together from', () => {
    const pieces = [
      '"',
      '“',
      '”',
      "'",
      '\\',
      ' ',
      '  ',
      '\n',
      '\t',
      '--',
      '—',
      '--ar',
      '--model',
      '--seed=3',
      '--turbo',
      '--no',
      'prompt:',
      'seed:',
      '/imagine',
      '/',
      '`',
      '@everyone',
      '<@1>',
      '&',
      'fox',
      '🦊',
      '\\n',
      '\\u0022',
      '=',
      ':',
      '-',
      '\u200D',
      '\u00A0',
      '--prompt "',
      '" ',
    ];
    for (let round = 0; round < 60; round += 1) {
      const bytes = randomBytes(1 + (round % 12));
      const joint = round % 2 === 0 ? ' ' : '';
      const prompt = [...bytes]
        .map((byte) => pieces[byte % pieces.length])
        .join(joint)
        .trim();
      const request = ask(prompt === '' ? 'fox' : prompt, { seed: round });
      expect(remakes(request)).toEqual(sixTimes(request));
    }
  });
});

test('so do the values of options', () => {
  const request = ask('a fox', {
    negative_prompt: 'bad "hands" --steps 3\nblur',
    acceleration: 'none',
    safety_checker: false,
    turbo: true,
    guidance: 2.5,
    lora: 'https://a.example/l.safetensors:0.8 b/c',
    seed: '196619188014358660',
  });
  expect(remakes(request)).toEqual(sixTimes(request));
});

const wordOf = (part: Inline) => {
  if (typeof part === 'string') return part;
  return 'text' in part ? part.text : part.kind;
};

const words = ({ blocks }: { blocks: readonly Block[] }) =>
  blocks.map((block) => (block.kind === 'quote' ? block.text : block.parts.map(wordOf).join('')));

describe('the answer to the button', () => {
  const place = { platform: 'web', tenant: 'web', channel: 'main' };
  const delivered = (request: GenerationRequest, result: Partial<JobResult> = {}) =>
    ({
      id: 'j1',
      parent: undefined,
      state: 'delivered',
      endpoint: 'fal-ai/qwen-image',
      place,
      request,
      requestId: 'r',
      result: { files: [], withheld: 0, seconds: 1, ...result },
      messages: [],
    }) as unknown as Job as JobIn<'delivered'>;
  const platforms = new Map([['web', { limits: { textLength: 1000 } } as never]]);
  const parts = { store: undefined as never, models, commands, platforms };
  test('has the seed that the result had, digit by digit', () => {
    const job = delivered(ask('a fox', { seed: 7, steps: 30 }), { seed: '196619188014358660' });
    expect(words(recipeOf(job, parts))[0]).toBe(
      '/imagine a fox --model qwen-image --steps 30 --seed 196619188014358660',
    );
  });

  test('has no seed where the model takes none', () => {
    const request = { ...ask('a fox', {}), model: 'recraft-v3' };
    const job = {
      ...delivered(request, { seed: '5' }),
      endpoint: 'fal-ai/recraft/v3/text-to-image',
    };
    expect(words(recipeOf(job, parts))[0]).toBe('/imagine a fox --model recraft-v3');
  });

  test('says which files to attach again', () => {
    const file = {
      platform: 'web',
      id: '1',
      fileName: 'a.png',
      claimedType: 'image/png',
      bytes: 1,
      url: '',
    };
    const one = { ...ask('a fox'), model: 'nano-banana-pro', files: [file] };
    const two = { ...one, files: [file, { ...file, option: 'mask' }] };
    expect(words(recipeOf(delivered(one), parts)).at(-1)).toBe(
      'Attach the same file again: files cannot travel in a command.',
    );
    expect(words(recipeOf(delivered(two), parts)).at(-1)).toBe(
      'Attach the same 2 files again (as “mask”): files cannot travel in a command.',
    );
  });

  test('leaves out a prompt that no message there can hold, and says so', () => {
    const [text, note] = words(recipeOf(delivered(ask('fox '.repeat(300).trim())), parts));
    expect(text).toBe('/imagine --model qwen-image --seed 7');
    expect(note).toContain('too long to be shown here (1199 characters)');
  });

  test('still knows the words where the model is gone', () => {
    const job = { ...delivered({ ...ask('a fox'), model: 'gone-model' }, { seed: '5' }) };
    expect(words(recipeOf(job, parts))[0]).toBe('/imagine a fox --model gone-model --seed 5');
  });
});
