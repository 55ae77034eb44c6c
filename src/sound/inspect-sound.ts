import { askWorker } from './ask-worker.ts';
import { noneWhereSilent } from './sound-error.ts';
import { soundFactsSchema, type SoundFacts } from './sound-facts.ts';

/** Undefined where there is no sound that can be decoded. */
export async function inspectSound(path: string): Promise<SoundFacts | undefined> {
  return noneWhereSilent(askWorker({ kind: 'inspect', path }, soundFactsSchema));
}
