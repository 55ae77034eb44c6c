/** The core, whole: which picture is meant, what fal is given, and what comes of it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bob, elsewhere } from '../support/pictures/memory-chat.ts';
import { openStudio, type Studio } from '../support/pictures/studio.ts';

let studio: Studio;
beforeEach(async () => {
  studio = await openStudio();
});
afterEach(() => studio.close());

const EDIT = 'fal-ai/nano-banana-pro/edit';

async function draw(prompt: string, more: Readonly<Record<string, unknown>> = {}) {
  await studio.order({ command: 'imagine', options: { prompt, ...more } });
  const result = studio.chat.results().at(-1);
  if (!result) throw new Error('nothing was drawn');
  return { result, files: await Promise.all(result.files.map(studio.chat.bytesOf)) };
}

/** The bytes of each picture that the newest request gave to fal. */
async function givenLast(): Promise<readonly Buffer[]> {
  const input = studio.inputs().at(-1)?.input as { image_urls?: readonly string[] };
  return Promise.all((input.image_urls ?? []).map((address) => studio.given(address)));
}

describe('words that answer a picture', () => {
  test('change it: fal is given the original, and the result goes on from it', async () => {
    const { result, files } = await draw('a lighthouse');
    const answers = studio.chat.answering(result);
    await studio.order({ command: 'edit', options: { prompt: 'make it night' }, answers });
    expect(studio.inputs().at(-1)).toMatchObject({
      endpoint: EDIT,
      input: { prompt: 'make it night' },
    });
    expect(await givenLast()).toEqual(files);
    expect(studio.chat.results()).toHaveLength(2);
  });

  test('of somebody else work on theirs, and what is attached comes behind it', async () => {
    const theirs = await studio.attach('theirs.png', 'blue');
    const hat = await studio.attach('hat.png', 'green');
    const scarf = await studio.attach('scarf.png', 'yellow');
    const message = { platform: 'memory', channel: 'studio', id: 'foreign', details: {} };
    await studio.order({
      command: 'edit',
      options: { prompt: 'put these on her' },
      answers: { message, files: [theirs.ref], recordings: [], text: '', nearer: [] },
      attachments: [hat.ref, scarf.ref],
    });
    expect(await givenLast()).toEqual([theirs.bytes, hat.bytes, scarf.bytes]);
  });

  test('say which of several', async () => {
    const { result, files } = await draw('three boats', { count: 3 });
    const answers = studio.chat.answering(result);
    await studio.order({ command: 'edit', options: { prompt: '2: make it night' }, answers });
    expect(studio.inputs().at(-1)?.input).toMatchObject({ prompt: 'make it night' });
    expect(await givenLast()).toEqual([files[1]]);
  });

  test('keep a number in front that is no picture’s', async () => {
    const { result } = await draw('a clock');
    const options = { prompt: '12: strike it' };
    await studio.order({ command: 'edit', options, answers: studio.chat.answering(result) });
    expect(studio.inputs().at(-1)?.input).toMatchObject({ prompt: '12: strike it' });
  });

  test('that do not say which of several bring a question, and one answer to it one job', async () => {
    const { result, files } = await draw('three boats', { count: 3 });
    const answers = studio.chat.answering(result);
    await studio.order({ command: 'edit', options: { prompt: 'paint them red' }, answers });
    expect(studio.inputs()).toHaveLength(1);
    const question = studio.chat.whispers.at(-1)?.message;
    expect(question?.buttons.map(({ label }) => label)).toEqual(['1', '2', '3', 'All together']);
    const [, , third, all] = question?.buttons ?? [];
    await studio.order({ command: 'choose', options: { job: third?.job }, person: bob });
    expect(studio.whisper()).toContain('Only the person who was asked');
    await studio.order({ command: 'choose', options: { job: third?.job }, place: elsewhere });
    expect(studio.whisper()).toContain('no longer open');
    await Promise.all(
      [third, third, all].map((button) =>
        studio.order({ command: 'choose', options: { job: button?.job } }),
      ),
    );
    await studio.restart(3_600_000);
    await studio.order({ command: 'choose', options: { job: all?.job } });
    expect(studio.whisper()).toBe('That has been answered already.');
    expect(studio.inputs()).toHaveLength(2);
    expect(await givenLast()).toEqual([files[2]]);
  });

  test('to all together give fal all of them, in order', async () => {
    const { result, files } = await draw('three boats', { count: 3 });
    const answers = studio.chat.answering(result);
    await studio.order({ command: 'edit', options: { prompt: 'join them' }, answers });
    const all = studio.chat.whispers.at(-1)?.message.buttons.at(-1);
    await studio.order({ command: 'choose', options: { job: all?.job } });
    expect(await givenLast()).toEqual(files);
  });

  test('in answer to mere words are a picture of their own', async () => {
    const message = { platform: 'memory', channel: 'studio', id: 'words', details: {} };
    const answers = { message, files: [], recordings: [], text: '', nearer: [] };
    await studio.order({ command: 'edit', options: { prompt: 'a fox' }, answers });
    expect(studio.inputs()).toMatchObject([{ endpoint: 'fal-ai/nano-banana-pro' }]);
  });
});

describe('without a picture that is answered', () => {
  test('a link says which message is meant', async () => {
    const { result, files } = await draw('a lighthouse');
    await draw('something newer');
    const options = { prompt: 'make it night', link: `memory:${result.ref.id}` };
    await studio.order({ command: 'edit', options });
    expect(await givenLast()).toEqual(files);
  });

  test('what is attached is meant, else the newest picture of one’s own in this place', async () => {
    const { files } = await draw('a lighthouse');
    await studio.order({ command: 'imagine', options: { prompt: 'a boat' }, person: bob });
    await studio.order({ command: 'edit', options: { prompt: 'make it night' } });
    expect(await givenLast()).toEqual(files);
    const own = await studio.attach('own.png', 'blue');
    const attachments = [own.ref];
    await studio.order({ command: 'edit', options: { prompt: 'make it day' }, attachments });
    expect(await givenLast()).toEqual([own.bytes]);
  });

  test('somebody without a picture here is asked for one, and nothing is paid', async () => {
    await draw('a lighthouse');
    await studio.order({ command: 'edit', options: { prompt: 'make it night' }, person: bob });
    expect(studio.whisper()).toMatch(/^Which picture\?/u);
    await studio.order({ command: 'edit', options: { prompt: 'x', link: 'https://elsewhere' } });
    expect(studio.whisper()).toMatch(/^That is no link to a message here/u);
    expect(studio.inputs()).toHaveLength(1);
  });

  test('a model that takes one picture uses the first and says so', async () => {
    const first = await studio.attach('one.png', 'blue');
    const second = await studio.attach('two.png', 'green');
    const options = { prompt: 'as a mosaic', model: 'flux-kontext' };
    await studio.order({ command: 'edit', options, attachments: [first.ref, second.ref] });
    const { input } = studio.inputs().at(-1) ?? {};
    expect(await studio.given((input as { image_url: string }).image_url)).toEqual(first.bytes);
    const said = JSON.stringify(studio.chat.results().at(-1)?.message);
    expect(said).toContain('takes one picture; the first one was used');
  });
});
