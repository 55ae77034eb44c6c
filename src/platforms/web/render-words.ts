/** What a message says, as HTML. `html` escapes every value, so prompts and answers stay text. */
import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { Block, Inline, Message } from '../../message.ts';
import { toMessageAddress } from './message-link.ts';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** Fewer things in a row are sentences rather than a list. */
const SHORTEST_LIST = 3;
/** A longer list is folded after this many. */
const UNFOLDED = 12;

/** More than this is folded: about as much as fits on a screen. */
const LONGEST_OPEN = { characters: 1500, lines: 20 };

export function renderWords({ blocks }: Message): Html {
  const runs = toRuns(blocks);
  const end = runs.findLastIndex((entries) => !isSmallPrint(entries)) + 1;
  const said = runs.slice(0, end);
  const prose = said.flatMap((entries) => (isList(entries) ? [] : entries.flat().map(toText)));
  if (!isLong(prose.join('\n'))) return renderRuns(runs);
  // What is said of it must not lie behind the button.
  return html`${renderFolded(renderRuns(said))}
  ${end < runs.length ? renderRuns(runs.slice(end)) : ''}`;
}

export function isLong(text: string): boolean {
  const { characters, lines } = LONGEST_OPEN;
  return text.length > characters || text.split('\n').length > lines;
}

/** All of it is there, below what is seen: whoever searches the page or copies the words finds it. */
export function renderFolded(words: Html): Html {
  return html`<div class="folded">${words}</div>
    <details class="unfold">
      <summary><span class="more">Show all</span><span class="less">Show less</span></summary>
    </details>`;
}

function renderRuns(runs: readonly (readonly Entry[])[]): Html {
  return html`<div class="words">${runs.map(renderRun)}</div>`;
}

/** A flag is one word, also at the end of a line. */
export function renderCommandLine(line: string): (Html | string)[] {
  return line
    .split(/(?<=\s)(--[\w-]+)/u)
    .map((part) => (part.startsWith('--') ? html`<span class="flag">${part}</span>` : part));
}

/** Copies the text of what is marked `copied` around it; without scripts it is not shown. */
export function renderCopyButton(what: string, label = ''): Html {
  return html`<button
    type="button"
    class="copy ${label === '' ? '' : 'labelled'}"
    data-copy
    title="Copy"
    aria-label="Copy ${what}"
  >
    ${label}
  </button>`;
}

export function toText(block: Block): string {
  return block.kind === 'quote' ? block.text : block.parts.map(toPlainText).join('');
}

export function toPlainText(part: Inline): string {
  if (typeof part === 'string') return part;
  switch (part.kind) {
    case 'strong':
    case 'code':
      return part.text;
    case 'moment':
      return `at ${part.at.toISOString().slice(11, 19)} UTC`;
    case 'link':
    case 'message-link':
      return part.label;
  }
}

/** One block, or a title with the small print below it. */
type Entry = readonly [Block, ...Block[]];

function toEntries(blocks: readonly Block[]): readonly Entry[] {
  const entries: Entry[] = [];
  for (const block of blocks) {
    const [title, detail] = entries.at(-1) ?? [];
    const belongs = title !== undefined && detail === undefined && isTitle(title);
    if (belongs && block.kind === 'note') entries.splice(-1, 1, [title, block]);
    else entries.push([block]);
  }
  return entries;
}

function isTitle({ kind, ...block }: Block): boolean {
  if (kind !== 'line' || !('parts' in block) || block.parts.length !== 1) return false;
  const [part] = block.parts;
  return typeof part === 'object' && part.kind === 'strong';
}

/** Things of one kind in a row are one list: names in code with words, or titles with details. */
function toRuns(blocks: readonly Block[]): readonly (readonly Entry[])[] {
  const runs: Entry[][] = [];
  for (const entry of toEntries(blocks)) {
    const last = runs.at(-1);
    if (last !== undefined && isItem(entry) && last.every(isItem)) last.push(entry);
    else runs.push([entry]);
  }
  return runs;
}

function isItem([block, detail]: Entry): boolean {
  if (detail !== undefined) return true;
  const [first, second] = block.kind === 'line' ? block.parts : [];
  return typeof first === 'object' && first.kind === 'code' && second !== undefined;
}

function isSmallPrint(entries: readonly Entry[]): boolean {
  return entries.flat().every(({ kind }) => kind === 'note');
}

function isList(entries: readonly Entry[]): boolean {
  return entries.length >= SHORTEST_LIST;
}

function renderRun(entries: readonly Entry[]): Html {
  if (!isList(entries)) return html`${entries.flat().map(renderBlock)}`;
  if (entries.length <= UNFOLDED + 1) return renderList(entries);
  const rest = entries.slice(UNFOLDED);
  return html`${renderList(entries.slice(0, UNFOLDED))}
    <details class="fold">
      <summary>${rest.length} more</summary>
      ${renderList(rest)}
    </details>`;
}

function renderList(entries: readonly Entry[]): Html {
  return html`<ul class="listing" role="list">
    ${entries.map((blocks) => html`<li>${blocks.map(renderBlock)}</li>`)}
  </ul>`;
}

function renderBlock(block: Block): Html {
  switch (block.kind) {
    case 'line':
      return html`<p>${renderParts(block.parts)}</p>`;
    case 'note':
      return html`<p class="small">${renderParts(block.parts)}</p>`;
    case 'quote':
      return html`<blockquote>${block.text}</blockquote>`;
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
    case 'link':
      return html`<a href="${part.address}" target="_blank" rel="noopener">${part.label}</a>`;
    case 'message-link':
      return html`<a href="${toMessageAddress(part.to.id)}" data-message>${part.label}</a>`;
  }
}

/** A whole command is there to be used again; a bare name is quicker typed than copied. */
function renderCode(text: string): Html {
  if (!/^\/\S+\s/u.test(text)) return html`<code>${text}</code>`;
  return html`<span class="copyable"
    ><code class="copied">${renderCommandLine(text)}</code>${renderCopyButton('the command')}</span
  >`;
}
