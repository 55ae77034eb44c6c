/** Models that write down what is said. */
import type { Endpoint } from '../models/endpoint.ts';
import type { ModelSummary } from '../models/model.ts';

/** The one where nobody chooses: it knows the most languages, and tells speakers apart. */
export const HEARING_MODEL = 'whisper';

export function isHearing({ kind }: Pick<ModelSummary | Endpoint, 'kind'>): boolean {
  return kind === 'speech-to-text';
}
