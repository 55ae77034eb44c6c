/** What a toy can tell about a sound or a film that it was given. */
import type { Hears, HeardWord } from './hearing.ts';
import type { Memory } from './memory.ts';
import type { SoundFile } from './sound-file.ts';
import { layOut, toWords, type TimedWord } from './timing.ts';
import { readWords } from './wav.ts';

export interface Heard {
  readonly words: readonly TimedWord[];
  /** All that is said. */
  readonly text: string;
  readonly languages: readonly string[];
}

export interface Ears {
  /** Read with every sound, so that a change takes hold at once. */
  readonly hears: () => Hears | undefined;
  readonly memory: Memory;
}

const LANGUAGES = ['en'];

export async function listen(
  { hears, memory }: Ears,
  sound: SoundFile,
  asked: Readonly<Record<string, unknown>>,
): Promise<Heard> {
  const { bytes, type = 'application/octet-stream', seconds } = sound;
  const told = await hears()?.({ bytes, type, seconds, asked });
  const heard = told ?? memory.recall(bytes) ?? readWords(bytes) ?? excuse(sound);
  if (typeof heard === 'string') return toHeard(toWords(heard), LANGUAGES, seconds);
  return toHeard(heard.words, heard.languages ?? LANGUAGES, seconds);
}

function toHeard(
  words: readonly HeardWord[],
  languages: readonly string[],
  seconds: number,
): Heard {
  const text = words.map((word) => word.text).join(' ');
  return { words: layOut(words, seconds), text, languages };
}

function excuse({ bytes, type = 'something' }: SoundFile): string {
  return `This is the sandbox speaking. Nobody listened to these ${bytes.length} bytes of ${type}. A real key hears what is said.`;
}
