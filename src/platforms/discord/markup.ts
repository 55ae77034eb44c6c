/** Blocks → lines of Discord's markup. Everything that is not our own markup is escaped. */
import type { Block, Inline, MessageRef } from '../../message.ts';
import { escapeText, escapeTokens, toCode } from './escape.ts';

/** A longer run of one markup is broken, so that each token fits a message. */
const SPAN_LENGTH = 1900;

export interface Line {
  /** What makes the line a quote or small print; repeated where the line is broken. */
  readonly prefix: string;
  /** Pieces between which the line may be cut. */
  readonly tokens: readonly string[];
}

export function toLines(block: Block): readonly Line[] {
  const prefix = PREFIXES[block.kind];
  return splitAt('\n', toTokens(block)).map((tokens) => ({ prefix, tokens }));
}

export function joinLines(lines: readonly Line[]): string {
  return lines.map(({ prefix, tokens }) => `${prefix}${tokens.join('')}`).join('\n');
}

const PREFIXES = { line: '', quote: '> ', note: '-# ' } as const;

function toTokens(block: Block): readonly string[] {
  return block.kind === 'quote' ? escapeTokens(block.text.trim()) : block.parts.flatMap(toInline);
}

function toInline(part: Inline): readonly string[] {
  if (typeof part === 'string') return escapeTokens(part);
  switch (part.kind) {
    case 'strong':
      return toSpans(part.text, (text) => `**${escapeText(text)}**`);
    case 'code':
      return toSpans(part.text.replaceAll(/\r\n?|\n/gu, ' '), toCode);
    case 'moment':
      return [`<t:${Math.round(part.at.getTime() / 1000)}:R>`];
    case 'link':
      return [`[${escapeText(part.label)}](${toTarget(part.address)})`];
    case 'message-link':
      return [toMessageLink(part.label, part.to)];
  }
}

/** On lines of their own: two spans that touch would be read as something else. */
function toSpans(text: string, wrap: (text: string) => string): readonly string[] {
  const spans = text.split('\n').flatMap((line) => breakSpan(line, wrap));
  return spans.flatMap((span, at) => (at === 0 ? [span] : ['\n', span]));
}

function breakSpan(text: string, wrap: (text: string) => string): readonly string[] {
  const span = wrap(text);
  if (span.length <= SPAN_LENGTH) return [span];
  const characters = Array.from(text);
  const middle = Math.ceil(characters.length / 2);
  const space = characters.lastIndexOf(' ', middle);
  const halves = [characters.slice(0, space + 1 || middle), characters.slice(space + 1 || middle)];
  return halves.flatMap((half) => breakSpan(half.join(''), wrap));
}

/** White space and a bracket would end it. */
function toTarget(address: string): string {
  return new URL(address).href.replaceAll('(', '%28').replaceAll(')', '%29');
}

function toMessageLink(label: string, to: MessageRef): string {
  const text = escapeText(label);
  const guild = to.details['guild'];
  if (to.platform !== 'discord' || guild === undefined) return text;
  return `[${text}](https://discord.com/channels/${guild}/${to.channel}/${to.id})`;
}

function splitAt(mark: string, tokens: readonly string[]): readonly (readonly string[])[] {
  const lines: string[][] = [[]];
  for (const token of tokens) {
    if (token === mark) lines.push([]);
    else lines.at(-1)?.push(token);
  }
  return lines;
}
