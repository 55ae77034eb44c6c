/**
 * The last line of a message that is one of several: people see that there is more, two pages of the
 * same words are told apart, and a page is known for one of Easel's although it has neither files nor
 * buttons. Nobody else can write it: in what people and models say, such a line would be escaped.
 */

/** Room for the longest one. */
export const PAGE_MARK_LENGTH = 48;
const MARK = /(?:^|\n)-# Page \d+ of \d+(?:: [^\n]*)?\s*$/u;

/** `more` says what becomes of the pages that there is no room for. */
export function toPageMark(page: number, of: number, more?: string): string {
  return `\n-# Page ${page} of ${of}${more === undefined ? '' : `: ${more}`}`;
}

/** `content` is a message of Easel's own. */
export function isMarkedPage(content: string): boolean {
  return MARK.test(content);
}

export function withoutPageMark(content: string): string {
  return content.replace(MARK, '');
}
