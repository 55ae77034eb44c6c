/** Long words on all platforms: whatever it takes, all of them arrive, in order and once. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { PostedMessage, Upload } from '../support/chats/chat.ts';
import { toWord } from '../support/sound/made-up-words.ts';
import { probeBytes } from '../support/sound/probe.ts';
import { hasSoundTools } from '../support/sound/tools.ts';
import {
  closeWorlds,
  onEach,
  record,
  startWorlds,
  type Asked,
  type Worlds,
} from './voice-notes-rig.ts';

const HEARD_LENGTH = 60_000;
const SPOKEN_LENGTH = 30_000;

/** Made-up words, each there once. */
function makeText(length: number): string {
  const words: string[] = [];
  for (let done = 0; done <= length; done += (words.at(-1)?.length ?? 0) + 1) {
    words.push(toWord(words.length));
  }
  return words.join(' ');
}

function findText(messages: readonly PostedMessage[]): string {
  const file = messages.flatMap(({ files }) => files).find(({ name }) => name.endsWith('.txt'));
  return Buffer.from(file?.bytes ?? []).toString();
}

function findSound(messages: readonly PostedMessage[]): Buffer {
  const files = messages.flatMap((message) => message.files);
  const sound = files.find(({ name }) => /\.(?:mp3|ogg)$/u.test(name));
  return Buffer.from(sound?.bytes ?? []);
}

/** How long a toy speaks: it need not read a whole page. */
function secondsOf(words: string): number {
  return Math.min(12, words.split(/\s+/u).length * 0.28);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
const oneLine = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim();

const spokenSchema = z.object({ input: z.object({ text: z.string() }) });
const textOf = (asked: Asked): string => spokenSchema.parse(asked).input.text;

describe.skipIf(!hasSoundTools())('on all platforms', () => {
  let worlds: Worlds;
  beforeAll(async () => {
    worlds = await startWorlds();
  });
  afterAll(() => closeWorlds(worlds));

  test('a transcript of 60,000 characters is posted whole, and goes along as files', async () => {
    const text = makeText(HEARD_LENGTH);
    const recording = await record('A very long speech.', 'ogg');
    const outcomes = await onEach(worlds, {
      async play({ chat, hear, makes, posted }) {
        hear(text);
        await makes(() => chat.command('transcribe', '', [recording]));
        return posted();
      },
    });
    for (const [name, { found, words }] of Object.entries(outcomes)) {
      const said = oneLine(words.join(' '));
      expect(said, name).toBe(`${text} Language: English For … · whisper · … s`);
      const files = found.flatMap((message) => message.files);
      const endings = files.map((file) => file.name.replace(/^.*\./u, ''));
      expect(endings.toSorted(), name).toEqual(['json', 'srt', 'txt', 'vtt']);
      expect(oneLine(findText(found)), name).toBe(text);
    }
    const pages = Object.values(outcomes).map(({ found }) => found.length);
    expect(pages[0]).toBeGreaterThan(HEARD_LENGTH / 2000);
    expect(pages[1]).toBeGreaterThan(HEARD_LENGTH / 12_000);
    expect(pages[2]).toBe(1);
  });

  test('a text of 30,000 characters is spoken whole, and goes along as a file', async () => {
    const text = makeText(SPOKEN_LENGTH);
    const story: Upload = {
      fileName: 'story.txt',
      contentType: 'text/plain',
      bytes: Buffer.from(text),
    };
    const outcomes = await onEach(worlds, {
      isAtOnce: true,
      async play({ chat, makes, posted }) {
        await makes(() => chat.command('speak', '', [story]));
        return posted();
      },
    });
    const facts = Object.values(outcomes).map(({ found: _found, ...facts }) => facts);
    const [first] = facts;
    expect(facts).toEqual([first, first, first]);
    const parts = (first?.asked ?? []).map(textOf);
    const inOrder = parts.toSorted((one, other) => text.indexOf(one) - text.indexOf(other));
    expect(oneLine(inOrder.join(' '))).toBe(text);
    const [beginning = '', ...others] = first?.words ?? [];
    expect(text.startsWith(beginning.replace('…', '')), beginning).toBe(true);
    expect(others).toEqual([
      'All of it is in the file.',
      'For … · minimax-speech-02-hd · … s',
      `The text is long: it is spoken in ${parts.length} parts, which are put together.`,
    ]);
    const seconds = sum(parts.map(secondsOf));
    for (const [name, { found }] of Object.entries(outcomes)) {
      expect(findText(found), name).toBe(text);
      const heard = await probeBytes(findSound(found));
      const kind = name === 'discord' ? 'ogg opus' : 'mp3 mp3';
      expect(`${heard.container} ${heard.codec}`, name).toBe(kind);
      expect(Math.abs(heard.seconds - seconds), name).toBeLessThan(0.5);
    }
  });
});
