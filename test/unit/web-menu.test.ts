import { describe, expect, test } from 'vitest';
import { loadCommands } from '../../src/load-folder.ts';
import { line, type Message, message, note } from '../../src/message.ts';
import { loadModels } from '../../src/models/load-models.ts';
import { menuOf, toMenu } from '../../src/platforms/web/menu.ts';
import type { ShownFile, StoredMessage } from '../../src/platforms/web/stored-message.ts';

const at = new Date('2026-01-02T03:04:05Z');
const menu = toMenu(await loadCommands({ models: await loadModels() }));
const file = (contentType: string): ShownFile => {
  const facts = { fileName: 'a', bytes: 1, altText: 'It', isSpoiler: false };
  return { id: 'f1', contentType, ...facts };
};
const asked = (text: string, ...types: string[]): StoredMessage => {
  return { author: 'person', id: 'm1', at, text, pictures: types.map(file) };
};
const noted: StoredMessage = {
  author: 'note',
  id: 'm1',
  at,
  message: message(line('Hm.')),
  files: [],
};
const made = (said: Message, ...types: string[]): StoredMessage => {
  const rest = { question: '', delivered: 'j1', files: types.map(file) };
  return { author: 'easel', id: 'm1', at, message: said, ...rest };
};
const words = message(line('They said so.'), note('whisper'));

const readAloud = { label: 'Read aloud', style: 'secondary', command: 'speak', job: 'j' } as const;

describe('the menu of a message', () => {
  test.each([
    ['somebody’s words', asked('a long letter'), ['Read aloud']],
    ['a command', asked('/imagine a fox'), []],
    ['a recording', asked('', 'audio/webm'), ['Transcribe', 'Use as prompt']],
    [
      'a film with words',
      asked('look', 'video/mp4'),
      ['Transcribe', 'Use as prompt', 'Read aloud'],
    ],
    ['a picture with words', asked('look', 'image/png'), []],
    ['words', made(words), ['Read aloud']],
    ['a transcript, which offers it itself', made({ ...words, buttons: [readAloud] }), []],
    ['speech', made(words, 'audio/mpeg'), ['Transcribe', 'Use as prompt']],
    ['a picture of Easel’s', made(words, 'image/png'), []],
    ['small print alone', made(message(note('whisper'))), []],
    ['words on the way', { ...made(words), delivered: undefined } as StoredMessage, []],
    ['an answer for one', noted, []],
  ] satisfies [string, StoredMessage, string[]][])('of %s', (_, about, labels) => {
    expect(
      menuOf(about, menu)
        .map(({ label }) => label)
        .toSorted(),
    ).toEqual(labels.toSorted());
  });
});
