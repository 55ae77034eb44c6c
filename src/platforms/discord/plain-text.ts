/** What a message says, without Discord's markup: to be read aloud, or to look for words in it. */
import type { Block } from '../../message.ts';
import { joinLines, toLines } from './markup.ts';
import { flattenComponents, type SeenContent, type SeenMessage } from './seen-message.ts';

/** What Discord writes as a number: undefined where nobody knows the name. */
export interface Names {
  person(id: string): string | undefined;
  role(id: string): string | undefined;
  channel(id: string): string | undefined;
}

/** Code, and what a backslash stands before, mean nothing else. */
const LITERAL = /```[\s\S]*?```|(`+)[\s\S]*?\1|\\[!-/:-@[-`{-~]/gu;
const CODE_EDGE = /^(?:```(?:[\w+#-]*\n)?|`+)|`+$/gu;
const REFERENCE = /<(@!?|@&|#|a?:\w+:|t:|\/[^:<>]+:)(-?\d+)(?::[A-Za-z])?>/gu;
const MASKED_LINK = /\[([^\][]+)\]\(<?[^\s()<>]+>?(?: "[^"]*")?\)/gu;
const BRACKETED_LINK = /<(https?:\/\/[^\s<>]+)>/gu;
/** Quotes, small print and headings. */
const LINE_START = /^(?:(?:>>>|>|-#|#{1,3})(?: |$))+/gmu;
const EMPHASIS =
  /(\*{1,3}(?!\*)|_{2,3}(?!_)|~~(?!~)|\|\|(?!\|))(?=\S)(.+?)(?<=\S)\1|(?<![\p{L}\p{N}_])_(?!_)(?=\S)(.+?)(?<=\S)_(?![\p{L}\p{N}_])/gsu;
/** How deep emphasis is taken off within emphasis. */
const MOST_LAYERS = 4;
const PUNCTUATION = /[!-/:-@[-`{-~]/gu;
/** Where punctuation waits that is no markup: Unicode keeps this range free for such uses. */
const SHELTER = 0xe0_00;
const SHELTERED = /[\uE021-\uE07E]/gu;
/** What Easel's own messages break pings with. */
const BROKEN_PING = /@\u200B/gu;

/** A forwarded message counts by what it says itself. */
export function toPlainText(message: SeenMessage, names: Names): string {
  return [message, ...message.message_snapshots.map((snapshot) => snapshot.message)]
    .map((content) => unmark(readWords(content), names))
    .filter((text) => text !== '')
    .join('\n\n');
}

/** What Easel itself says, for a file. */
export function toPlainWords(blocks: readonly Block[]): string {
  return unmark(joinLines(blocks.flatMap(toLines)), NO_NAMES);
}

function nobody(): undefined {
  return undefined;
}
const NO_NAMES: Names = { person: nobody, role: nobody, channel: nobody };

/** Embeds are mostly previews of what the words link to: they count where there are no words. */
function readWords({ content, components, embeds }: SeenContent): string {
  if (content.trim() !== '') return content;
  const inComponents = flattenComponents(components).map((component) => component.content);
  const inEmbeds = embeds.flatMap(({ title, description, fields }) => [
    title,
    description,
    ...(fields ?? []).flatMap(({ name, value }) => [name, value]),
  ]);
  return [...inComponents, ...inEmbeds].filter((text) => text?.trim()).join('\n');
}

function unmark(text: string, names: Names): string {
  const literal = text.replaceAll(LITERAL, (whole) =>
    shelter(whole.startsWith('\\') ? whole.slice(1) : whole.replaceAll(CODE_EDGE, '')),
  );
  const named = literal
    .replaceAll(REFERENCE, (whole, kind: string, id: string) =>
      shelter(wordReference(kind, id, names) ?? whole),
    )
    .replaceAll(MASKED_LINK, '$1')
    .replaceAll(BRACKETED_LINK, '$1')
    .replaceAll(LINE_START, '');
  return unshelter(withoutEmphasis(named)).replaceAll(BROKEN_PING, '@').trim();
}

function wordReference(kind: string, id: string, names: Names): string | undefined {
  if (kind === '@' || kind === '@!') return `@${names.person(id) ?? 'somebody'}`;
  if (kind === '@&') return `@${names.role(id) ?? 'role'}`;
  if (kind === '#') return `#${names.channel(id) ?? 'channel'}`;
  if (kind === 't:') return wordMoment(Number(id));
  if (kind.startsWith('/')) return kind.slice(0, -1);
  return kind.replace('a:', ':');
}

function wordMoment(seconds: number): string | undefined {
  const moment = new Date(seconds * 1000);
  if (Number.isNaN(moment.getTime())) return undefined;
  return `${moment.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function withoutEmphasis(text: string): string {
  let left = text;
  for (let layer = 0; layer < MOST_LAYERS; layer += 1) {
    left = left.replaceAll(
      EMPHASIS,
      (_, _mark?: string, inner?: string, italic?: string) => inner ?? italic ?? '',
    );
  }
  return left;
}

function shelter(text: string): string {
  return text.replaceAll(PUNCTUATION, (mark) =>
    String.fromCodePoint(SHELTER + (mark.codePointAt(0) ?? 0)),
  );
}

function unshelter(text: string): string {
  return text.replaceAll(SHELTERED, (mark) =>
    String.fromCodePoint((mark.codePointAt(0) ?? SHELTER) - SHELTER),
  );
}
