/** Message → Discord's content and buttons. Everything that is not our own markup is escaped. */
import {
  ButtonStyle,
  ComponentType,
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
} from 'discord.js';
import type { Block, Button, Inline, Message, MessageRef } from '../../message.ts';
import { toCustomId } from './custom-id.ts';
import { escapeText, escapeTokens, toCode } from './escape.ts';

/** Discord refuses longer content. */
export const TEXT_LENGTH = 2000;
const LABEL_LENGTH = 80;
const BUTTONS_PER_ROW = 5;
const ELLIPSIS = '…';

type ButtonRow = APIActionRowComponent<APIButtonComponentWithCustomId>;

export interface Rendered {
  readonly content: string;
  readonly components: readonly ButtonRow[];
}

export function render(message: Message): Rendered {
  return { content: renderBlocks(message.blocks), components: toRows(message.buttons) };
}

/** Where the text is too long, quotes give way: what we say ourselves stays whole. */
function renderBlocks(blocks: readonly Block[]): string {
  const spoken = blocks.map((block) => (block.kind === 'quote' ? [] : toTokens(block)));
  const quotes = blocks.filter((block) => block.kind === 'quote').length;
  const free = TEXT_LENGTH - spoken.map((tokens) => tokens.join('')).join('\n').length;
  const share = Math.floor(free / Math.max(1, quotes));
  const tokens = blocks.flatMap((block, at) => [
    at === 0 ? '' : '\n',
    ...(block.kind === 'quote' ? [renderQuote(block.text, share)] : (spoken[at] ?? [])),
  ]);
  return cut(tokens, TEXT_LENGTH);
}

/** Pieces between which the text may be cut. */
function toTokens({ kind, parts }: Exclude<Block, { kind: 'quote' }>): readonly string[] {
  const tokens = parts.flatMap(renderInline);
  if (kind === 'line') return tokens;
  return ['-# ', ...tokens.map((token) => token.replaceAll('\n', '\n-# '))];
}

function renderQuote(text: string, room: number): string {
  if (room <= '> '.length) return '';
  const tokens = escapeTokens(text.trim()).map((token) => (token === '\n' ? '\n> ' : token));
  return cut(['> ', ...tokens], room);
}

/** Joins as many tokens as have room; none is broken. */
function cut(tokens: readonly string[], room: number): string {
  const whole = tokens.join('');
  if (whole.length <= room) return whole;
  let length = ELLIPSIS.length;
  const kept = tokens.findIndex((token) => {
    length += token.length;
    return length > room;
  });
  return `${tokens.slice(0, kept).join('')}${ELLIPSIS}`;
}

function renderInline(part: Inline): readonly string[] {
  if (typeof part === 'string') return escapeTokens(part);
  switch (part.kind) {
    case 'strong':
      return [`**${escapeText(part.text)}**`];
    case 'code':
      return [toCode(part.text)];
    case 'moment':
      return [`<t:${Math.round(part.at.getTime() / 1000)}:R>`];
    case 'message-link':
      return [renderLink(part.label, part.to)];
  }
}

function renderLink(label: string, to: MessageRef): string {
  const text = escapeText(label);
  const guild = to.details['guild'];
  if (to.platform !== 'discord' || guild === undefined) return text;
  return `[${text}](https://discord.com/channels/${guild}/${to.channel}/${to.id})`;
}

function toRows(buttons: readonly Button[]): readonly ButtonRow[] {
  const count = Math.ceil(buttons.length / BUTTONS_PER_ROW);
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
    label: cut(Array.from(button.label), LABEL_LENGTH),
    custom_id: toCustomId(button),
  };
}

const STYLES = {
  primary: ButtonStyle.Primary,
  secondary: ButtonStyle.Secondary,
  danger: ButtonStyle.Danger,
} as const;
