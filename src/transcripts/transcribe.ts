/** Writes down what is said in recordings, with the spellings that the workspace has taught. */
import { UserError } from '../errors.ts';
import type { Models } from '../models/model.ts';
import { productOf } from '../models/product.ts';
import type { Outcome } from '../outcome.ts';
import type { Invocation } from '../platforms/platform.ts';
import type { PictureParts } from '../pictures/picture-parts.ts';
import type { Place } from '../place.ts';
import type { AttachmentRef, GenerationRequest } from '../request.ts';
import { findRecordings } from './find-recordings.ts';
import { toPrompt } from './glossary-terms.ts';
import { createGlossary } from './glossary.ts';
import { HEARING_MODEL } from './hearing-model.ts';
import type { MeantMessage } from './plan.ts';

/** Throws `UserError` where there is nothing to listen to. */
export async function transcribe(
  { subject, request }: { subject: MeantMessage; request: GenerationRequest },
  invocation: Invocation,
  parts: PictureParts,
): Promise<Outcome> {
  refuseDeaf(request.model, parts.models);
  const files = await findRecordings(request.files, subject, invocation, parts);
  const heard = { ...request, files: [...files] };
  return { kind: 'make', request: await withGlossary(heard, invocation.place, parts) };
}

/** Whoever wants a recording written down does not want it sung in another voice. */
function refuseDeaf(model: string, models: Models): void {
  const makes = models.find(model).endpoints.map(({ kind }) => productOf(kind));
  if (makes.some((product) => product === 'transcript' || product === 'words')) return;
  throw new UserError(`${model} writes nothing down: leave the model out, or choose another.`);
}

/** For recordings whose words are wanted for something else. */
export function toHearing(
  recordings: readonly AttachmentRef[],
  place: Place,
  parts: PictureParts,
): Promise<GenerationRequest> {
  const request = { model: HEARING_MODEL, prompt: '', files: [...recordings], options: {} };
  return withGlossary(request, place, parts);
}

/** Models without a place for it must do without. */
async function withGlossary(
  request: GenerationRequest,
  place: Place,
  { store, models }: PictureParts,
): Promise<GenerationRequest> {
  if (!('prompt' in models.find(request.model).options)) return request;
  if (Object.hasOwn(request.options, 'prompt')) return request;
  const terms = await createGlossary(store.records('glossary')).read(place);
  return { ...request, prompt: toPrompt(terms) };
}
