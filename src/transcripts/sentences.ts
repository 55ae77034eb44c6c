/** Where sentences end, in any script. */

const END = /[.!?…。！？؟۔।]["'”’»›」』)\]]*\s*$/u;
const PAUSE = /[,;:،、，；：–—-]["'”’»›」』)\]]*\s*$/u;

const sentences = new Intl.Segmenter('und', { granularity: 'sentence' });

export function endsSentence(text: string): boolean {
  return END.test(text);
}

/** Where one may draw breath: after a comma. */
export function endsClause(text: string): boolean {
  return PAUSE.test(text);
}

/** Put together, they are the text; blanks stand before a sentence. */
export function toSentences(text: string): readonly string[] {
  let blank = '';
  return Array.from(sentences.segment(text), ({ segment }) => {
    const sentence = segment.trimEnd();
    const whole = `${blank}${sentence}`;
    blank = segment.slice(sentence.length);
    return whole;
  });
}
