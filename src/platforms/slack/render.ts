/**
 * A neutral message as Slack's blocks and fallback text. Somebody's own words go into plain text,
 * which Slack does not parse; everything else is escaped, the fallback too: it notifies as well.
 */
import type { ActionsBlock, KnownBlock } from '@slack/web-api';
import type { Block, Button, Inline, Message, MessageRef } from '../../message.ts';

/** Slack's limits, and an observed one for all blocks of a message together (13,200). */
const SECTION_LENGTH = 3000;
const TEXT_LENGTH = 4000;
const TOTAL_LENGTH = 12_000;
const BLOCKS = 50;
const BUTTONS = 25;
const BUTTON_LABEL_LENGTH = 75;

export interface RenderParts {
  readonly now: Date;
  /** Such as `https://acme.slack.com/`. */
  readonly workspaceUrl: string;
}

export interface SlackContent {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** Text and blocks always go together: an edit without one of them leaves the old one or none. */
export function toContent(message: Message, parts: RenderParts): SlackContent {
  const buttons = message.buttons.slice(0, BUTTONS);
  const room = buttons.length > 0 ? BLOCKS - 1 : BLOCKS;
  const blocks: KnownBlock[] = [];
  let left = TOTAL_LENGTH;
  for (const block of message.blocks.slice(0, room)) {
    const limit = Math.min(left, SECTION_LENGTH);
    const rendered = toBlock(block, limit, parts);
    if (!rendered) continue;
    blocks.push(rendered.block);
    left -= rendered.length;
  }
  if (buttons.length > 0) blocks.push(toActions(buttons));
  return { text: toMrkdwn(message, parts), blocks };
}

/** The whole message as one escaped text: for notifications, screen readers and captions. */
export function toMrkdwn(message: Message, parts: RenderParts): string {
  const lines: string[] = [];
  let left = TEXT_LENGTH;
  for (const block of message.blocks) {
    const line = toText(block, left, parts);
    if (line === '') continue;
    lines.push(line);
    left -= line.length + 1;
    if (left <= 0) break;
  }
  return lines.join('\n') || 'Easel';
}

function toBlock(
  block: Block,
  limit: number,
  parts: RenderParts,
): { readonly block: KnownBlock; readonly length: number } | undefined {
  const text = block.kind === 'quote' ? cut(block.text.trim(), limit) : toText(block, limit, parts);
  if (text === '') return undefined;
  return { block: toKnownBlock(block.kind, text), length: text.length };
}

/** Cards keep to these kinds: Slack refuses to replace a rich-text block by another kind. */
function toKnownBlock(kind: Block['kind'], text: string): KnownBlock {
  switch (kind) {
    case 'line':
      return { type: 'section', text: { type: 'mrkdwn', text, verbatim: true } };
    case 'quote':
      return { type: 'section', text: { type: 'plain_text', text, emoji: false } };
    case 'note':
      return { type: 'context', elements: [{ type: 'mrkdwn', text, verbatim: true }] };
  }
}

function toText(block: Block, limit: number, parts: RenderParts): string {
  if (block.kind === 'quote') return escapeWithin(block.text.trim(), limit);
  let text = '';
  for (const part of block.parts) text += toInline(part, limit - text.length, parts);
  return text.trim();
}

function toInline(part: Inline, limit: number, parts: RenderParts): string {
  const markup = toMarkup(part, limit, parts);
  return markup.length <= limit ? markup : '';
}

function toMarkup(part: Inline, limit: number, parts: RenderParts): string {
  if (typeof part === 'string') return escapeWithin(part, limit);
  switch (part.kind) {
    case 'strong':
      return wrap('*', part.text, limit);
    case 'code':
      return wrap('`', part.text, limit);
    case 'moment':
      return toMoment(part.at, parts.now);
    case 'message-link':
      return `<${toPermalink(part.to, parts.workspaceUrl)}|${escapeWithin(part.label.replaceAll('|', '/'), 200)}>`;
  }
}

/** Slack knows no escape for its marks, so they are taken out of what they enclose. */
function wrap(mark: string, text: string, limit: number): string {
  const inner = escapeWithin(text.replaceAll(mark, '').replaceAll(/\s+/gu, ' ').trim(), limit - 2);
  return inner === '' ? '' : `${mark}${inner}${mark}`;
}

/** Slack keeps "3 minutes ago" fresh by itself, but has nothing for what is still to come. */
function toMoment(at: Date, now: Date): string {
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000);
  if (seconds > 0) return `in about ${wordDuration(seconds)}`;
  const unix = Math.floor(at.getTime() / 1000);
  return `<!date^${unix}^{ago}|${wordDuration(-seconds)} ago>`;
}

function wordDuration(seconds: number): string {
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

function toPermalink({ channel, id, details }: MessageRef, workspaceUrl: string): string {
  const thread = details['thread'];
  const inThread =
    thread === undefined || thread === id ? '' : `?thread_ts=${thread}&amp;cid=${channel}`;
  return `${workspaceUrl}archives/${channel}/p${id.replace('.', '')}${inThread}`;
}

function toActions(buttons: readonly Button[]): ActionsBlock {
  return {
    type: 'actions',
    elements: buttons.map(({ label, style, command, job }) => ({
      type: 'button',
      text: { type: 'plain_text', text: cut(label, BUTTON_LABEL_LENGTH), emoji: false },
      action_id: toActionId(command),
      value: job,
      ...(style !== 'secondary' && { style }),
    })),
  };
}

/** The version lets a later Easel tell the buttons of an older one apart. */
function toActionId(command: string): string {
  return `v1:${command}`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Escapes first and cuts then, but never inside an entity or a surrogate pair. */
function escapeWithin(text: string, limit: number): string {
  return fit(
    Array.from(text, (letter) => ENTITIES[letter] ?? letter),
    limit,
  );
}

export function cut(text: string, limit: number): string {
  return fit(Array.from(text), limit);
}

function fit(letters: readonly string[], limit: number): string {
  const whole = letters.join('');
  if (whole.length <= limit) return whole;
  let text = '';
  for (const letter of letters) {
    if (text.length + letter.length > limit - 1) break;
    text += letter;
  }
  return limit > 0 ? `${text}…` : '';
}
