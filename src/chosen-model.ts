/** What commands offer that leave the choice of a model to the person: its options follow the choice. */
import { DEFAULT_MODEL } from './models/default-model.ts';
import { findKnown } from './models/find-known.ts';
import type { ModelAdapter, Models } from './models/model.ts';
import type { Option, Options, RawValues, Suggest } from './option.ts';
import { suggestFlags, suggestModels, suggestValues } from './suggest-options.ts';

export interface ChosenModel {
  /** The option that names the model. */
  readonly option: Extract<Option, { kind: 'suggested' }>;
  /** The values that the chosen model has for an option. */
  readonly suggestFor: (name: string) => Suggest;
  /** Flags for everything else that the chosen model knows. */
  readonly suggestMore: Suggest;
  /** Everything that the chosen model can be told, and which model that is. */
  readonly form: (filledIn: RawValues) => Options;
}

export function createChosenModel(models: Models): ChosenModel {
  const option = {
    kind: 'suggested',
    description: `Which model (default: ${DEFAULT_MODEL}); /models lists them`,
    maxLength: 100,
    suggest: suggestModels(models),
    aliases: ['m'],
  } as const;
  const optionsFor = (filledIn: RawValues): Options => findChosen(filledIn, models)?.options ?? {};
  return {
    option,
    suggestFor: (name) => (begun, filledIn) =>
      suggestValues(optionsFor(filledIn), name, begun, filledIn),
    suggestMore: (begun, filledIn) => suggestFlags(optionsFor(filledIn), begun, filledIn),
    form(filledIn) {
      const { prompt, ...rest } = optionsFor(filledIn);
      const model = {
        ...option,
        description: 'Which model; each has options of its own',
        standard: DEFAULT_MODEL,
      };
      return { ...(prompt && { prompt }), model, ...rest };
    },
  };
}

function findChosen({ model }: RawValues, models: Models): ModelAdapter | undefined {
  return findKnown(typeof model === 'string' && model !== '' ? model : DEFAULT_MODEL, models);
}
