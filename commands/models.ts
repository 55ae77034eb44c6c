import { defineCommand, type Vocabulary } from '../src/command.ts';
import { line, message, note, type Block, type Message } from '../src/message.ts';
import type { ModelAdapter, Models, ModelSummary, Price } from '../src/models/model.ts';
import { wordOption } from '../src/option-words.ts';

const SHOWN = 10;
/** As many as an autocompletion can show anywhere. */
const MOST_SUGGESTIONS = 100;

export default ({ models }: Vocabulary) =>
  defineCommand({
    name: 'models',
    description: 'Find a model; with a model’s name, everything that it can be told',
    published: true,
    options: {
      search: {
        kind: 'suggested',
        description: 'Words to search for, or the name of one model',
        maxLength: 100,
        suggest: (begun) =>
          models
            .search(begun)
            .slice(0, MOST_SUGGESTIONS)
            .map(({ name, description }) => ({
              value: name,
              label: `${name}: ${description}`,
            })),
      },
      page: { kind: 'integer', description: 'Which page of a long list', min: 1, max: 1000 },
    },
    run: ({ search = '', page = 1 }) => {
      const found = models.search(search);
      const exact = found.find(({ name }) => name === search.trim().toLowerCase());
      const [only] = found;
      const one = exact ?? (found.length === 1 ? only : undefined);
      return {
        kind: 'answer',
        message: one
          ? describeModel(models.find(one.name), models)
          : listModels(found, { search, page, models }),
      };
    },
  });

function listModels(
  found: readonly ModelSummary[],
  { search, page, models }: { search: string; page: number; models: Models },
): Message {
  if (found.length === 0) {
    return message(
      line(`No model that may be used here has to do with “${search}”.`),
      note('Whoever runs Easel can allow more. /models alone lists those that may be used.'),
    );
  }
  const from = (page - 1) * SHOWN;
  const shown = found.slice(from, from + SHOWN);
  const last = Math.ceil(found.length / SHOWN);
  const next = page < last ? [`/models ${search} --page ${page + 1}`.replace(/\s+/u, ' ')] : [];
  return message(
    ...shown.flatMap(({ name, description }) => [
      line({ kind: 'strong', text: name }),
      note([description, ...wordFacts(models.find(name), models)].join(' · ')),
    ]),
    note(`${found.length} models, page ${Math.min(page, last)} of ${last}.`),
    ...next.map((command) => line('Next: ', { kind: 'code', text: command })),
    line('Details: ', { kind: 'code', text: `/models ${shown[0]?.name ?? 'name'}` }),
  );
}

function describeModel(model: ModelAdapter, models: Models): Message {
  const { name, description, endpoints, options } = model;
  const ids = endpoints.map(({ id }) => id);
  return message(
    line({ kind: 'strong', text: name }),
    line(description),
    note(
      [...(ids.length === 1 && ids[0] === name ? [] : ids), ...wordFacts(model, models)].join(
        ' · ',
      ),
    ),
    ...Object.entries(options).map(([option, facts]): Block =>
      line(
        { kind: 'code', text: facts.kind === 'file' ? option : `--${option}` },
        ` ${wordOption(facts)}${facts.required === true ? ' (needed)' : ''}: ${facts.description}`,
      ),
    ),
    line('Try: ', { kind: 'code', text: toExample(model) }),
  );
}

/** Price and duration, where they are known. */
function wordFacts({ endpoints }: ModelAdapter, models: Models): readonly string[] {
  const [first] = endpoints;
  if (!first) return [];
  const price = models.priceOf(first.id);
  const seconds = models.typicalSeconds(first.id);
  return [
    ...(price ? [wordPrice(price)] : []),
    ...(seconds === undefined ? [] : [`usually ${wordSeconds(seconds)}`]),
  ];
}

function wordPrice({ unitPrice, unit }: Price): string {
  const one = unit.replace(/s$/u, '');
  return `$${Number(unitPrice.toPrecision(3))} for each ${one}`;
}

function wordSeconds(seconds: number): string {
  return seconds < 90 ? `${Math.max(1, Math.round(seconds))} s` : `${Math.round(seconds / 60)} min`;
}

/** A command that works as it stands, with one of the model's own options. */
function toExample({ name, options }: ModelAdapter): string {
  const words = options['prompt'] ? ' a lighthouse in fog' : '';
  const [option, facts] =
    Object.entries(options).find(([, { kind, standard }]) => kind === 'choice' && standard) ?? [];
  const flag = option === undefined ? '' : ` --${option} ${facts?.standard ?? ''}`;
  return `/imagine${words} --model ${name}${flag}`;
}
