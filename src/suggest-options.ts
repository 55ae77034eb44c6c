/** What to offer while somebody types an option's value, or flags in plain text. */
import type { Models, ModelSummary } from './models/model.ts';
import { toChoices, type Choice, type Options, type RawValues, type Suggest } from './option.ts';
import { wordOption } from './option-words.ts';

/** As many as an autocompletion can show anywhere. */
const MOST_SUGGESTIONS = 100;

/** Models by name, or by words on what they are good for. */
export function suggestModels(
  models: Models,
  isOffered: (model: ModelSummary) => boolean = () => true,
): Suggest {
  return (begun) =>
    models
      .search(begun)
      .filter(isOffered)
      .slice(0, MOST_SUGGESTIONS)
      .map(({ name, description }) => ({ value: name, label: `${name}: ${description}` }));
}

/** The values of one option that fit what was begun; none where anything may be typed. */
export function suggestValues(
  options: Options,
  name: string,
  begun: string,
  filledIn: RawValues,
): readonly Choice[] {
  const option = options[name];
  if (option?.kind === 'suggested') return option.suggest(begun, filledIn);
  if (option?.kind === 'flag') return toChoices(['yes', 'no'], begun);
  if (option?.kind !== 'choice') return [];
  const values = option.choices.map(({ value }) => value);
  return toChoices(values, begun);
}

/** Completes the last flag or its value, and keeps what stands before. */
export function suggestFlags(
  options: Options,
  begun: string,
  filledIn: RawValues,
): readonly Choice[] {
  const { before, flag, word } = readLastFlag(begun);
  if (flag === undefined) return suggestNames(options, before, word);
  const values = suggestValues(options, flag.replaceAll('-', '_'), word, filledIn);
  if (values.length === 0) return suggestNames(options, `${before}--${flag} `, word);
  return values.map((one) => ({ ...one, value: `${before}--${flag} ${one.value}` }));
}

/** The words up to the last flag, the flag that still waits for its value, and the word begun. */
function readLastFlag(begun: string): { before: string; flag: string | undefined; word: string } {
  const [, before = '', flag, word = ''] = /^(.*?)(?:--([\w.-]+)[ =])?(\S*)$/su.exec(begun) ?? [];
  return { before, flag, word };
}

function suggestNames(options: Options, before: string, word: string): readonly Choice[] {
  if (word !== '' && !word.startsWith('-')) return [];
  const name = word.replace(/^-+/u, '').replaceAll('-', '_');
  return Object.entries(options)
    .filter(([known, { kind }]) => known !== 'prompt' && kind !== 'file' && known.startsWith(name))
    .map(([known, option]) => ({
      value: `${before}--${known} `,
      label: `--${known} (${wordOption(option)})`,
    }));
}
