/** Serves one model from facts about its endpoints: whatever has a schema has an adapter. */
import type { Endpoint } from './endpoint.ts';
import type { GivenFile, ModelAdapter, ModelInput, ModelRequest } from './model.ts';
import { toFormOptions } from './form-options.ts';
import { readResult } from './read-result.ts';
import { buildInput } from './request/build-input.ts';
import { listRequiredFiles, takesAny } from './request/place-files.ts';
import type { ServedEndpoint } from './request/served-endpoint.ts';
import { splitCount } from './request/split-count.ts';
import { findTarget } from './request/targets.ts';

export interface AdapterParts {
  readonly name: string;
  readonly description: string;
  /** The first one is used unless the given files call for another. */
  readonly served: readonly [ServedEndpoint, ...ServedEndpoint[]];
  /** True where the further endpoints were found rather than written down: using one is then noted. */
  readonly isGuess: boolean;
}

export function createAdapter(parts: AdapterParts): ModelAdapter {
  const { name, description, served } = parts;
  const endpoints = served.map(({ endpoint }) => endpoint);
  return {
    name,
    description,
    endpoints,
    get options() {
      return toFormOptions(served);
    },
    takes(option, files) {
      return findTarget(choose(served, files), option).kind === 'field';
    },
    split(request) {
      const chosen = choose(served, request.files);
      return splitCount(chosen, request.options).map((options) => ({ ...request, options }));
    },
    toInput: (request) => toInput(parts, request),
    toResult(id, output) {
      return readResult(
        endpoints.find((endpoint) => endpoint.id === id) ?? served[0].endpoint,
        output,
      );
    },
  };
}

function toInput({ name, served, isGuess }: AdapterParts, request: ModelRequest): ModelInput {
  const chosen = choose(served, request.files);
  const { id } = chosen.endpoint;
  const isOther = isGuess && chosen !== served[0];
  const switched = isOther ? [`With what was attached, ${id} was used.`] : [];
  const { input, notes } = buildInput(name, chosen, request);
  return { endpoint: id, input, notes: [...switched, ...notes] };
}

/** The first endpoint that does what is there justice: takes the files, and misses none. */
function choose(served: AdapterParts['served'], files: readonly GivenFile[]): ServedEndpoint {
  const [first, ...others] = served;
  const isFitting = ({ endpoint }: ServedEndpoint): boolean =>
    files.length === 0 ? needsNoFile(endpoint) : takesAny(endpoint, files);
  if (isFitting(first)) return first;
  return others.find(isFitting) ?? first;
}

function needsNoFile(endpoint: Endpoint): boolean {
  return listRequiredFiles(endpoint).length === 0;
}
