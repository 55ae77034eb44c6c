/** What is said about files of a result that did not come, or not as they should. */
import type { RemoteMedia } from '../models/model.ts';
import type { Product } from '../models/product.ts';
import { toLastingAddress, type MediaOutcome } from './fetch-media.ts';
import type { Failure, Job, ResultNote } from './job.ts';

export function noteOutcomes(
  media: readonly RemoteMedia[],
  outcomes: readonly MediaOutcome[],
  product: Product,
): ResultNote[] {
  const notes = outcomes.flatMap((outcome, at) => {
    const which = nameOne(product, at + 1, media.length);
    return noteOutcome(outcome, which, media[at]?.url ?? '');
  });
  const left = media.length - outcomes.length;
  if (left <= 0) return notes;
  const text = `The model made ${media.length} files; the first ${outcomes.length} are here.`;
  return [...notes, { text }];
}

/** Nothing is left to show. */
export function toWithheldFailure({ request }: Job, product: Product, made: number): Failure {
  const all = made === 1 ? `the ${singular(product)}` : `all ${made} ${plural(product)}`;
  const way = request.prompt === '' ? 'Take other files' : 'Change the words';
  return {
    audience: 'person',
    text: `The model’s safety check withheld ${all}. ${way} and ask again.`,
    retryable: false,
  };
}

function noteOutcome(outcome: MediaOutcome, which: string, url: string): ResultNote[] {
  switch (outcome.kind) {
    case 'lost': {
      const text = `${which} could not be fetched. ${outcome.error.message}`;
      const address = toLastingAddress(url);
      return [address === undefined ? { text } : { text, address }];
    }
    case 'came':
      return outcome.isBlack
        ? [
            {
              text: `${which} is entirely black; the model’s safety check may have blacked it out.`,
            },
          ]
        : [];
    case 'withheld':
      return [];
  }
}

function nameOne(product: Product, number: number, of: number): string {
  const noun = singular(product);
  if (of === 1) return `The ${noun}`;
  return `${noun.slice(0, 1).toUpperCase()}${noun.slice(1)} ${number} of ${of}`;
}

function singular(product: Product): string {
  const isFile = product === 'words' || product === 'transcript' || product === 'result';
  return isFile ? 'file' : product;
}

function plural(product: Product): string {
  return product === 'sound' ? 'sound files' : `${singular(product)}s`;
}
