/**
 * Makes text literal. discord.js's own `escapeMarkdown` leaves bare links, mentions, emoji and
 * timestamps alive, so every character that can begin markup is escaped here instead.
 */

/** What would ping, were `allowed_mentions` ever forgotten: broken apart by an invisible space. */
const PING = /@(?=everyone|here|[!&]?\d)/u;
const TOKEN = new RegExp(`${PING.source}|[\\s\\S]`, 'gu');
const MARKUP = /[\\*_~`|<>#[\]():-]/u;
const CONTROL = /\p{Cc}|[\u202A-\u202E\u2066-\u2069]/u;
const ZERO_WIDTH_SPACE = '\u200B';

/** One token for each character of `text`, escaped: cutting between tokens never breaks any. */
export function escapeTokens(text: string): readonly string[] {
  return (cleaned(text).match(TOKEN) ?? []).map((token) => {
    if (token === '@') return defuse(token);
    return MARKUP.test(token) ? `\\${token}` : token;
  });
}

export function escapeText(text: string): string {
  return escapeTokens(text).join('');
}

/** In a code span nothing but a backtick means anything. */
export function toCode(text: string): string {
  const literal = cleaned(text).replaceAll('`', 'ˋ').replaceAll('\n', ' ');
  return `\`${literal.replaceAll(new RegExp(PING, 'gu'), defuse)}\``;
}

function defuse(at: string): string {
  return `${at}${ZERO_WIDTH_SPACE}`;
}

/** Line breaks stay; other control characters and changes of writing direction go. */
function cleaned(text: string): string {
  return Array.from(text.replaceAll(/\r\n?/gu, '\n'), (character) =>
    character !== '\n' && CONTROL.test(character) ? ' ' : character,
  ).join('');
}
