/** A recording as an instruction: what is said of a picture changes it, what is said alone is drawn. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { waitFor } from '../support/chats/chat.ts';
import { createListening, SAID, type Listening } from '../support/listening.ts';
import { bob, elsewhere, type Said } from '../support/pictures/memory-chat.ts';
import { openStudio, textOf, type Studio } from '../support/pictures/studio.ts';
import { hasSoundTools } from '../support/sound/tools.ts';

const WHISPER = 'fal-ai/whisper';
const DRAW = 'fal-ai/nano-banana-pro';
const EDIT = `${DRAW}/edit`;

let studio: Studio;
let listening: Listening;
beforeEach(async () => {
  studio = await openStudio({ longestPauseMs: 20 });
  listening = createListening(studio);
});
afterEach(() => studio.close());

type Answers = ReturnType<Studio['chat']['show']>;

/** A recording that is said to Easel, in answer to a message or to none. */
async function hear(words: string, answers?: Answers): Promise<void> {
  await studio.order(await toHear(words, answers));
}

async function toHear(words: string, answers?: Answers) {
  listening.hears(words);
  const attachments = [await listening.record()];
  return { command: 'hear', attachments, ...(answers && { answers }) };
}

/** Small ones are soon drawn. */
async function draw(prompt: string, count = 1): Promise<Said> {
  const options = { prompt, count, model: 'qwen-image', size: '256x256' };
  await studio.order({ command: 'imagine', options });
  return listening.newest();
}

/** What fal was asked for, in order: the endpoint, and the words. */
function asked() {
  return studio.inputs().map(({ endpoint, input }) => {
    const { prompt } = input as { prompt?: string };
    return prompt === undefined ? endpoint : `${endpoint}: ${prompt}`;
  });
}

/** The bytes of each picture that fal was given last. */
async function givenLast(): Promise<readonly Buffer[]> {
  const input = (studio.inputs().at(-1)?.input ?? {}) as { image_urls?: string[] };
  const { image_urls: urls = [] } = input;
  return Promise.all(urls.map((url) => studio.given(url)));
}

async function picturesOf({ message, files }: Said) {
  const { job = '' } = message.buttons[0] ?? {};
  const made = await studio.parts().store.pictures.madeBy(job);
  return Promise.all(
    made.map(async (one, at) => ({ ...one, content: await studio.chat.bytesOf(files[at]!) })),
  );
}

function understood(): Said {
  const found = studio.chat.said().findLast(({ message }) => textOf(message).startsWith('I under'));
  if (!found) throw new Error('nothing was understood');
  return found;
}

describe.skipIf(!hasSoundTools())('what is said in answer to a picture', () => {
  test('changes that very picture, after showing what was understood', async () => {
    const picture = await draw('a lighthouse');
    const [before] = await picturesOf(picture);
    await draw('something newer');
    await hear('Make it night.', studio.chat.answering(picture));
    expect(asked().slice(2)).toEqual([WHISPER, `${EDIT}: Make it night.`]);
    expect(studio.inputs().at(-2)?.input).toMatchObject({ language: null, task: 'transcribe' });
    expect(await givenLast()).toEqual([before?.content]);
    const shown = understood();
    expect(textOf(shown.message)).toMatch(/^I understood\n> Make it night\.\nFor Ada Lovelace/u);
    expect(listening.labels(shown)).toEqual(['Correct', 'Delete']);
    const [after] = await picturesOf(listening.newest());
    expect(after?.parents).toEqual([before?.id]);
    expect(listening.told().at(-2)).toBe('Done · see the picture');
  });

  test('of somebody else changes theirs', async () => {
    const theirs = await studio.attach('theirs.png', 'blue');
    await hear('Put a hat on her.', studio.chat.show({ files: [theirs.ref], text: 'Me!' }));
    expect(asked()).toEqual([WHISPER, `${EDIT}: Put a hat on her.`]);
    expect(await givenLast()).toEqual([theirs.bytes]);
  });

  test('of several is heard once it is known which, and both are paid once', async () => {
    const picture = await draw('three boats', 3);
    const [, second] = await picturesOf(picture);
    const attachments = [await listening.record()];
    listening.hears('Paint it red.');
    const answers = studio.chat.answering(picture);
    await studio.order({ command: 'hear', attachments, answers });
    expect(studio.inputs()).toHaveLength(1);
    const buttons = studio.chat.whispers.at(-1)?.message.buttons ?? [];
    expect(buttons.map(({ label }) => label)).toEqual(['1', '2', '3', 'All together']);
    const options = { job: buttons[1]?.job };
    await studio.order({ command: 'choose', options, person: bob });
    expect(studio.whisper()).toBe('Only the person who was asked can answer.');
    await Promise.all([1, 2].map(() => studio.order({ command: 'choose', options })));
    expect(asked().slice(1)).toEqual([WHISPER, `${EDIT}: Paint it red.`]);
    expect(await givenLast()).toEqual([second?.content]);
  });

  test('may bring another picture along', async () => {
    const picture = await draw('a lighthouse');
    const [before] = await picturesOf(picture);
    const hat = await studio.attach('hat.png', 'green');
    listening.hears('Put this on.');
    const attachments = [hat.ref, await listening.record()];
    await studio.order({ command: 'hear', attachments, answers: studio.chat.answering(picture) });
    expect(await givenLast()).toEqual([before?.content, hat.bytes]);
  });

  test('and was misheard is stopped, and done in the right words, once', async () => {
    const picture = await draw('a lighthouse');
    const [before] = await picturesOf(picture);
    studio.sandbox.faults.add({ kind: 'stuck-in-queue', when: { endpoint: EDIT } });
    await studio.begin(await toHear('Make it light.', studio.chat.answering(picture)));
    await waitFor('the wrong edit', () => asked().length === 3);
    const options = { prompt: 'Make it night.' };
    await listening.press('Correct', understood(), { options });
    expect(asked().slice(1)).toEqual([
      WHISPER,
      `${EDIT}: Make it light.`,
      `${EDIT}: Make it night.`,
    ]);
    expect(await givenLast()).toEqual([before?.content]);
    const pictures = studio.chat.results().slice(1);
    expect(pictures.map(({ message }) => textOf(message).split('\n')[0])).toEqual([
      '> Make it night.',
    ]);
    expect(listening.told()).toContain('Stopped\n> Make it light.');
    expect(studio.sandbox.journal.cancels).toHaveLength(1);
  });

  test('is put right by whoever said it, and only here', async () => {
    const picture = await draw('a lighthouse');
    await hear('Make it light.', studio.chat.answering(picture));
    const options = { prompt: 'Make it night.' };
    await listening.press('Correct', understood(), { options, person: bob });
    expect(studio.whisper()).toBe('Only the person who said it can correct it.');
    const { job } = understood().message.buttons[0] ?? {};
    const wish = { command: 'say-instead', options: { ...options, job } };
    await studio.order({ ...wish, place: elsewhere });
    expect(studio.whisper()).toBe('There is no such result here.');
    expect(asked()).toHaveLength(3);
    await studio.order(wish);
    expect(asked().at(-1)).toBe(`${EDIT}: Make it night.`);
  });

  test('is not understood where nothing was said: that is told, and nothing is drawn', async () => {
    const picture = await draw('a lighthouse');
    await hear('', studio.chat.answering(picture));
    const said = listening.newest();
    expect(textOf(said.message)).toMatch(/^No speech was found in the recording\.\nFor Ada/u);
    expect(asked()).toHaveLength(2);
    await listening.press('Correct', said, { options: { prompt: 'Make it night.' } });
    expect(asked().at(-1)).toBe(`${EDIT}: Make it night.`);
  });

  test('is of no use once the picture is gone, and that is told', async () => {
    const picture = await draw('a lighthouse');
    const wish = await toHear('', studio.chat.answering(picture));
    const { release } = listening.hearsLater('Make it night.');
    await studio.begin(wish);
    await waitFor('the recording to be heard', () => asked().length === 2);
    const { job } = picture.message.buttons[0] ?? {};
    await studio.begin({ command: 'delete', options: { job } });
    release();
    await studio.settle();
    expect(listening.told()).toContain(
      'No picture\nThe picture to work from was deleted.\n> Make it night.',
    );
    expect(asked()).toHaveLength(2);
  });

  test.each([
    ['while it is heard', () => asked().length === 2],
    ['once it is understood', () => listening.told().some((one) => one.startsWith('I under'))],
    ['while the picture is drawn', () => asked().length === 3],
  ])('survives a restart %s: nothing twice, nothing lost', async (_, isThen) => {
    const picture = await draw('a lighthouse');
    await studio.begin(await toHear('Make it night.', studio.chat.answering(picture)));
    await waitFor('the moment', isThen);
    await studio.restart();
    await studio.settle();
    expect(asked().slice(1)).toEqual([WHISPER, `${EDIT}: Make it night.`]);
    expect(studio.chat.results()).toHaveLength(2);
    expect(listening.told().filter((one) => one.startsWith('I understood'))).toHaveLength(1);
  });
});

describe.skipIf(!hasSoundTools())('what is said', () => {
  test('by itself is drawn', async () => {
    await hear('A red fox in the snow.');
    expect(asked()).toEqual([WHISPER, `${DRAW}: A red fox in the snow.`]);
    expect(listening.told().map((one) => one.split('\n').slice(0, 2).join(' '))).toEqual([
      'Done · see the transcript',
      'I understood > A red fox in the snow.',
      'Done · see the picture',
      expect.stringMatching(/^> A red fox in the snow\. For Ada/u),
    ]);
  });

  test('in answer to words is written down', async () => {
    await hear(SAID, studio.chat.show({ text: 'What did you say?' }));
    expect(asked()).toEqual([WHISPER]);
    expect(textOf(listening.newest().message)).toContain(SAID);
    expect(listening.labels(listening.newest())).toContain('Files');
  });

  test('in nothing is asked back', async () => {
    await studio.order({ command: 'hear' });
    expect(studio.whisper()).toBe('There is nothing to listen to.');
    expect(asked()).toEqual([]);
  });

  test('and refused by the model that should draw is told where it was understood', async () => {
    studio.sandbox.faults.add({ kind: 'model-refuses', when: { endpoint: DRAW } });
    await hear('Something bad.');
    expect(listening.told().at(-1)).toMatch(/^No picture\nThe model’s content policy/u);
    expect(asked()).toHaveLength(2);
  });
});

describe.skipIf(!hasSoundTools())('“Use as prompt”', () => {
  test('on a recording draws what is said in it, and it can be put right', async () => {
    listening.hears('A read fox.');
    const answers = studio.chat.show({ recordings: [await listening.record('m4a')] });
    await studio.order({ command: 'use-as-prompt', answers });
    expect(asked()).toEqual([WHISPER, `${DRAW}: A read fox.`]);
    await listening.press('Correct', understood(), { options: { prompt: 'A red fox.' } });
    expect(asked().at(-1)).toBe(`${DRAW}: A red fox.`);
  });

  test('under a transcript draws its words, once for two presses, and the mended ones', async () => {
    listening.hears('A red foks.');
    const transcript = await listening.transcribe();
    await Promise.all([1, 2].map(() => listening.press('Use as prompt', transcript)));
    expect(asked()).toEqual([WHISPER, `${DRAW}: A red foks.`]);
    expect(studio.whisper()).toBe('That is on its way already.');
    const mended = await listening.reply(transcript, 'fox, not foks');
    await listening.press('Use as prompt', mended);
    expect(asked().at(-1)).toBe(`${DRAW}: A red fox.`);
  });

  test('on words draws them, and on nothing asks back', async () => {
    const answers = studio.chat.show({ text: 'A blue cat.' });
    await studio.order({ command: 'use-as-prompt', answers });
    expect(asked()).toEqual([`${DRAW}: A blue cat.`]);
    await studio.order({ command: 'use-as-prompt', answers: studio.chat.show({}) });
    expect(studio.whisper()).toBe('That message has neither a recording nor words.');
    await studio.order({ command: 'use-as-prompt' });
    expect(studio.whisper()).toBe('That message has neither a recording nor words.');
    expect(asked()).toHaveLength(1);
  });
});
