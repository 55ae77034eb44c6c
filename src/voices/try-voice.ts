/** A sentence to hear what a voice is like, or a word to keep it alive. */
import { UserError } from '../errors.ts';
import { findKnown } from '../models/find-known.ts';
import type { Models } from '../models/model.ts';
import type { Option } from '../option.ts';
import type { Outcome } from '../outcome.ts';
import type { Invocation } from '../platforms/platform.ts';
import { isSpeaking, SPEAKING_MODEL } from '../speech/speaking-models.ts';
import { MAKER_FACTS, toSpeakingRequest } from './makers.ts';
import type { VoicesPlan } from './plan.ts';
import { findUsable, resolveVoice } from './resolve-voice.ts';
import type { VoiceParts } from './voice-parts.ts';

const SAMPLE_TEXT = 'The quick brown fox jumps over the lazy dog. How do I sound to you?';
/** As short as it may be: every character costs. */
const SHORTEST_TEXT = 'Hello.';

/** Throws `UserError` where there is no such voice, or it may not be used. */
export async function tryVoice(
  { name, text = SAMPLE_TEXT }: Extract<VoicesPlan, { kind: 'try-voice' }>,
  invocation: Invocation,
  parts: VoiceParts,
): Promise<Outcome> {
  const own = await resolveVoice({ name }, invocation, parts);
  if (own) {
    const prompt = own.model === MAKER_FACTS.dia.speaking ? `[S1] ${text}` : text;
    return { kind: 'make', request: { ...own, prompt } };
  }
  const { model, voice } = findStock(name, parts.models);
  return { kind: 'make', request: { model, prompt: text, files: [], options: { voice } } };
}

/** Only when somebody asks, for it costs money. */
export async function keepVoice(
  name: string,
  invocation: Invocation,
  parts: VoiceParts,
): Promise<Outcome> {
  const voice = await findUsable(name, invocation, parts);
  if (!voice) throw new UserError(`There is no voice called “${name}” here. /voices lists them.`);
  if (voice.maker !== 'minimax') {
    throw new UserError(`“${voice.name}” is kept here: it needs nothing to stay alive.`);
  }
  const request = toSpeakingRequest(voice, undefined, parts.models);
  return { kind: 'make', request: { ...request, prompt: SHORTEST_TEXT } };
}

/** A voice that a model has by itself. */
function findStock(name: string, models: Models): { model: string; voice: string } {
  const wanted = name.toLowerCase();
  for (const { name: model } of models.search('').filter(isSpeaking)) {
    const voices = listVoices(findKnown(model, models)?.options['voice']);
    const voice = voices.find((one) => one.toLowerCase() === wanted);
    if (voice !== undefined) return { model, voice };
  }
  // MiniMax has hundreds, and no list of them: their names are like Wise_Woman.
  if (/^[A-Za-z]+_\w+$/u.test(name)) return { model: SPEAKING_MODEL, voice: name };
  throw new UserError(
    `There is no voice called “${name}” here. /voices lists Easel’s own; /models and a model’s name shows those of a model.`,
  );
}

function listVoices(option: Option | undefined): readonly string[] {
  if (option?.kind === 'choice') return option.choices.map(({ value }) => value);
  return option?.kind === 'suggested' ? option.suggest('', {}).map(({ value }) => value) : [];
}
