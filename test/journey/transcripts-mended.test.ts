/** Transcripts put right in the chat: words, names, and how a workspace spells them from then on. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createListening, SAID, type Listening } from '../support/listening.ts';
import {
  ada,
  bob,
  elsewhere,
  studio as studioChannel,
  type Said,
} from '../support/pictures/memory-chat.ts';
import { openStudio, textOf, type Studio } from '../support/pictures/studio.ts';
import { hasSoundTools } from '../support/sound/tools.ts';

let studio: Studio;
let listening: Listening;
beforeEach(async () => {
  studio = await openStudio({ longestPauseMs: 20 });
  listening = createListening(studio);
  listening.hears(SAID);
});
afterEach(() => studio.close());

/** What a transcript says, without who asked for it. */
function wordsOf({ message }: Said): readonly string[] {
  return textOf(message)
    .split('\n')
    .filter((line) => !line.startsWith('For '));
}

function glossary(options: Readonly<Record<string, unknown>> = {}, place = studioChannel) {
  return studio.order({ command: 'glossary', options, place });
}

describe.skipIf(!hasSoundTools())('a reply to a transcript', () => {
  test('puts it right, in the chat and in its files, and asks fal for nothing', async () => {
    const transcript = await listening.transcribe();
    const mended = await listening.reply(transcript, 'Kowalski, not Kovalsky');
    expect(wordsOf(mended)).toEqual([
      'Hello there. This is Kowalski speaking.',
      'Corrected: “Kovalsky” is “Kowalski”.',
      'Language: English',
    ]);
    expect(listening.told().at(-2)).toBe('Done · see the transcript');
    expect(listening.labels(mended)).toEqual(listening.labels(transcript));
    const { srt = '', json = '' } = await listening.files(mended);
    expect(srt).toContain('00:00:00,600 --> 00:00:01,750\nThis is Kowalski speaking.');
    expect((JSON.parse(json) as { text: string }).text).toContain('Kowalski');
    expect(listening.asked()).toHaveLength(1);
    const { txt } = await listening.files(transcript);
    expect(txt).toContain('Kovalsky');
  });

  test('may be followed by another one, by anybody, and by the button', async () => {
    const transcript = await listening.transcribe();
    const first = await listening.reply(transcript, 'Kowalski, not Kovalsky');
    const second = await listening.reply(first, 'It’s Good day, not Hello.', { person: bob });
    expect(wordsOf(second)[0]).toBe('Good day there. This is Kowalski speaking.');
    expect(textOf(second.message)).toContain('For Bob Kahn');
    const options = { words: 'day → evening; speaking should be listening' };
    const third = await listening.press('Correct', second, { options, person: ada });
    expect(wordsOf(third)[0]).toBe('Good evening there. This is Kowalski listening.');
  });

  test('is remembered: fal is told how it is spelt the next time', async () => {
    const transcript = await listening.transcribe();
    await listening.reply(transcript, 'Kowalski, not Kovalsky');
    await listening.reply(transcript, 'Ahoy, not Hello');
    await listening.transcribe();
    expect(listening.asked().at(-1)?.input).toMatchObject({ prompt: 'Kowalski, Ahoy.' });
    await listening.transcribe({ model: 'wizper' });
    expect(listening.asked().at(-1)?.input).not.toHaveProperty('prompt');
    await listening.transcribe({ prompt: 'Something else.' });
    expect(listening.asked().at(-1)?.input).toMatchObject({ prompt: 'Something else.' });
    const attachments = [await listening.record()];
    await studio.order({ command: 'hear', attachments });
    expect(listening.asked().at(-2)?.input).toMatchObject({ prompt: 'Kowalski, Ahoy.' });
  });

  test.each([
    ['Kowalski, not Kowalsky', '“Kowalsky” is not in that transcript. Did you mean “Kovalsky”?'],
    ['Nowak, not Novak', '“Novak” is not in that transcript.'],
    ['Kovalsky, not Kovalski', 'That transcript says “Kovalsky” already.'],
    [
      '2: Bob',
      'The speakers were not told apart in this transcript: ask for it again with --speakers.',
    ],
    [
      'make it brighter',
      'To put a transcript right, say for example: Kowalski, not Kovalsky. To name who speaks: 1: Anna, 2: Bob.',
    ],
    [
      'It should be brighter',
      'To put a transcript right, say for example: Kowalski, not Kovalsky. To name who speaks: 1: Anna, 2: Bob.',
    ],
  ])('that says “%s” changes nothing, and the person learns why', async (words, sentence) => {
    const transcript = await listening.transcribe();
    const before = listening.told();
    await listening.reply(transcript, words);
    expect(studio.whisper()).toBe(sentence);
    expect(listening.told()).toEqual(before);
    await glossary();
    expect(studio.whisper()).toContain('The glossary of this workspace is empty.');
    expect(listening.asked()).toHaveLength(1);
  });

  test('with a picture in the same thread is about words only where it looks like that', async () => {
    const transcript = await listening.transcribe();
    const picture = await studio.attach('me.png', 'red');
    const shown = studio.chat.show({ files: [picture.ref] });
    const answers = { ...shown, nearer: [transcript.ref] };
    await studio.order({ command: 'edit', options: { prompt: 'Kowalski, not Kovalsky' }, answers });
    expect(wordsOf(listening.newest())[0]).toContain('Kowalski');
    await studio.order({ command: 'edit', options: { prompt: 'make it night' }, answers });
    expect(listening.asked().at(-1)).toMatchObject({
      endpoint: 'fal-ai/nano-banana-pro/edit',
      input: { prompt: 'make it night' },
    });
  });

  test('is not possible from another channel', async () => {
    const transcript = await listening.transcribe();
    const { job } = transcript.message.buttons[0] ?? {};
    const options = { job, words: 'Kowalski, not Kovalsky' };
    await studio.order({ command: 'correct', options, place: elsewhere });
    expect(studio.whisper()).toBe('There is no such result here.');
  });
});

describe.skipIf(!hasSoundTools())('whoever speaks', () => {
  test('can be named, renamed and made one, and is so in every file', async () => {
    const transcript = await listening.transcribe({ speakers: true });
    expect(wordsOf(transcript)).toEqual([
      '0:00 Speaker 1 Hello there.',
      '0:00 Speaker 2 This is Kovalsky speaking.',
      'Language: English',
    ]);
    const named = await listening.press('Name speakers', transcript, {
      options: { names: '1: Anna, 2: Bob' },
    });
    expect(wordsOf(named)).toEqual([
      '0:00 Anna Hello there.',
      '0:00 Bob This is Kovalsky speaking.',
      'Speakers named: Anna, Bob.',
      'Language: English',
    ]);
    const { txt, vtt = '', srt = '' } = await listening.files(named);
    expect(txt).toBe('Anna: Hello there.\n\nBob: This is Kovalsky speaking.\n');
    expect(vtt).toContain('<v Bob>This is Kovalsky speaking.');
    expect(srt).toContain('Bob: This is Kovalsky speaking.');
    const renamed = await listening.reply(named, '2: Bobby');
    expect(wordsOf(renamed)[1]).toBe('0:00 Bobby This is Kovalsky speaking.');
    const merged = await listening.reply(renamed, 'Speaker 2 is Anna');
    expect(wordsOf(merged)[0]).toBe('0:00 Anna Hello there. This is Kovalsky speaking.');
    const { json = '' } = await listening.files(merged);
    expect(JSON.parse(json)).toMatchObject({ speakers: ['Anna'] });
    const mended = await listening.reply(merged, 'Kowalski, not Kovalsky');
    expect(wordsOf(mended)[0]).toBe('0:00 Anna Hello there. This is Kowalski speaking.');
    expect(listening.labels(mended)).toContain('Name speakers');
    expect(listening.asked()).toHaveLength(1);
  });

  test('must be there, and be named', async () => {
    const transcript = await listening.transcribe({ speakers: true });
    await listening.reply(transcript, '3: Carl');
    expect(studio.whisper()).toBe('There is no speaker 3: choose a number from 1 to 2.');
    await listening.press('Name speakers', transcript, { options: { names: 'nobody' } });
    expect(studio.whisper()).toBe('Say who is who, such as: 1: Anna, 2: Bob.');
  });
});

test('a glossary is the workspace’s: it is shown, added to, taken from, and kept', async () => {
  await glossary({ add: 'Kowalski, fal.ai\nEasel' });
  expect(studio.whisper()).toContain('Kowalski, fal.ai, Easel');
  await glossary({ add: 'kowalski' }, elsewhere);
  expect(studio.whisper()).toContain('kowalski, fal.ai, Easel');
  await studio.restart();
  await glossary({ remove: 'EASEL' });
  expect(studio.whisper()).toContain('kowalski, fal.ai');
  expect(studio.whisper()).not.toContain('Easel');
  await glossary({ remove: 'Easel' });
  expect(studio.whisper()).toBe('“Easel” is not in the glossary.');
  await glossary({ add: '...' });
  expect(studio.whisper()).toBe('“...” is no term: a name or word of at most 80 characters.');
  await glossary({}, { ...elsewhere, tenant: 'another' });
  expect(studio.whisper()).toContain('The glossary of this workspace is empty.');
});
