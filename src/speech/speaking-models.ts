/** Models that speak words. */
import type { ModelSummary } from '../models/model.ts';

/** The one where nobody chooses. */
export const SPEAKING_MODEL = 'minimax-speech-02-hd';
/** They make voices; what they say is only a sample. */
const VOICE_MAKERS = /voice-(?:clone|design)/u;

export function isSpeaking({ name, kind }: ModelSummary): boolean {
  return kind === 'text-to-speech' && !VOICE_MAKERS.test(name);
}
