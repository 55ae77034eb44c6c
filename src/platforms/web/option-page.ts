/** The form of a command: inside the page's dialogue where scripts run, else a page of its own. */
import { randomUUID } from 'node:crypto';
import { html } from 'hono/html';
import type { Choice, Suggest } from '../../option.ts';
import { numberOption } from '../../pictures/subject-options.ts';
import type { Field, FilledForm, FormCheck } from './filled-form.ts';
import type { FormTarget } from './form-target.ts';
import { humanise } from './humanise.ts';
import { OPTION_PREFIX, renderField } from './option-field.ts';
import { picturesOf } from './quote.ts';
import { renderPartial } from './render.ts';
import { renderSubjects } from './render-quote.ts';
import { type Html, renderCommandLine, renderCopyButton } from './render-words.ts';

/** The ones in front that most people need; the others are folded. */
const USUAL = 10;
/** As many as a browser's own list shows sensibly. */
const OFFERED = 50;

export interface FormContent {
  readonly form: FilledForm;
  readonly check: FormCheck;
  /** Whether it was sent: before that, nobody is told off for what is still empty. */
  readonly wasSent: boolean;
  /** True inside the page, where scripts run. */
  readonly isLive: boolean;
  readonly target: FormTarget;
}

export function renderForm(content: FormContent): Html {
  const { form, isLive, target } = content;
  const isAsked = target.job !== undefined;
  return html`<form
    id="option-form"
    class="options ${isAsked ? 'asked' : ''}"
    ${isAsked ? '' : DRAFT}
    method="post"
    action="/web/options/send"
    enctype="multipart/form-data"
    novalidate
    ${isLive ? LIVE : ''}
    aria-labelledby="option-title"
  >
    ${renderHead(content)}
    <div class="options-body">
      ${isAsked ? '' : html`<p class="small">${form.command.description}</p>`}
      ${renderTarget(content)} ${renderFields(content, true)}
    </div>
    <div class="options-foot">
      ${renderPreview(content)}
      <div class="actions">
        ${isLive || isAsked ? '' : CHECK} <button class="primary">Send</button>
      </div>
    </div>
    ${renderHidden(content)}
  </form>`;
}

/** Where several pictures are meant, one is chosen by looking at them. */
function renderTarget(content: FormContent): Html | string {
  const { message } = content.target;
  const choice = findChoice(content);
  return renderSubjects(
    message ? picturesOf(message) : [],
    choice && { name: `${OPTION_PREFIX}${choice.name}`, value: choice.value },
  );
}

function findChoice({ form, target: { message } }: FormContent): Field | undefined {
  const isClear = message === undefined || picturesOf(message).length < 2;
  return isClear ? undefined : form.fields.find(({ option }) => option === numberOption);
}

function renderHead({ form: { command }, isLive, target }: FormContent): Html {
  const asked = target.job === undefined ? undefined : command.asks?.title;
  return html`<div class="options-head">
    <h1 id="option-title">${asked ?? humanise(command.name)}</h1>
    ${
      isLive
        ? html`<button type="button" class="close" data-close aria-label="Close">×</button>`
        : html`<a href="/">Back to the conversation</a>`
    }
  </div>`;
}

function renderHidden({ form: { command }, isLive, target: { job, message } }: FormContent): Html {
  return html`<input type="hidden" name="command" value="${command.name}" />
    <input type="hidden" name="submission" value="${randomUUID()}" />
    <input type="hidden" name="reply" value="${message?.id ?? ''}" />
    ${job === undefined ? '' : html`<input type="hidden" name="job" value="${job}" />`}
    ${isLive ? ASKER : ''}`;
}

/** It began with what the composer holds, which has been said once it is sent. */
const DRAFT = html`data-draft`;

/** A form that is a page of its own is answered by a page. */
const LIVE = html`hx-post="/web/options/send" hx-target="#option-strays" hx-sync="this:drop"`;

/** Asks what the form stands for, while it is filled in; files stay where they are until it is sent. */
const ASKER = html`<div
  id="option-asker"
  hx-post="/web/options/preview"
  hx-trigger="ask delay:250ms"
  hx-encoding="application/x-www-form-urlencoded"
  hx-sync="this:replace"
  hx-swap="none"
></div>`;

/** The same without scripts. */
const CHECK = html`<button class="secondary" formaction="/web/options/preview">
  Check it, and show what this model takes
</button>`;

/** What a changed form looks like: htmx puts both parts in place, and what is focused stays as it is. */
export function renderChanges(content: FormContent): Html {
  return html`${renderPartial('#option-fields', 'outerMorph', renderFields(content, false))}
  ${renderPartial('#option-preview', 'outerMorph', renderPreview(content))}`;
}

/** `hasFocus` only once: a field that took the focus with every change would be no help. */
function renderFields(content: FormContent, hasFocus: boolean): Html {
  const { laidAside } = content.form;
  const choice = findChoice(content);
  const fields = content.form.fields.filter((field) => field !== choice);
  const rest = fields.slice(USUAL);
  const mistakeOf = ({ name }: Field): string => toMistake(content, name);
  const isOpen = rest.some((field) => field.value !== '' || mistakeOf(field) !== '');
  return html`<div id="option-fields">
    ${content.wasSent ? html`<input type="hidden" name="tried" value="yes" />` : ''}
    <div class="fields" id="usual-options">
      ${fields.slice(0, USUAL).map((field, at) => renderOne(field, content, hasFocus && at === 0))}
    </div>
    ${
      rest.length === 0
        ? ''
        : html`<details id="more-options" ${isOpen ? 'open' : ''}>
            <summary>More <span class="small">${rest.length} options</span></summary>
            <div class="fields" id="other-options">
              ${rest.map((field) => renderOne(field, content, false))}
            </div>
          </details>`
    }
    ${Object.entries(laidAside).map(
      ([name, value]) =>
        html`<input type="hidden" name="${OPTION_PREFIX}${name}" value="${value}" />`,
    )}
  </div>`;
}

function renderOne(field: Field, content: FormContent, hasFocus: boolean): Html {
  const { option, name } = field;
  return renderField(field, {
    mistake: toMistake(content, name),
    suggestions: option.kind === 'suggested' ? offer(option.suggest, content) : [],
    hasFocus,
    isWide: name === content.form.fields[0]?.name,
  });
}

/** Where scripts run, the page asks while somebody types. */
function offer(suggest: Suggest, { form, isLive }: FormContent): readonly Choice[] {
  return isLive ? [] : suggest('', form.values).slice(0, OFFERED);
}

/** Empty where nothing is wrong, or nobody need be told yet. */
function toMistake({ form, check, wasSent }: FormContent, name: string): string {
  const isUntouched = !Object.hasOwn(form.values, name);
  return isUntouched && !wasSent ? '' : (check.mistakes[name] ?? '');
}

function renderPreview(content: FormContent): Html {
  const { form, check } = content;
  const aside = Object.keys(form.laidAside);
  const notes = [
    ...check.notes,
    ...(aside.length === 0
      ? []
      : [`Laid aside, because this model has no such option: ${aside.join(', ')}.`]),
  ];
  return html`<div id="option-preview">
    ${content.target.job === undefined ? renderLine(check.commandLine) : ''}
    <div id="option-news" role="status">
      ${notes.map((text) => html`<p class="small note">${text}</p>`)} ${renderToMend(content)}
    </div>
    <div id="option-strays" role="alert">
      ${check.strays.map((text) => html`<p class="mistake">${text}</p>`)}
    </div>
  </div>`;
}

/** What a button is about has no place in a typed command, so its form shows none. */
function renderLine(commandLine: string): Html {
  return html`<p class="small" id="line-label">As a command</p>
    <div class="copyable line" role="group" aria-labelledby="line-label">
      <code class="copied" tabindex="0">${renderCommandLine(commandLine)}</code>
      ${renderCopyButton('the command')}
    </div>`;
}

/** Where to look, for a field may be out of sight; in full for people who do not see it at all. */
function renderToMend(content: FormContent): Html | string {
  const mistaken = content.form.fields.filter(({ name }) => toMistake(content, name) !== '');
  if (mistaken.length === 0) return '';
  const links = mistaken.map(({ name, label }) => html`<a href="#field-${name}">${label}</a> `);
  const words = mistaken.map(({ name }) => toMistake(content, name)).join(' ');
  return html`<p class="mistake to-mend">To mend: ${links}</p>
    <p class="visually-hidden">${words}</p>`;
}
