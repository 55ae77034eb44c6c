import { defineCommand, type Vocabulary } from '../src/command.ts';
import { line, message, note, type Block, type Message } from '../src/message.ts';
import type { ModelAdapter, Models, ModelSummary, Price } from '../src/models/model.ts';
import type { Option, Options } from '../src/option.ts';
import { wordOption } from '../src/option-words.ts';
import { suggestModels } from '../src/suggest-options.ts';

const SHOWN = 10;

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
        suggest: suggestModels(models),
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
  const ids = endpoints.map(({ id }) => id).filter((id) => id !== name);
  const facts = [...ids, ...wordFacts(model, models)];
  return message(
    line({ kind: 'strong', text: name }),
    line(description),
    ...(facts.length === 0 ? [] : [note(facts.join(' · '))]),
    ...Object.entries(options)
      .filter(([option]) => !isFurther(option, options))
      .map(([option, facts]) => describeOption(option, facts)),
    line('Try: ', { kind: 'code', text: toExample(model) }),
  );
}

/** `image2` says nothing that `image` does not. */
function isFurther(name: string, options: Options): boolean {
  const stem = name.replace(/\d+$/u, '');
  return stem !== name && options[name]?.kind === 'file' && options[stem]?.kind === 'file';
}

function describeOption(name: string, option: Option): Block {
  const shown = option.kind === 'file' ? name : `--${name}`;
  const needed = option.required === true ? ', needed' : '';
  const legal = `${wordOption(option)}${needed}`;
  return line({ kind: 'code', text: shown }, ` ${option.description} (${legal})`);
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
  const files = Object.entries(options).filter(
    ([, { kind, required }]) => kind === 'file' && required,
  );
  const attached = files.map(([file]) => ` (attach: ${file})`).join('');
  const [flag = ''] = Object.entries(options).flatMap(([option, facts]) => toFlag(option, facts));
  return `/imagine${words} --model ${name}${flag}${attached}`;
}

/** A value that is not the usual one, where the option has a list of them. */
function toFlag(name: string, option: Option): readonly string[] {
  if (option.kind !== 'choice' && (option.kind !== 'suggested' || name === 'aspect_ratio'))
    return [];
  const values = option.kind === 'choice' ? option.choices : option.suggest('', {});
  const other = values.map(({ value }) => value).find((value) => value !== option.standard);
  return other === undefined || /\s/u.test(other) ? [] : [` --${name} ${other}`];
}
