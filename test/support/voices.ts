/** Sentences read out, as recordings in which the sandbox hears these very words. */
import { randomUUID } from 'node:crypto';
import { playTune } from '../../src/fal/sandbox/sounds/tune.ts';
import { toWav } from '../../src/fal/sandbox/sounds/wav.ts';
import type { Person, Place } from '../../src/place.ts';
import type { AttachmentRef } from '../../src/request.ts';
import { textOf, type Studio } from './pictures/studio.ts';

/** Long enough to be cloned. */
const SECONDS = 12;

export interface Asking {
  readonly person?: Person;
  readonly place?: Place;
  readonly isModerator?: boolean;
  readonly attachments?: readonly AttachmentRef[];
}

export function createVoiceBooth(studio: Studio) {
  const booth = {
    async record(words: string, seconds = SECONDS): Promise<AttachmentRef> {
      const bytes = toWav(playTune({ words, sampleRate: 8000, seconds }), words);
      const ref = await studio.attachBytes(`${randomUUID()}.wav`, bytes);
      return { ...ref, claimedType: 'audio/wav' };
    },
    /** What the person was told to read out. */
    sentence(): string {
      const quote = studio.chat.whispers
        .at(-1)
        ?.message.blocks.find(({ kind }) => kind === 'quote');
      if (quote?.kind !== 'quote') throw new Error(`no sentence: ${studio.whisper()}`);
      return quote.text;
    },
    voices: (options: Readonly<Record<string, unknown>>, asking: Asking = {}) =>
      studio.order({ command: 'voices', options, ...asking }),
    async handIn(words: string, asking: Asking = {}): Promise<void> {
      const options = { action: 'consent' };
      const attachments = [await booth.record(words)];
      await studio.order({ command: 'voices', options, attachments, ...asking });
    },
    /** Asks for the sentence and reads it out. */
    async clone(options: Readonly<Record<string, unknown>>, asking: Asking = {}): Promise<void> {
      await booth.voices({ action: 'clone', ...options }, asking);
      await booth.handIn(booth.sentence(), asking);
    },
    /** Everything that Easel said in the open, newest last. */
    said: () => studio.chat.said().map(({ message }) => textOf(message)),
    /** What fal was asked for, by endpoint. */
    asked: (endpoint: string) => studio.inputs().filter((one) => one.endpoint === endpoint),
  };
  return booth;
}
export type VoiceBooth = ReturnType<typeof createVoiceBooth>;
