/** Which models make a maker's voices and speak with them, and what they want to be given. */
import { UserError } from '../errors.ts';
import { findKnown } from '../models/find-known.ts';
import type { Models } from '../models/model.ts';
import type { GenerationRequest } from '../request.ts';
import { toSampleRef } from './find-sample.ts';
import type { Maker, Voice } from './voice.ts';

interface MakerFacts {
  readonly title: string;
  /** What people choose it by: the model that clones. */
  readonly cloning: string;
  /** What speaks where nobody chooses. */
  readonly speaking: string;
  /** Endpoints that can speak with its voices. */
  readonly speaks: RegExp;
}

export const MAKER_FACTS: Readonly<Record<Maker, MakerFacts>> = {
  minimax: {
    title: 'MiniMax',
    cloning: 'minimax-voice-clone',
    speaking: 'minimax-speech-02-hd',
    speaks: /^fal-ai\/minimax\/(?:preview\/)?speech-/u,
  },
  dia: {
    title: 'Dia',
    cloning: 'dia-voice-clone',
    speaking: 'dia-voice-clone',
    speaks: /^fal-ai\/dia-tts\/voice-clone$/u,
  },
  chatterbox: {
    title: 'Chatterbox',
    cloning: 'chatterbox-hd',
    speaking: 'chatterbox-hd',
    speaks: /chatterbox(?:hd)?\/text-to-speech$/u,
  },
};

/** Everything but its words that a request needs to speak with a voice. */
export type SpeakingRequest = Required<
  Pick<GenerationRequest, 'model' | 'files' | 'options' | 'voice'>
> &
  Pick<GenerationRequest, 'asWav'>;

/** `model` is the wanted one. Throws `UserError` where that cannot speak with this voice. */
export function toSpeakingRequest(
  voice: Voice,
  model: string | undefined,
  models: Models,
): SpeakingRequest {
  const { speaking, speaks, title } = MAKER_FACTS[voice.maker];
  const wanted = model ?? speaking;
  const fits = findKnown(wanted, models)?.endpoints.some(({ id }) => speaks.test(id)) === true;
  if (!fits && model !== undefined) {
    throw new UserError(`“${voice.name}” is a voice of ${title}: it speaks with ${speaking}.`);
  }
  return {
    model: wanted,
    ...toVoiceFields(voice),
    voice: { id: voice.id, role: 'speaks' },
  };
}

function toVoiceFields(voice: Voice): Pick<SpeakingRequest, 'files' | 'options' | 'asWav'> {
  const { maker, customId, sample } = voice;
  if (maker === 'minimax') return { files: [], options: { voice: customId ?? '' } };
  const ref = toSampleRef(voice, maker === 'dia' ? 'ref_audio_url' : 'audio_url');
  const options = maker === 'dia' ? { ref_text: `[S1] ${sample?.text ?? ''}` } : {};
  return { files: ref ? [ref] : [], options, asWav: true };
}
