/** `/voices design`: a voice from a description. It is nobody's, so nobody has to consent. */
import type { Outcome } from '../outcome.ts';
import { prepareRequest } from '../jobs/prepare-request.ts';
import type { Invocation } from '../platforms/platform.ts';
import type { GenerationRequest } from '../request.ts';
import { beginVoice } from './begin-voice.ts';
import type { VoicesPlan } from './plan.ts';
import type { VoiceParts } from './voice-parts.ts';

const DESIGNING_MODEL = 'minimax-voice-design';
const PREVIEW = 'Hello! This is how I sound. I read out whatever you write.';

/** Throws `UserError` where the name is taken, or the model would refuse. */
export async function designVoice(
  { name, description, text = PREVIEW }: Extract<VoicesPlan, { kind: 'design-voice' }>,
  invocation: Invocation,
  parts: VoiceParts,
): Promise<Outcome> {
  const request: GenerationRequest = {
    model: DESIGNING_MODEL,
    prompt: description,
    files: [],
    options: { preview_text: text },
  };
  // Before the name is taken.
  prepareRequest(request, parts.models);
  const wanted = { name, kind: 'designed', maker: 'minimax', description } as const;
  const voice = await beginVoice(wanted, invocation, parts);
  return { kind: 'make', request: { ...request, voice: { id: voice.id, role: 'makes' } } };
}
