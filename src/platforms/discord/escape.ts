/**
 * Makes text literal. discord.js's own `escapeMarkdown` leaves bare links, mentions, emoji and
 * timestamps alive, so every character that can begin markup is escaped here instead.
 */

/** What would ping, were `allowed_mentions` ever forgotten: broken apart by an invisible space. */
const PING = /@(?=everyone|here|[!&]?\d)/gu;
const MARKUP = /[\\*_~`|<>#[\]():-]/u;
const CONTROL = /\p{Cc}|[\u202A-\u202E\u2066-\u2069]/u;
const ZERO_WIDTH_SPACE = '\u200B';

/** One token for each character of `text`, escaped: cutting between tokens never breaks any. */
export function escapeTokens(text: string): readonly string[] {
  return Array.from(toHarmless(text), (character) =>
    MARKUP.test(character) ? `\\${character}` : character,
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
