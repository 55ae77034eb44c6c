/** What a message says, as HTML. `html` escapes every value, so prompts and answers stay text. */
import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { Block, Inline, Message } from '../../message.ts';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** Fewer named lines in a row are sentences rather than a list. */
const SHORTEST_LIST = 4;
/** A longer list is folded after this many. */
const UNFOLDED = 12;

export function renderWords(message: Message): Html {
  return html`<div class="words">${toRuns(message.blocks).map(renderRun)}</div>`;
}

/** Copies the text of what is marked `copied` around it; without scripts it is not shown. */
export function renderCopyButton(what: string): Html {
  return html`<button
    type="button"
    class="copy"
    data-copy
    title="Copy"
    aria-label="Copy ${what}"
  ></button>`;
}

export function toPlainText(part: Inline): string {
  if (typeof part === 'string') return part;
  switch (part.kind) {
    case 'strong':
    case 'code':
      return part.text;
    case 'moment':
      return `at ${part.at.toISOString().slice(11, 19)} UTC`;
    case 'message-link':
      return part.label;
  }
}

/** Blocks that belong together: lines that each begin with a name in code are one list. */
function toRuns(blocks: readonly Block[]): readonly (readonly Block[])[] {
  const runs: Block[][] = [];
  for (const block of blocks) {
    const last = runs.at(-1);
    if (last !== undefined && isNamed(block) && last.every(isNamed)) last.push(block);
    else runs.push([block]);
  }
  return runs;
}

function isNamed(block: Block): boolean {
  const [first, second] = block.kind === 'line' ? block.parts : [];
  return typeof first === 'object' && first.kind === 'code' && second !== undefined;
}

function renderRun(blocks: readonly Block[]): Html {
  if (blocks.length < SHORTEST_LIST) return html`${blocks.map(renderBlock)}`;
  if (blocks.length <= UNFOLDED + 1) return renderList(blocks);
  const rest = blocks.slice(UNFOLDED);
  return html`${renderList(blocks.slice(0, UNFOLDED))}
    <details class="fold">
      <summary>${rest.length} more</summary>
      ${renderList(rest)}
    </details>`;
}

function renderList(blocks: readonly Block[]): Html {
  return html`<ul class="listing" role="list">
    ${blocks.map((block) => html`<li>${renderParts(block.kind === 'quote' ? [] : block.parts)}</li>`)}
  </ul>`;
}

function renderBlock(block: Block): Html {
  switch (block.kind) {
    case 'line':
      return html`<p class="copied">${renderParts(block.parts)}</p>`;
    case 'note':
      return html`<p class="small">${renderParts(block.parts)}</p>`;
    case 'quote':
      return html`<blockquote class="copied">${block.text}</blockquote>`;
  }
}

function renderParts(parts: readonly Inline[]): (Html | string)[] {
  return parts.map(renderInline);
}

function renderInline(part: Inline): Html | string {
  if (typeof part === 'string') return part;
  switch (part.kind) {
    case 'strong':
      return html`<strong>${part.text}</strong>`;
    case 'code':
      return renderCode(part.text);
    case 'moment':
      return html`<time datetime="${part.at.toISOString()}" data-moment
        >${toPlainText(part)}</time
      >`;
    case 'message-link':
      return html`<a href="#message-${part.to.id}">${part.label}</a>`;
  }
}

/** A whole command is there to be used again; a bare name is quicker typed than copied. */
function renderCode(text: string): Html {
  if (!/^\/\S+\s/u.test(text)) return html`<code>${text}</code>`;
  return html`<span class="copyable"
    ><code class="copied">${text}</code>${renderCopyButton('the command')}</span
  >`;
}
