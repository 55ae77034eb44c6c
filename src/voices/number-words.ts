/** Whole numbers in English words: some write down what is said in digits, some in words. */

const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'zero ten twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const LARGEST = 999;

/** `three hundred sixty five`; larger numbers stay digits. */
export function toNumberWords(value: number): string {
  if (value > LARGEST || !Number.isInteger(value) || value < 0) return String(value);
  const hundreds = Math.floor(value / 100);
  const rest = value % 100;
  const words = hundreds === 0 ? [] : [`${SMALL[hundreds]} hundred`];
  return [...words, ...(rest > 0 || hundreds === 0 ? [belowHundred(rest)] : [])].join(' ');
}

function belowHundred(value: number): string {
  if (value < SMALL.length) return SMALL[value] ?? '';
  const tens = TENS[Math.floor(value / 10)] ?? '';
  return value % 10 === 0 ? tens : `${tens} ${SMALL[value % 10]}`;
}
