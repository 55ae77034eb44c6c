/** What people record and what fal hears in it, said to a studio; and what came of it. */
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { HeardWord } from '../../src/fal/sandbox/sandbox.ts';
import type { Person } from '../../src/place.ts';
import type { AttachmentRef } from '../../src/request.ts';
import type { Said } from './pictures/memory-chat.ts';
import { textOf, type Studio } from './pictures/studio.ts';
import type { SoundFormat } from './sound/formats.ts';
import { makeRecording } from './sound/recording.ts';

export const SAID = 'Hello there. This is Kovalsky speaking.';
const SECONDS_PER_WORD = 0.3;
const GAP_SECONDS = 0.05;

/** Each word in its turn. */
export function toHeardWords(text: string): readonly HeardWord[] {
  const words = text.split(' ').filter((word) => word !== '');
  return words.map((word, at) => {
    const from = at * SECONDS_PER_WORD;
    return { text: word, from, to: from + SECONDS_PER_WORD - GAP_SECONDS };
  });
}

interface Asking {
  readonly options?: Readonly<Record<string, unknown>>;
  readonly person?: Person;
}

export function createListening(studio: Studio) {
  const { chat, sandbox } = studio;
  const recordings = new Map<SoundFormat, Promise<AttachmentRef>>();
  const listening = {
    /** In every recording from now on. */
    hears(text: string, languages: readonly string[] = ['en']): void {
      sandbox.setHearing(() => ({ words: toHeardWords(text), languages }));
    },
    /** The same, but not before it may. */
    hearsLater(text: string): { readonly release: () => void } {
      const { promise, resolve } = Promise.withResolvers<void>();
      sandbox.setHearing(async () => {
        await promise;
        return { words: toHeardWords(text) };
      });
      return { release: resolve };
    },
    /** One file of each format serves all tests: what is heard in it is up to them. */
    record(format: SoundFormat = 'ogg'): Promise<AttachmentRef> {
      const made = makeRecording({ words: SAID, format });
      const attached = recordings.get(format) ?? made.then((one) => studio.attachFile(one));
      recordings.set(format, attached);
      return attached;
    },
    async transcribe(options: Readonly<Record<string, unknown>> = {}): Promise<Said> {
      const attachments = [await listening.record()];
      await studio.order({ command: 'transcribe', options, attachments });
      return listening.newest();
    },
    newest(): Said {
      const newest = chat.said().at(-1);
      if (!newest) throw new Error('nothing was said');
      return newest;
    },
    /** All that Easel says in the open now, oldest first. */
    told: (): readonly string[] => chat.said().map(({ message }) => textOf(message)),
    labels: ({ message }: Said): readonly string[] => message.buttons.map(({ label }) => label),
    async press(label: string, on: Said, { options, ...asking }: Asking = {}): Promise<Said> {
      const button = on.message.buttons.find((one) => one.label === label);
      if (!button) throw new Error(`there is no button ${label}`);
      const { command, job } = button;
      await studio.order({ command, options: { ...options, job }, ...asking });
      return listening.newest();
    },
    /** Words in answer to a message, as every platform hands them on. */
    async reply(to: Said, prompt: string, asking: Omit<Asking, 'options'> = {}): Promise<Said> {
      const answers = chat.answering(to);
      await studio.order({ command: 'edit', options: { prompt }, answers, ...asking });
      return listening.newest();
    },
    /** The files of a transcript, as text, by their endings. */
    async files(transcript: Said): Promise<Readonly<Record<string, string>>> {
      await listening.press('Files', transcript);
      const files = chat.whispers.at(-1)?.files ?? [];
      const texts: Record<string, string> = {};
      for (const { fileName, path } of files) {
        texts[extname(fileName).slice(1)] = await readFile(path, 'utf8');
      }
      return texts;
    },
    /** What fal was asked for since so many requests ago. */
    asked: (before = 0) => studio.inputs().slice(before),
  };
  return listening;
}
export type Listening = ReturnType<typeof createListening>;
