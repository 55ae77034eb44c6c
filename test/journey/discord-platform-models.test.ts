/** The models as somebody meets them on Discord: what is suggested, listed, explained and drawn. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadModels } from '../../src/models/load-models.ts';
import { waitFor } from '../support/chats/chat.ts';
import { startDiscordChat, type DiscordChat } from '../support/chats/discord-chat.ts';
import { HURRIED_PACE, startWorld, type World } from '../support/world.ts';

const models = await loadModels();
const NAMES = models.search('').map(({ name }) => name);

let world: World<DiscordChat>;
beforeAll(async () => {
  world = await startWorld(await startDiscordChat(), { pace: HURRIED_PACE });
});
afterAll(() => world.close());

async function valuesFor(...typed: Parameters<DiscordChat['suggest']>) {
  return (await world.chat.suggest(...typed)).map(({ value }) => value);
}

/** What a command told its author alone, all messages of it. */
async function tell(name: string, options: Record<string, string | number> = {}): Promise<string> {
  const { server } = world.chat;
  const interaction = await server.runCommand({ name, options });
  const response = await server.waitFor(() => interaction.response);
  const told = await server.waitFor(() => {
    const contents = [response.message, ...interaction.followups].map((one) => one?.content ?? '');
    return /(?:Details|Try): /u.test(contents.at(-1) ?? '') && contents;
  });
  expect(response.message?.ephemeral).toBe(true);
  return told.join('\n');
}

/** Runs the command, and returns what it brought: fal's input and the message with the files. */
async function imagine(options: Record<string, string | number | boolean>) {
  const { chat, sandbox } = world;
  const [before, submitted] = [(await chat.deliveries()).length, sandbox.journal.submits.length];
  await chat.server.runCommand({ name: 'imagine', options });
  const delivery = await waitFor('a delivery', async () => (await chat.deliveries())[before]);
  expect(sandbox.journal.submits).toHaveLength(submitted + 1);
  return { submit: sandbox.journal.submits[submitted], delivery };
}

test.each([
  { begun: 'nano', first: 'nano-banana-pro' },
  { begun: 'qwen-im', first: 'qwen-image' },
  { begun: 'flux schnell', first: 'fal-ai/flux/schnell' },
  { begun: 'speaks voices', first: 'minimax-speech-02-hd' },
  { begun: 'fal-ai/flux-2', first: 'fal-ai/flux-2' },
])('“$begun” in model suggests $first first', async ({ begun, first }) => {
  const suggestions = await world.chat.suggest('model', begun);
  expect(suggestions[0]).toMatchObject({
    value: first,
    label: expect.stringMatching(`^${first}: .{10}`) as string,
  });
});

test('with nothing typed yet the best models are shown, with words of no model none', async () => {
  expect(await valuesFor('model', '')).toEqual(NAMES.slice(0, 25));
  expect(await valuesFor('model', 'a submarine of cheese')).toEqual([]);
});

test.each([
  { option: 'style', model: 'recraft-v3', begun: 'digital', some: ['digital_illustration'] },
  {
    option: 'style',
    model: 'ideogram-character',
    begun: '',
    some: ['AUTO', 'REALISTIC', 'FICTION'],
  },
  { option: 'format', model: 'qwen-image', begun: '', some: ['jpeg', 'png'] },
  { option: 'resolution', model: 'nano-banana-pro', begun: '', some: ['1K', '2K', '4K'] },
  { option: 'acceleration', model: 'flux-dev', begun: 'h', some: ['high'] },
  { option: 'aspect_ratio', model: 'qwen-image', begun: '16', some: ['16:9'] },
])('$option is suggested as $model knows it', async ({ option, model, begun, some }) => {
  const known = models.find(model).options[option];
  const values = await valuesFor(option, begun, { model });
  expect(values).toEqual(expect.arrayContaining(some));
  const choices = known?.kind === 'choice' ? known.choices.map(({ value }) => value) : values;
  expect(choices).toEqual(expect.arrayContaining([...values]));
});

test('what a model does not have is not suggested, nor anything for half a name', async () => {
  expect(await valuesFor('style', '', {})).toEqual([]);
  expect(await valuesFor('style', '', { model: 'nano-banana-pro' })).toEqual([]);
  expect(await valuesFor('style', '', { model: 'recr' })).toEqual([]);
  expect(await valuesFor('format', '')).toEqual(['jpeg', 'png', 'webp']);
});

test('more completes the flags of the chosen model, and their values', async () => {
  const model = 'minimax-speech-02-hd';
  expect(await valuesFor('more', '--emo', { model })).toEqual(['--emotion ']);
  expect(await valuesFor('more', '--emotion ha', { model })).toEqual(['--emotion happy']);
  expect(await valuesFor('more', '--emotion happy --vo', { model })).toEqual([
    '--emotion happy --voice ',
    '--emotion happy --volume ',
  ]);
  expect(await valuesFor('more', '--emo', { model: 'qwen-image' })).toEqual([]);
});

test('an option of another command is suggested, too', async () => {
  expect((await valuesFor('search', 'whisp', {}, 'models'))[0]).toBe('whisper');
});

test('suggestions come quickly, and nothing is sent to fal for them', async () => {
  const { chat, sandbox } = world;
  const [submitted, statuses] = [sandbox.journal.submits.length, chat.statusCount()];
  const typing = await chat.server.typeInto({ name: 'imagine', option: 'model', begun: 'f' });
  await chat.server.waitFor(() => typing.response);
  expect(typing.acknowledgedAfterMs).toBeLessThan(3000);
  expect(sandbox.journal.submits).toHaveLength(submitted);
  expect(chat.statusCount()).toBe(statuses);
});

test('/models lists every model once, page by page', async () => {
  const pages: string[] = [];
  for (let page = 1; pages.at(-1)?.includes('Next: ') ?? true; page += 1) {
    pages.push(await tell('models', page === 1 ? {} : { page }));
  }
  const listed = pages.flatMap((page) =>
    [...page.matchAll(/^\*\*(.+)\*\*$/gmu)].map(([, name]) => name),
  );
  expect(listed).toEqual(NAMES);
  expect(pages[0]).toContain(`${NAMES.length} models, page 1 of ${pages.length}.`);
});

test.each(['nano-banana-pro', 'recraft-v3', 'minimax-speech-02-hd', 'fal-ai/ideogram/v3'])(
  '/models %s tells every option, and an example that works',
  async (name) => {
    const told = await tell('models', { search: name });
    expect(told).toContain(`**${name}**`);
    // Further places for the same kind of file go without saying.
    const options = Object.keys(models.find(name).options).filter((one) => !/^image\d$/u.test(one));
    for (const option of options) {
      expect(told).toMatch(new RegExp(`^\`(?:--)?${option}\` \\S`, 'mu'));
    }
    expect(told).toMatch(/^Try: `\/imagine [^`]+`$/mu);
  },
);

test('the example of /models can be copied and draws', async () => {
  const told = await tell('models', { search: 'qwen-image' });
  const example = /^Try: `\/imagine ([^`]+)`$/mu.exec(told)?.[1] ?? '';
  const { submit, delivery } = await imagine({ prompt: example });
  expect(submit).toMatchObject({
    endpoint: 'fal-ai/qwen-image',
    input: { prompt: 'a lighthouse in fog' },
  });
  expect(delivery.files).toHaveLength(1);
});

test('flags inside the prompt count as options, beside typed ones and those in more', async () => {
  const { submit } = await imagine({
    prompt: 'a fox --steps 12 in the snow --ar 16:9',
    model: 'qwen-image',
    seed: '7',
    more: '--acceleration high',
  });
  expect(submit).toMatchObject({
    endpoint: 'fal-ai/qwen-image',
    input: {
      prompt: 'a fox in the snow',
      num_inference_steps: 12,
      image_size: 'landscape_16_9',
      seed: 7,
      acceleration: 'high',
    },
  });
});

test.each([
  { options: { prompt: 'a fox --stepz 12', model: 'qwen-image' }, hint: /stepz.*steps/su },
  { options: { prompt: 'a fox', model: 'qwen-imgae' }, hint: /qwen-image/u },
  { options: { prompt: 'a fox', model: 'qwen-image', steps: 900 }, hint: /steps.*250.*900/su },
])(
  'a wish that cannot be met is told so before anything is paid: $hint',
  async ({ options, hint }) => {
    const { chat, sandbox } = world;
    const submitted = sandbox.journal.submits.length;
    const interaction = await chat.server.runCommand({ name: 'imagine', options });
    const response = await chat.server.waitFor(() => interaction.response);
    expect(response.message).toMatchObject({
      ephemeral: true,
      content: expect.stringMatching(hint) as string,
    });
    expect(sandbox.journal.submits).toHaveLength(submitted);
  },
);

test('what the model cannot honour is said beside the picture', async () => {
  const { submit, delivery } = await imagine({
    prompt: 'a fox',
    model: 'qwen-image',
    style: 'ink',
  });
  expect(submit?.input).not.toHaveProperty('style');
  expect(delivery.text).toMatch(/^-# .*style/mu);
});

test('Discord had nothing to object to in all of this', () => {
  expect(world.chat.problems()).toEqual([]);
});
