/** What commands offer that leave the choice of a model to the person: its options follow the choice. */
import { DEFAULT_MODEL } from './models/default-model.ts';
import { findKnown } from './models/find-known.ts';
import type { ModelAdapter, Models, ModelSummary } from './models/model.ts';
import { LARGEST_COUNT } from './models/request/option-names.ts';
import type { Option, Options, RawValues, Suggest } from './option.ts';
import { suggestFlags, suggestModels, suggestValues } from './suggest-options.ts';

type SuggestedOption = Extract<Option, { kind: 'suggested' }>;

export interface ChosenModel {
  /** What most models can be told, whatever they make. */
  readonly options: {
    readonly model: SuggestedOption;
    readonly aspect_ratio: SuggestedOption;
    readonly resolution: SuggestedOption;
    readonly count: Extract<Option, { kind: 'integer' }>;
    readonly seed: Extract<Option, { kind: 'text' }>;
    /** Flags for everything else that the chosen model knows. */
    readonly more: SuggestedOption;
  };
  /** The values that the chosen model has for an option. */
  readonly suggestFor: (name: string) => Suggest;
  /** Everything that the chosen model can be told, and which model that is. */
  readonly form: (filledIn: RawValues) => Options;
}

/** Which models a command is about. */
export interface Choosing {
  /** The one where nobody chooses. */
  readonly standard: string;
  readonly isOffered: (model: ModelSummary) => boolean;
}

const ANY_MODEL: Choosing = { standard: DEFAULT_MODEL, isOffered: () => true };

export function createChosenModel(models: Models, choosing: Choosing = ANY_MODEL): ChosenModel {
  const model = createModelOption(models, choosing);
  const optionsFor = (filledIn: RawValues): Options =>
    findChosen(filledIn, models, choosing)?.options ?? {};
  const suggestFor: ChosenModel['suggestFor'] = (name) => (begun, filledIn) =>
    suggestValues(optionsFor(filledIn), name, begun, filledIn);
  return {
    options: {
      model,
      ...createUsualOptions(suggestFor),
      more: {
        kind: 'suggested',
        description: 'Anything else that the model knows, such as --guidance 4',
        maxLength: 1000,
        suggest: (begun, filledIn) => suggestFlags(optionsFor(filledIn), begun, filledIn),
      },
    },
    suggestFor,
    form(filledIn) {
      const { prompt, ...rest } = optionsFor(filledIn);
      const chosen = {
        ...model,
        description: 'Which model; each has options of its own',
        standard: choosing.standard,
      };
      return { ...(prompt && { prompt }), model: chosen, ...rest };
    },
  };
}

function createModelOption(models: Models, { standard, isOffered }: Choosing): SuggestedOption {
  return {
    kind: 'suggested',
    description: `Which model (default: ${standard}); /models lists them`,
    maxLength: 100,
    suggest: suggestModels(models, isOffered),
    aliases: ['m'],
  };
}

function createUsualOptions(
  suggestFor: ChosenModel['suggestFor'],
): Omit<ChosenModel['options'], 'model' | 'more'> {
  return {
    aspect_ratio: {
      kind: 'suggested',
      description: 'Width to height, such as 16:9',
      maxLength: 9,
      suggest: suggestFor('aspect_ratio'),
      aliases: ['ar', 'ratio'],
    },
    resolution: {
      kind: 'suggested',
      description: 'How large, where the model has classes such as 2K or 1080p',
      maxLength: 40,
      suggest: suggestFor('resolution'),
      aliases: ['res'],
    },
    count: { kind: 'integer', description: 'How many', min: 1, max: LARGEST_COUNT, aliases: ['n'] },
    seed: {
      kind: 'text',
      description: 'The same seed and words make the same result again',
      maxLength: 40,
    },
  };
}

function findChosen(
  { model }: RawValues,
  models: Models,
  { standard }: Choosing,
): ModelAdapter | undefined {
  return findKnown(typeof model === 'string' && model !== '' ? model : standard, models);
}
