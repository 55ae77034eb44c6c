/** Serves one model from facts about its endpoints: whatever has a schema has an adapter. */
import { UserError } from '../errors.ts';
import type { Options } from '../option.ts';
import type { RequestOptions } from '../request.ts';
import type { Endpoint, Field } from './endpoint.ts';
import type { GivenFile, ModelAdapter, ModelInput, ModelRequest } from './model.ts';
import { toFormOptions } from './form/form-options.ts';
import { readResult } from './read-result.ts';
import { buildInput } from './request/build-input.ts';
import { listRequiredSlots, placeFiles, takesAny, takesMedia } from './request/place-files.ts';
import type { ServedEndpoint } from './request/served-endpoint.ts';
import { splitCount } from './request/split-count.ts';
import { splitWords } from './request/split-words.ts';
import { findTarget } from './request/targets.ts';
import { wordMedia } from './request/word-type.ts';

/** Seeds of our own are below it. */
const LARGEST_SEED = 2 ** 31 - 1;

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
  /** Made once somebody asks: nearly every keystroke of a form does. */
  let options: Options | undefined;
  return {
    name,
    description,
    endpoints,
    get options() {
      return (options ??= toFormOptions(served));
    },
    takes(option, files) {
      const found = findTarget(choose(served, { files, options: {} }), option);
      return found.kind === 'field' && (option !== 'seed' || takesAnySeed(found.target.field));
    },
    split(request) {
      const chosen = choose(served, request);
      const prompts = splitWords(chosen.endpoint, request.prompt);
      if (prompts.length > 1) return prompts.map((prompt) => ({ ...request, prompt }));
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
  refuseUseless(name, served, request.files);
  const chosen = choose(served, request);
  const { id } = chosen.endpoint;
  const isOther = isGuess && chosen !== served[0];
  const switched = isOther ? [`With what was attached, ${id} was used.`] : [];
  const { options, notes: left } = leaveOthers(served, chosen, request.options);
  const { input, notes } = buildInput(name, chosen, { ...request, options });
  return { endpoint: id, input, notes: [...switched, ...left, ...notes] };
}

/** Whoever attaches a recording to a model that cannot hear means something else: nothing is paid for that. */
function refuseUseless(
  name: string,
  served: AdapterParts['served'],
  files: readonly GivenFile[],
): void {
  const useless = files.find(
    ({ media }) => media !== 'image' && !served.some(({ endpoint }) => takesMedia(endpoint, media)),
  );
  if (!useless) return;
  const what = wordMedia(useless.media);
  throw new UserError(`${name} takes no ${what}: attach what it works from, or nothing.`);
}

/** The first endpoint that does what is there justice: takes the files, all if any can, and misses none. */
function choose(
  served: AdapterParts['served'],
  { files, options }: Pick<ModelRequest, 'files' | 'options'>,
): ServedEndpoint {
  const addresses = Object.keys(options).filter((name) =>
    served.some((one) => takesAddress(one, name)),
  );
  const isFitting = (one: ServedEndpoint): boolean => {
    if (files.length + addresses.length === 0) return needsNoFile(one.endpoint);
    const takesFiles = files.length === 0 || takesAny(one.endpoint, files);
    return takesFiles && addresses.every((name) => takesAddress(one, name));
  };
  const fitting = served.filter(isFitting);
  const takesAll = ({ endpoint }: ServedEndpoint): boolean =>
    placeFiles(endpoint, files).left.length === 0;
  return fitting.find(takesAll) ?? fitting[0] ?? served[0];
}

/** A form shows what any of the endpoints has; what only another one has counts for nothing here. */
function leaveOthers(
  served: AdapterParts['served'],
  chosen: ServedEndpoint,
  options: RequestOptions,
): { options: RequestOptions; notes: readonly string[] } {
  const notes: string[] = [];
  const kept = Object.entries(options).filter(([name]) => {
    if (findTarget(chosen, name).kind !== 'unknown') return true;
    const owner = served.find((one) => findTarget(one, name).kind === 'field');
    if (owner) notes.push(`Only ${owner.endpoint.id} has “${name}”; left out.`);
    return !owner;
  });
  return { options: Object.fromEntries(kept), notes };
}

function takesAddress(served: ServedEndpoint, option: string): boolean {
  const found = findTarget(served, option);
  if (found.kind !== 'field') return false;
  const { type } = found.target.field;
  return type.kind === 'file' || (type.kind === 'list' && type.of.kind === 'file');
}

function needsNoFile(endpoint: Endpoint): boolean {
  return listRequiredSlots(endpoint).length === 0;
}

/** Some endpoints know few seeds only: one of our own would nearly always be refused. */
function takesAnySeed({ type }: Field): boolean {
  return type.kind !== 'integer' || (type.max ?? Infinity) >= LARGEST_SEED;
}
