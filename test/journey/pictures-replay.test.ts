/** Back, aside and once more: the steps that led to a picture, and what came from it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createGallery } from '../../src/pictures/create-gallery.ts';
import { ada, bob, elsewhere, studio as place } from '../support/pictures/memory-chat.ts';
import { openStudio, textOf, type Studio } from '../support/pictures/studio.ts';

let studio: Studio;
beforeEach(async () => {
  studio = await openStudio();
});
afterEach(() => studio.close());

const STEPS = [
  { prompt: 'make it night', seed: '11' },
  { prompt: 'add a moon', seed: '12', aspect_ratio: '16:9' },
  { prompt: 'as an oil painting', seed: '13', model: 'flux-kontext', guidance: '4' },
  { prompt: 'with a boat', seed: '14', model: 'flux-kontext' },
  { prompt: 'in autumn', seed: '15', resolution: '1K' },
];

interface Input {
  readonly prompt: string;
  readonly image_url?: string;
  readonly image_urls?: readonly string[];
}

/** What fal was asked for, and the bytes of the pictures that it was given for it. */
async function readInput(input: unknown) {
  const { image_url: one, image_urls: several, ...rest } = input as Input;
  const addresses = [...(one === undefined ? [] : [one]), ...(several ?? [])];
  return { rest, given: await Promise.all(addresses.map((address) => studio.given(address))) };
}

async function editFiveTimes(colour: string) {
  const { ref, bytes } = await studio.attach(`${colour}.png`, colour);
  const [first, ...others] = STEPS;
  await studio.order({ command: 'edit', options: { ...first }, attachments: [ref] });
  for (const step of others) await studio.order({ command: 'edit', options: step });
  return { bytes, results: studio.chat.results() };
}

/** The newest picture as the store knows it. */
async function newest() {
  const found = await studio.parts().store.pictures.newest(ada.id, place);
  if (!found) throw new Error('there is no picture');
  return found;
}

function bytesOf(result: ReturnType<Studio['chat']['results']>[number] | undefined) {
  return Promise.all((result?.files ?? []).map(studio.chat.bytesOf));
}

describe('five edits, taken once more', () => {
  test('on another picture are the same five payloads but for the picture', async () => {
    await editFiveTimes('blue');
    const before = await Promise.all(studio.inputs().map(({ input }) => readInput(input)));
    const endpoints = studio.inputs().map(({ endpoint }) => endpoint);
    const other = await studio.attach('green.png', 'green');
    const { id } = await newest();
    await studio.order({ command: 'replay', options: { job: id }, attachments: [other.ref] });
    const after = await Promise.all(
      studio
        .inputs()
        .slice(5)
        .map(({ input }) => readInput(input)),
    );
    expect(after.map(({ rest }) => rest)).toEqual(before.map(({ rest }) => rest));
    expect(
      studio
        .inputs()
        .slice(5)
        .map(({ endpoint }) => endpoint),
    ).toEqual(endpoints);
    const replayed = studio.chat.results().slice(5);
    expect(replayed).toHaveLength(5);
    expect(after[0]?.given).toEqual([other.bytes]);
    for (const [at, { given }] of after.slice(1).entries()) {
      expect(given).toEqual(await bytesOf(replayed[at]));
    }
  });

  test('go on after the process died between two of them, and none is paid twice', async () => {
    await editFiveTimes('blue');
    const other = await studio.attach('green.png', 'green');
    const { id } = await newest();
    studio.sandbox.setPace({ runMs: 150 });
    const invocation = { command: 'replay', options: { job: id }, attachments: [other.ref] };
    const going = studio.order(invocation).catch(() => undefined);
    for (const _ of [1, 2, 3]) {
      await new Promise((resolve) => setTimeout(resolve, 250));
      await studio.restart();
    }
    await studio.settle();
    await going;
    expect(studio.inputs()).toHaveLength(10);
    expect(studio.chat.results()).toHaveLength(10);
  });

  test('with another model begin with the same picture', async () => {
    const { bytes } = await editFiveTimes('blue');
    const { id } = await newest();
    const options = { job: id, model: 'fal-ai/qwen-image-edit' };
    await studio.order({ command: 'replay', options });
    const again = studio.inputs().slice(5);
    expect(new Set(again.map(({ endpoint }) => endpoint))).toEqual(
      new Set(['fal-ai/qwen-image-edit']),
    );
    expect(again.map(({ input }) => (input as Input).prompt)).toEqual(
      STEPS.map(({ prompt }) => prompt),
    );
    expect((await readInput(again[0]?.input)).given).toEqual([bytes]);
  });

  test('what no model takes is refused before the first step is paid', async () => {
    await editFiveTimes('blue');
    const { id } = await newest();
    await studio.order({ command: 'replay', options: { job: id, model: 'no-such-model' } });
    expect(studio.whisper()).toMatch(/no-such-model/u);
    await studio.order({ command: 'replay', options: { job: id } });
    expect(studio.whisper()).toMatch(/^On which picture\?/u);
    expect(studio.inputs()).toHaveLength(5);
  });
});

describe('undo', () => {
  test('shows the picture before it again, from which another branch goes on', async () => {
    const { results } = await editFiveTimes('blue');
    const calls = studio.inputs().length;
    await studio.order({ command: 'undo' });
    expect(studio.inputs()).toHaveLength(calls);
    const shown = studio.chat.results().at(-1);
    expect(await bytesOf(shown)).toEqual(await bytesOf(results[3]));
    expect(textOf(shown?.message)).toContain('shown again');
    const answers = shown && studio.chat.answering(shown);
    await studio.order({
      command: 'edit',
      options: { prompt: 'in winter' },
      ...(answers && { answers }),
    });
    const { given } = await readInput(studio.inputs().at(-1)?.input);
    expect(given).toEqual(await bytesOf(results[3]));
    const branch = await newest();
    const tree = await createGallery(studio.parts()).familyOf(branch.id, { person: ada, place });
    const words = (id: string) => tree?.pictures.find((one) => one.id === id)?.prompt;
    expect(tree?.pictures.map(({ prompt, parents }) => [parents.map(words), prompt])).toEqual([
      [[], ''],
      [[''], 'make it night'],
      [['make it night'], 'add a moon'],
      [['add a moon'], 'as an oil painting'],
      [['as an oil painting'], 'with a boat'],
      [['with a boat'], 'in autumn'],
      [['with a boat'], 'in winter'],
    ]);
  });

  test('of a first edit shows what was given', async () => {
    const { ref, bytes } = await studio.attach('mine.png', 'blue');
    await studio.order({
      command: 'edit',
      options: { prompt: 'make it night' },
      attachments: [ref],
    });
    await studio.order({ command: 'undo' });
    expect(await bytesOf(studio.chat.results().at(-1))).toEqual([bytes]);
  });

  test('of what was made from words says that there is nothing before it', async () => {
    await studio.order({ command: 'imagine', options: { prompt: 'a fox', model: 'qwen-image' } });
    await studio.order({ command: 'undo' });
    expect(studio.whisper()).toMatch(/made from words alone/u);
    expect(studio.chat.results()).toHaveLength(1);
  });
});

test('what was carried here from another channel leads nobody back there', async () => {
  const secret = { prompt: 'the secret plan', model: 'qwen-image', size: '256x256' };
  await studio.order({ command: 'imagine', options: secret, person: bob, place: elsewhere });
  const [bytes = Buffer.alloc(0)] = await bytesOf(studio.chat.results()[0]);
  const copy = await studio.attachBytes('copy.png', bytes);
  const options = { prompt: 'make it night' };
  await studio.order({ command: 'edit', options, attachments: [copy] });
  const edited = await newest();
  const [given = ''] = edited.parents;
  expect(await studio.parts().store.pictures.read(given)).toMatchObject({
    parents: [expect.stringMatching(/\.1$/u)],
  });
  await studio.order({ command: 'undo', options: { job: given } });
  expect(studio.whisper()).toContain('is not shown here');
  const again = { job: edited.id, model: 'fal-ai/qwen-image-edit' };
  await studio.order({ command: 'replay', options: again });
  expect(studio.inputs().map(({ input }) => (input as Input).prompt)).toEqual([
    'the secret plan',
    'make it night',
    'make it night',
  ]);
  const here = studio.chat.said().filter(({ ref }) => ref.channel === place.channel);
  expect(here.map(({ message }) => textOf(message)).join('\n')).not.toContain('secret');
});
