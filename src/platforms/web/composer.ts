/** The form at the foot of the page; `public/chat.js` brings it to life. */
import { randomUUID } from 'node:crypto';
import { html, raw } from 'hono/html';
import { EXPECTATIONS } from './check-file.ts';
import type { PublishedCommand } from './publish.ts';
import { renderReply } from './render-quote.ts';
import type { Html } from './render-words.ts';
import type { Quoted } from './stored-message.ts';

/** A prompt may have 6,000 characters; its options need some room too. */
export const LONGEST_TEXT = 8000;

const PLACEHOLDERS = { wish: 'Describe a picture…', reply: 'What should change?' } as const;

export interface ComposerContent {
  readonly commands: readonly PublishedCommand[];
  /** What it holds at first. */
  readonly text: string;
  /** What was wrong with the last message, where a whole page answers it. */
  readonly mistake: string;
  /** The message that it answers. */
  readonly answered: Quoted | undefined;
}

export function renderComposer(content: ComposerContent): Html {
  const { mistake, answered, commands } = content;
  return html`<form
    id="composer"
    method="post"
    action="/web/messages"
    enctype="multipart/form-data"
    hx-post="/web/messages"
    hx-target="#composer-note"
    hx-swap="innerHTML swapEmpty:true"
    hx-sync="this:drop"
  >
    <div class="column">
      <div id="composer-note" role="alert">${mistake === '' ? '' : renderMistake(mistake)}</div>
      <noscript
        ><p class="small">Without scripts, <a href="/">reload</a> to see what is new.</p></noscript
      >
      <ul id="hints" class="hints" role="listbox" aria-label="Suggestions" hidden></ul>
      <div class="box">
        <div id="reply" class="reply-slot">${renderReply(answered)}</div>
        <ul id="chips" class="chips" role="list" aria-label="Attached files"></ul>
        ${renderRecording()} ${renderAttach()} ${renderText(content)} ${renderSubmission()}
        ${renderOptions()} ${renderRecord()}
        <button class="send primary" aria-label="Send"></button>
      </div>
      <p class="small keys">
        <kbd>Enter</kbd> sends, <kbd>Shift</kbd> <kbd>Enter</kbd> starts a line, <kbd>/</kbd> lists
        commands. Files can be pasted or dropped.
      </p>
    </div>
    <script type="application/json" id="commands">
      ${raw(toInertJson(commands))}
    </script>
  </form>`;
}

/** Each form has an id of its own, so that sending it twice asks once. */
export function renderSubmission(): Html {
  return html`<input id="submission" type="hidden" name="submission" value="${randomUUID()}" />`;
}

export function renderMistake(mistake: string): Html {
  return html`<p class="mistake">${mistake}</p>`;
}

/** Behind it, everything that can be set is a field; what the box holds already is filled in. */
function renderOptions(): Html {
  return html`<button
    id="open-options"
    class="open-options"
    formaction="/web/options/open"
    formnovalidate
    hx-post="/web/options/open"
    hx-encoding="application/x-www-form-urlencoded"
    hx-swap="none"
    aria-haspopup="dialog"
    title="Options"
  >
    <span>Options</span>
  </button>`;
}

function renderAttach(): Html {
  return html`<span class="attach">
    <input
      id="files"
      type="file"
      name="files"
      multiple
      accept="${EXPECTATIONS.attachment.accept}"
      aria-label="Attach files"
    />
  </span>`;
}

/** Shown by `public/record.js`, where the browser can record. */
function renderRecord(): Html {
  return html`<button
    type="button"
    id="record"
    class="record"
    aria-pressed="false"
    aria-label="Record"
    title="Record"
    hidden
  ></button>`;
}

/** While something is recorded. */
function renderRecording(): Html {
  return html`<div id="recording" class="recording" role="group" aria-label="Recording" hidden>
    <span class="light" aria-hidden="true"></span>
    <span id="recorded-time" role="timer">0:00</span>
    <span id="wave" class="wave" aria-hidden="true"></span>
    <button type="button" data-discard>Cancel</button>
    <button type="button" class="stop" data-finish>Stop</button>
  </div>`;
}

/** The line break after the tag is the one that HTML drops: a draft may begin with its own. */
function renderText({ text, answered }: ComposerContent): Html {
  return html`<textarea
    id="text"
    name="text"
    rows="1"
    maxlength="${LONGEST_TEXT}"
    placeholder="${answered ? PLACEHOLDERS.reply : PLACEHOLDERS.wish}"
    data-wish="${PLACEHOLDERS.wish}"
    data-reply="${PLACEHOLDERS.reply}"
    aria-label="Message"
    autocomplete="off"
    enterkeyhint="send"
    autofocus
  >
${text}</textarea>`;
}

/** JSON that cannot close the script element around it. */
function toInertJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', String.raw`\u003c`);
}
