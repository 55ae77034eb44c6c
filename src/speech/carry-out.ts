/** Words to be spoken: which words, by which voice, through which model. */
import { UserError } from '../errors.ts';
import type { Models } from '../models/model.ts';
import { productOf } from '../models/product.ts';
import type { Outcome } from '../outcome.ts';
import type { PictureParts } from '../pictures/picture-parts.ts';
import { onceBy } from '../pictures/make-again.ts';
import type { Invocation } from '../platforms/platform.ts';
import type { GenerationRequest } from '../request.ts';
import { resolveVoice } from '../voices/resolve-voice.ts';
import { findWords } from './find-words.ts';
import type { SpeechPlan } from './plan.ts';
import { SPEAKING_MODEL } from './speaking-models.ts';

/** Throws `UserError` where there are no words, or the voice may not be used here. */
export async function carryOutSpeechPlan(
  { subject, request, voice }: SpeechPlan,
  invocation: Invocation,
  parts: PictureParts,
): Promise<Outcome> {
  const { words, others } = await findWords({ subject, request }, invocation, parts);
  if (words.trim() === '') throw new UserError('There is nothing to read aloud.');
  const wish = { ...request, prompt: words, files: [...others], voice };
  const spoken = await withVoice(wish, invocation, parts);
  refuseMute(spoken.model, parts.models);
  return {
    kind: 'make',
    request: asDialogue(spoken),
    ...onceBy('speak', { job: subject.job }, invocation),
  };
}

/** Whoever wants something read aloud does not want it drawn. */
function refuseMute(model: string, models: Models): void {
  const isMute = models.find(model).endpoints.every(({ kind }) => productOf(kind) !== 'sound');
  if (isMute)
    throw new UserError(`${model} does not speak: leave the model out, or choose another.`);
}

/** Dia wants to be told who speaks, even where it is only one. */
function asDialogue(request: GenerationRequest): GenerationRequest {
  const { model, prompt } = request;
  const isMissing = /(?:^|\/)dia-/u.test(model) && !/^\s*\[S\d+\]/u.test(prompt);
  return isMissing ? { ...request, prompt: `[S1] ${prompt}` } : request;
}

type Speech = Omit<GenerationRequest, 'model' | 'voice'> & {
  readonly model: string | undefined;
  /** As somebody typed it. */
  readonly voice: string | undefined;
};

/** One of Easel's own voices brings its model along; any other name is the model's to know. */
async function withVoice(
  { voice: name, model, ...speech }: Speech,
  invocation: Invocation,
  parts: PictureParts,
): Promise<GenerationRequest> {
  if (name === undefined) return { ...speech, model: model ?? SPEAKING_MODEL };
  const own = await resolveVoice({ name, model }, invocation, parts);
  if (!own) {
    const options = { ...speech.options, voice: name };
    return { ...speech, model: model ?? SPEAKING_MODEL, options };
  }
  const options = { ...speech.options, ...own.options };
  return { ...speech, ...own, options, files: [...speech.files, ...own.files] };
}
