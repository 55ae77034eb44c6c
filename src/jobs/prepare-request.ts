/** What a wish comes to before anything is promised: checked whole, with what could not be honoured. */
import { randomInt } from 'node:crypto';
import type { ModelRequest, Models } from '../models/model.ts';
import { isSeed } from '../models/request/option-names.ts';
import { hears } from '../models/speaks.ts';
import type { GenerationRequest } from '../request.ts';
import { refuseForeignSamples } from '../voices/foreign-samples.ts';
import { toClaimedFile } from './read-files.ts';

export interface PreparedRequest {
  readonly request: GenerationRequest;
  /** fal's endpoint id. */
  readonly endpoint: string;
  readonly notes: readonly string[];
}

/** Seeds that every model takes, and that no number format rounds. */
const SEED_LIMIT = 2 ** 31;

/** Throws `UserError` for what the model would refuse. */
export function prepareRequest(wish: GenerationRequest, models: Models): PreparedRequest {
  const model = models.find(wish.model);
  // Only what the files claim to be counts here: some have no address until the platform is asked.
  const claimed = wish.files.map(toClaimedFile);
  // Several recordings are heard one after the other, each in a request of its own.
  const files = model.endpoints.every(hears) ? claimed.slice(0, 1) : claimed;
  const takesSeed = model.takes('seed', files);
  const request = takesSeed ? withSeed(wish) : wish;
  const parts = model.split({ ...request, files });
  const [first] = parts.map((part) => model.toInput(part));
  if (!first) throw new TypeError('a request was split into nothing');
  const { endpoint, notes, input } = first;
  const facts = model.endpoints.find(({ id }) => id === endpoint);
  if (facts) refuseForeignSamples({ endpoint: facts, input, refs: wish.files, files });
  if (parts.length === 1) return { request, endpoint, notes };
  return { request, endpoint, notes: [...notes, wordSeveral(wish, parts)] };
}

function wordSeveral({ model, prompt }: GenerationRequest, parts: readonly ModelRequest[]): string {
  return parts[0]?.prompt === prompt
    ? `${model} makes fewer at a time: this takes ${parts.length} requests.`
    : `The text is long: it is spoken in ${parts.length} parts, which are put together.`;
}

/** A seed of our own makes a result repeatable, and a lost submission recognisable. */
function withSeed(request: GenerationRequest): GenerationRequest {
  const { options } = request;
  if (Object.keys(options).some(isSeed)) return request;
  return { ...request, options: { ...options, seed: randomInt(SEED_LIMIT) } };
}
