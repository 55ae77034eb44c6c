/** Languages in words: which were found, and whether the model may have lost its way. */
import type { SpokenLanguage, Transcript } from './transcript.ts';
import { wordTime } from './word-time.ts';

const names = new Intl.DisplayNames('en', { type: 'language' });
const lists = new Intl.ListFormat('en');
/** More changes than that are no longer told one by one. */
const MOST_CHANGES = 5;

/** One code for each language: models say `pl`, `pol` or `Polish`. Undefined for what is none. */
export function toLanguageCode(text: string): string | undefined {
  const word = text.trim();
  if (word === '') return undefined;
  try {
    return /^[a-z]{2,3}(?:[-_]|$)/iu.test(word)
      ? Intl.getCanonicalLocales(word.replaceAll('_', '-'))[0]
      : word.toLowerCase();
  } catch {
    return word.toLowerCase();
  }
}

/** In English, such as `Polish`. */
export function wordLanguage(code: string): string {
  const name = findName(code) ?? code;
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function findName(code: string): string | undefined {
  try {
    return names.of(code);
  } catch {
    return undefined;
  }
}

/** Such as “Language: Polish”; undefined where the model did not say. */
export function wordLanguages({ languages }: Pick<Transcript, 'languages'>): string | undefined {
  const found = [...new Set(languages.map(({ code }) => wordLanguage(code)))];
  if (found.length === 0) return undefined;
  return `${found.length === 1 ? 'Language' : 'Languages'}: ${found.join(', ')}`;
}

/** What to tell where the language changes: it may be so, or the model is wrong about it. */
export function findDrift({ languages }: Pick<Transcript, 'languages'>): string | undefined {
  const [first, ...others] = collapseLanguages(languages);
  if (!first || others.length === 0) return undefined;
  const told = others.slice(0, MOST_CHANGES).map(wordChange);
  const rest = others.length - told.length;
  const changes = rest === 0 ? told : [...told, `${rest} more ${rest === 1 ? 'time' : 'times'}`];
  return (
    `The language changes from ${wordLanguage(first.code)} ${lists.format(changes)}. ` +
    'If that is wrong, ask again and name the language.'
  );
}

function wordChange({ code, from }: SpokenLanguage): string {
  return `to ${wordLanguage(code)}${from === undefined ? '' : ` at ${wordTime(from)}`}`;
}

/** Only where it changes. */
export function collapseLanguages(languages: readonly SpokenLanguage[]): readonly SpokenLanguage[] {
  return languages.filter(({ code }, at) => code !== languages[at - 1]?.code);
}
