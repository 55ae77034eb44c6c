/** Which endpoints speak the words that they are given. */
import type { Endpoint } from './endpoint.ts';

/** What these say is only a sample of a voice. */
const VOICE_MAKERS = /\/(?:voice-design|minimax\/voice-clone)(?:\/|$)/u;
/** fal counts it among those that change sounds. */
const DIALOGUE_IN_A_VOICE = 'fal-ai/dia-tts/voice-clone';

export function speaks({ id, kind }: Pick<Endpoint, 'id' | 'kind'>): boolean {
  if (id === DIALOGUE_IN_A_VOICE) return true;
  return kind === 'text-to-speech' && !VOICE_MAKERS.test(id);
}

/** Which endpoints write down what is said. */
export function hears({ kind }: Pick<Endpoint, 'kind'>): boolean {
  return kind === 'speech-to-text';
}
