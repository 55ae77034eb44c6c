/**
 * A neutral message as Slack's blocks and fallback text. Somebody's own words go into plain text,
 * which Slack does not parse; everything else is escaped, the fallback too: it notifies as well.
 */
import type { ActionsBlock, KnownBlock } from '@slack/web-api';
import { cutText } from '../../cut-text.ts';
import type { Block, Button, Message } from '../../message.ts';
import { escape, pack, toAtoms, toWords, type RenderParts } from './markup.ts';

/** Slack's limits, and an observed one for all blocks of a message together (13,200). */
const SECTION_LENGTH = 3000;
const TEXT_LENGTH = 4000;
const TOTAL_LENGTH = 12_000;
const BLOCKS = 50;
const BUTTONS = 25;
const BUTTON_LABEL_LENGTH = 75;
/** A message must say something. */
const SPEECHLESS = 'Easel';

export interface SlackContent {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** One message; what is too long for it is left out, and says so. */
export function toContent(message: Message, parts: RenderParts): SlackContent {
  const [first = [], ...others] = paginate(toPieces(message, parts), roomFor(message));
  const pieces = others.length > 0 ? [...first, { kind: 'note' as const, text: '…' }] : first;
  return toMessage(pieces, message.buttons);
}

/** As many messages as it takes to say everything; the buttons are on the last one. */
export function toPages(message: Message, parts: RenderParts): readonly SlackContent[] {
  const pages = paginate(toPieces(message, parts), roomFor(message));
  if (pages.length === 0) return [toMessage([], message.buttons)];
  return pages.map((pieces, at) =>
    toMessage(pieces, at === pages.length - 1 ? message.buttons : []),
  );
}

/** What stands beside files is one text; what does not fit into it follows in messages of its own. */
export function toCaption(
  message: Message,
  parts: RenderParts,
): { readonly comment: string; readonly rest: readonly SlackContent[] } {
  const pieces = toPieces(message, parts);
  const end = pieces.findIndex((_, at) => lengthOf(pieces.slice(0, at + 1)) > TEXT_LENGTH);
  const head = end === -1 ? pieces : pieces.slice(0, end);
  const rest = paginate(pieces.slice(head.length), BLOCKS);
  return { comment: toFallback(head), rest: rest.map((page) => toMessage(page, [])) };
}

/** What becomes one block, or a line of one: no longer than a section. */
interface Piece {
  readonly kind: Block['kind'];
  /** Markup, and for a quote its plain words. */
  readonly text: string;
}

function toPieces(message: Message, parts: RenderParts): readonly Piece[] {
  return message.blocks.flatMap((block) =>
    pack(atomsOf(block, parts), SECTION_LENGTH)
      .map((text) => ({ kind: block.kind, text: text.trim() }))
      .filter(({ text }) => text !== ''),
  );
}

function atomsOf(block: Block, parts: RenderParts): readonly string[] {
  if (block.kind === 'quote') return toWords(block.text.trim(), SECTION_LENGTH, (text) => text);
  return block.parts.flatMap((part) => toAtoms(part, SECTION_LENGTH, parts));
}

/** One block is kept for the ellipsis of what is left out. */
function roomFor({ buttons }: Message): number {
  return buttons.length > 0 ? BLOCKS - 2 : BLOCKS - 1;
}

function paginate(pieces: readonly Piece[], room: number): readonly (readonly Piece[])[] {
  const pages: Piece[][] = [];
  let left = 0;
  for (const piece of pieces.length > room ? merge(pieces) : pieces) {
    const page = pages.at(-1);
    if (page && page.length < room && piece.text.length <= left) page.push(piece);
    else {
      pages.push([piece]);
      left = TOTAL_LENGTH - 1;
    }
    left -= piece.text.length;
  }
  return pages;
}

/** Many short lines share sections. */
function merge(pieces: readonly Piece[]): readonly Piece[] {
  const merged: Piece[] = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    const text = `${last?.text ?? ''}\n${piece.text}`;
    const fits = last?.kind === piece.kind && piece.kind !== 'quote';
    if (fits && text.length <= SECTION_LENGTH) merged.splice(-1, 1, { kind: piece.kind, text });
    else merged.push(piece);
  }
  return merged;
}

/** Text and blocks always go together: an edit without one of them leaves the old one or none. */
function toMessage(pieces: readonly Piece[], buttons: readonly Button[]): SlackContent {
  const blocks = pieces.map(toKnownBlock);
  if (buttons.length > 0) blocks.push(toActions(buttons.slice(0, BUTTONS)));
  return { text: toFallback(pieces), blocks };
}

/** Cards keep to these kinds: Slack refuses to replace a rich-text block by another kind. */
function toKnownBlock({ kind, text }: Piece): KnownBlock {
  switch (kind) {
    case 'line':
      return { type: 'section', text: { type: 'mrkdwn', text, verbatim: true } };
    case 'quote':
      return { type: 'section', text: { type: 'plain_text', text, emoji: false } };
    case 'note':
      return { type: 'context', elements: [{ type: 'mrkdwn', text, verbatim: true }] };
  }
}

/** For notifications and screen readers: one text, escaped like markup. */
function toFallback(pieces: readonly Piece[]): string {
  const lines: string[] = [];
  let left = TEXT_LENGTH;
  for (const piece of pieces) {
    const line = fallbackOf(piece, left);
    lines.push(line);
    left -= line.length + 1;
    // What was cut is the end; somebody's words may end with an ellipsis of their own.
    if (line !== writtenOf(piece) || left <= 1) break;
  }
  return lines.join('\n') || SPEECHLESS;
}

/** Plain words may be cut anywhere; markup is there as a whole or not at all. */
function fallbackOf(piece: Piece, limit: number): string {
  const { kind, text } = piece;
  const whole = writtenOf(piece);
  if (whole.length <= limit) return whole;
  if (kind !== 'quote') return '…';
  return `${pack(toWords(text, limit - 1, escape), limit - 1)[0] ?? ''}…`;
}

function writtenOf({ kind, text }: Piece): string {
  return kind === 'quote' ? escape(text) : text;
}

function lengthOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => sum + writtenOf(piece).length + 1, -1);
}

function toActions(buttons: readonly Button[]): ActionsBlock {
  return {
    type: 'actions',
    elements: buttons.map(({ label, style, command, job }, at) => ({
      type: 'button',
      text: { type: 'plain_text', text: cutText(label, BUTTON_LABEL_LENGTH), emoji: false },
      action_id: toActionId(command, buttons.slice(0, at)),
      value: job,
      ...(style !== 'secondary' && { style }),
    })),
  };
}

/**
 * The version lets a later Easel tell the buttons of an older one apart. No two of a block may have
 * the same id, so that further buttons of a command have a number.
 */
function toActionId(command: string, before: readonly Button[]): string {
  const earlier = before.filter((button) => button.command === command).length;
  return earlier === 0 ? `v1:${command}` : `v1:${command}:${earlier + 1}`;
}
