/** Message → Discord's content and buttons. */
import {
  ButtonStyle,
  ComponentType,
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
} from 'discord.js';
import { cutText } from '../../cut-text.ts';
import type { Block, Button, Message } from '../../message.ts';
import { toCustomId } from './custom-id.ts';
import { joinLines, toLines, type Line } from './markup.ts';
import { PAGE_MARK_LENGTH, toPageMark } from './page-mark.ts';
import { toPages } from './pages.ts';

/** Discord refuses longer content. */
export const TEXT_LENGTH = 2000;
const LABEL_LENGTH = 80;
const BUTTONS_PER_ROW = 5;
const MOST_ROWS = 5;
const ELLIPSIS = '…';
const IN_FILE = 'the rest is in the file';
const NO_MORE = '-# There is more than Discord takes here: ask for something narrower to see it.';

type ButtonRow = APIActionRowComponent<APIButtonComponentWithCustomId>;

export interface Rendered {
  readonly content: string;
  readonly components: readonly ButtonRow[];
}

/** One message, whatever it takes: quotes give way first, so that what we say ourselves stays. */
export function render({ blocks, buttons }: Message): Rendered {
  const content = renderWhole(blocks) ?? renderWithCutQuotes(blocks) ?? renderBeginning(blocks);
  return { content, components: toRows(buttons) };
}

/** As many messages as it takes, nothing cut; where there are too many, the last one says so. */
export function renderPages(
  { blocks, buttons }: Message,
  most: number,
): readonly [Rendered, ...Rendered[]] {
  const [first = '', ...others] = splitPages(blocks, most);
  const components = toRows(buttons);
  const pages = others.map((content, at) => ({
    content,
    components: at === others.length - 1 ? components : [],
  }));
  return [{ content: first, components: others.length === 0 ? components : [] }, ...pages];
}

/**
 * As many messages as it takes, nothing cut, and each of several says which one it is; where there is
 * room for fewer, the last one says where the rest is.
 */
export function renderMarked(
  blocks: readonly Block[],
  most = Number.POSITIVE_INFINITY,
): readonly string[] {
  const lines = blocks.flatMap(toLines);
  const whole = toPages(lines, TEXT_LENGTH);
  if (whole.length === 1) return whole;
  const pages = toPages(lines, TEXT_LENGTH - PAGE_MARK_LENGTH);
  return pages.slice(0, most).map((page, at) => {
    const isCut = at === most - 1 && pages.length > most;
    return `${page}${toPageMark(at + 1, pages.length, isCut ? IN_FILE : undefined)}`;
  });
}

function splitPages(blocks: readonly Block[], most: number): readonly string[] {
  const lines = blocks.flatMap(toLines);
  const pages = toPages(lines, TEXT_LENGTH);
  if (pages.length <= most) return pages;
  const shorter = toPages(lines, TEXT_LENGTH - `\n${NO_MORE}`.length).slice(0, most);
  return shorter.map((page, at) => (at === most - 1 ? `${page}\n${NO_MORE}` : page));
}

function renderWhole(blocks: readonly Block[]): string | undefined {
  const content = joinLines(blocks.flatMap(toLines));
  return content.length <= TEXT_LENGTH ? content : undefined;
}

/** The quotes share what room the rest leaves; undefined where it leaves none. */
function renderWithCutQuotes(blocks: readonly Block[]): string | undefined {
  const spoken = blocks.map((block) => (block.kind === 'quote' ? '' : joinLines(toLines(block))));
  const quotes = blocks.filter((block) => block.kind === 'quote').length;
  const free = TEXT_LENGTH - spoken.join('\n').length;
  if (quotes === 0 || free < 0) return undefined;
  const share = Math.floor(free / quotes);
  return blocks
    .map((block, at) => (block.kind === 'quote' ? cutLines(toLines(block), share) : spoken[at]))
    .join('\n');
}

/** Joins as many tokens as have room; none is broken. */
function cutLines(lines: readonly Line[], room: number): string {
  const tokens = lines.flatMap(({ prefix, tokens }, at) => [
    at === 0 ? prefix : `\n${prefix}`,
    ...tokens,
  ]);
  if (tokens.join('').length <= room) return tokens.join('');
  let length = ELLIPSIS.length;
  const kept = tokens.findIndex((token) => {
    length += token.length;
    return length > room;
  });
  return kept === 0 ? '' : `${tokens.slice(0, kept).join('')}${ELLIPSIS}`;
}

/** What would be the first of several messages. */
function renderBeginning(blocks: readonly Block[]): string {
  const [first = ''] = toPages(blocks.flatMap(toLines), TEXT_LENGTH - ELLIPSIS.length);
  return `${first}${ELLIPSIS}`;
}

export function toRows(buttons: readonly Button[]): readonly ButtonRow[] {
  const count = Math.min(MOST_ROWS, Math.ceil(buttons.length / BUTTONS_PER_ROW));
  return Array.from({ length: count }, (_, row) => ({
    type: ComponentType.ActionRow,
    components: buttons
      .slice(row * BUTTONS_PER_ROW, (row + 1) * BUTTONS_PER_ROW)
      .map((button) => toButton(button)),
  }));
}

function toButton(button: Button): APIButtonComponentWithCustomId {
  return {
    type: ComponentType.Button,
    style: STYLES[button.style],
    label: cutText(button.label, LABEL_LENGTH),
    custom_id: toCustomId(button),
  };
}

const STYLES = {
  primary: ButtonStyle.Primary,
  secondary: ButtonStyle.Secondary,
  danger: ButtonStyle.Danger,
} as const;
