/** What an owner reads out: what is allowed, in plain words, and words that nobody can guess. */
import { randomInt } from 'node:crypto';
import { toNumberWords } from './number-words.ts';
import type { VoiceScope } from './plan.ts';

export interface Sentence {
  /** Some 55 words: reading them takes well over ten seconds. */
  readonly text: string;
  /** The random ones among its words. */
  readonly words: readonly string[];
}

/** Words that are seldom misheard and are spelt in one way only. */
const ADJECTIVES =
  'green yellow purple orange silver golden wooden quiet heavy gentle hungry sleepy clever frozen broken empty narrow ancient modern simple lucky noisy dusty shiny friendly little happy bitter hollow crooked careful velvet'.split(
    ' ',
  );
const THINGS =
  'lantern river kettle window garden pocket candle button ladder basket hammer mirror pillow bottle engine island forest market castle tunnel rabbit camel tiger turtle falcon spider dolphin penguin donkey monkey banana lemon carrot walnut biscuit blanket'.split(
    ' ',
  );
const PEOPLE =
  'baker doctor teacher farmer sailor painter pilot driver dentist gardener singer dancer hunter soldier lawyer postman'.split(
    ' ',
  );
const DEEDS =
  'carried painted followed repaired borrowed counted polished delivered noticed collected measured answered'.split(
    ' ',
  );
const DAYS = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');
const NUMBERS = 'three five six seven nine ten eleven twelve'.split(' ');

const SCOPES: Readonly<Record<VoiceScope, string>> = {
  me: 'for me alone',
  channel: 'for everybody in this channel',
  everyone: 'for everybody in this workspace',
};

export interface Allowance {
  /** The voice's name. */
  readonly name: string;
  readonly scope: VoiceScope;
  readonly days: number;
}

/** Without these a reading allows nothing. */
export const ALLOWING_WORDS: readonly string[] = ['allow', 'imitate', 'voice'];

export function makeSentence({ name, scope, days }: Allowance): Sentence {
  const words: string[] = [];
  const draw = (list: readonly string[], ending = ''): string => {
    const word = `${pick(list.filter((one) => !words.includes(one)))}${ending}`;
    words.push(word);
    return word;
  };
  const some = () => withArticle(`${draw(ADJECTIVES)} ${draw(THINGS)}`);
  const time = days === 1 ? 'one day' : `${toNumberWords(days)} days`;
  const text = [
    'I am reading this out in my own voice.',
    `I allow Easel to imitate my voice under the name ${name}, ${SCOPES[scope]}, for ${time}.`,
    `On ${draw(DAYS)} the ${draw(ADJECTIVES)} ${draw(PEOPLE)} ${draw(DEEDS)} ${draw(NUMBERS)}`,
    `${draw(ADJECTIVES)} ${draw(THINGS, 's')}.`,
    `Later ${some()} and ${some()} were left near the ${draw(THINGS)}.`,
    'I can take this back at any time.',
  ].join(' ');
  return { text, words };
}

function withArticle(words: string): string {
  return `${/^[aeiou]/u.test(words) ? 'an' : 'a'} ${words}`;
}

function pick(list: readonly string[]): string {
  return list[randomInt(list.length)] ?? '';
}
