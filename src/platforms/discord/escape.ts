/**
 * Makes text literal. discord.js's own `escapeMarkdown` leaves bare links, mentions, emoji and
 * timestamps alive, so whatever can begin markup is escaped here instead; the rest stays as it
 * is, because notifications show the backslashes.
 */

/** What would ping, were `allowed_mentions` ever forgotten: broken apart by an invisible space. */
const PING = /@(?=everyone|here|[!&]?\d)/gu;
/** Each character; in the group where it is markup: anywhere, opening a line, or in a bare link. */
const CHARACTER = /([\\*_~`|<[\]]|(?<=^[ \t]*)[#>-]|:(?=\/\/))|[\s\S]/gmu;
const CONTROL = /\p{Cc}|[\u202A-\u202E\u2066-\u2069]/u;
const ZERO_WIDTH_SPACE = '\u200B';

/** One token for each character of `text`, escaped: cutting between tokens never breaks any. */
export function escapeTokens(text: string): readonly string[] {
  return Array.from(toHarmless(text).matchAll(CHARACTER), ([character, markup]) =>
    markup === undefined ? character : `\\${markup}`,
  );
}

export function escapeText(text: string): string {
  return escapeTokens(text).join('');
}

/** In a code span nothing but a backtick means anything. */
export function toCode(text: string): string {
  return `\`${toHarmless(text).replaceAll('`', 'ˋ').replaceAll('\n', ' ')}\``;
}

/** Line breaks stay; other control characters and changes of writing direction go. */
function toHarmless(text: string): string {
  const characters = Array.from(text.replaceAll(/\r\n?/gu, '\n'), (character) =>
    character !== '\n' && CONTROL.test(character) ? ' ' : character,
  );
  return characters.join('').replaceAll(PING, `@${ZERO_WIDTH_SPACE}`);
}
