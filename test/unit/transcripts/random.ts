/** The same numbers on every run: a failure can be looked at again. */

/** From 0 up to 1 (Mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function pick<Value>(random: () => number, values: readonly Value[]): Value {
  return values[Math.floor(random() * values.length)]!;
}

const WORDS = {
  latin:
    'the Kowalski’s meeting, Łódź żółć; and then? “Yes.” café naïve 3.14 end. 👩‍👩‍👧 a --> <b> &'.split(
      ' ',
    ),
  arabic: 'مرحبا بكم في الاجتماع، شكرا؟ نعم. 🎉 القاهرة'.split(' '),
  japanese: [
    '東京は',
    '良い',
    '天気',
    'です。',
    'コーヒー',
    'を',
    '飲みます',
    '「はい」',
    '、',
    '々',
  ],
};

/** Words of one language, as a model would write them. */
export function randomText(random: () => number, count: number): { text: string; code: string } {
  const code = pick(random, ['pl', 'ar', 'ja'] as const);
  const words = { pl: WORDS.latin, ar: WORDS.arabic, ja: WORDS.japanese }[code];
  const chosen = Array.from({ length: count }, () => pick(random, words));
  return { text: chosen.join(code === 'ja' ? '' : ' '), code };
}
