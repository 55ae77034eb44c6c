/** One option as a labelled field, with its hint and what is wrong with it. */
import { html } from 'hono/html';
import type { Choice, Option } from '../../option.ts';
import { EXPECTATIONS } from './check-file.ts';
import type { Field } from './filled-form.ts';
import type { Html } from './render-words.ts';
import { wordHint } from './word-hint.ts';

/** In front of the names of the form's own values. */
export const OPTION_PREFIX = 'option.';
export const FILE_PREFIX = 'file.';
/** From this length on a text deserves several lines. */
const LONG_TEXT = 200;

export interface FieldLook {
  /** Empty where nothing is wrong. */
  readonly mistake: string;
  /** What to offer where nothing updates the page while one types. */
  readonly suggestions: readonly Choice[];
  readonly hasFocus: boolean;
  /** Over the whole width, where it is a long text. */
  readonly isWide: boolean;
}

type Kind<K extends Option['kind']> = Extract<Option, { kind: K }>;

export function renderField(field: Field, look: FieldLook): Html {
  const { name, option } = field;
  const isWide =
    option.kind === 'text' && option.maxLength >= LONG_TEXT && (look.isWide || option.required);
  const content = html`${renderControl(field, look)}
    <p class="small hint" id="hint-${name}">${wordHint(option)}</p>
    <p class="mistake" id="mistake-${name}">${look.mistake}</p>`;
  const css = `field of-${option.kind} ${isWide ? 'wide' : ''} ${look.mistake === '' ? '' : 'mistaken'}`;
  if (option.kind === 'flag') {
    return html`<fieldset class="${css}" id="field-${name}" aria-describedby="${describers(name)}">
      <legend>${renderName(field)}</legend>
      ${content}
    </fieldset>`;
  }
  return html`<div class="${css}" id="field-${name}">
    <label for="option-${name}">${renderName(field)}</label>
    ${content}
  </div>`;
}

function renderName({ label, option }: Field): Html {
  return html`${label} ${option.required ? html`<span class="small needed">needed</span>` : ''}`;
}

function renderControl(field: Field, look: FieldLook): Html | Html[] {
  const { option } = field;
  switch (option.kind) {
    case 'text':
      return option.maxLength >= LONG_TEXT
        ? renderLongText(field, option, look)
        : renderInput(field, look, html`maxlength="${option.maxLength}"`);
    case 'integer':
      return renderInput(field, look, html`inputmode="${option.min < 0 ? 'text' : 'numeric'}"`);
    case 'number':
      return renderInput(field, look, html`inputmode="${option.min < 0 ? 'text' : 'decimal'}"`);
    case 'suggested':
      return renderSuggested(field, option, look);
    case 'choice':
      return renderChoice(field, option, look);
    case 'flag':
      return renderFlag(field, option);
    case 'file':
      return renderFile(field, option, look);
  }
}

/** Numbers are text for the browser: a number field would swallow what it cannot read. */
function renderInput(field: Field, look: FieldLook, more: Html): Html {
  return html`<input
    type="text"
    ${renderIdentity(field, look)}
    ${more}
    value="${field.value}"
    placeholder="${toPlaceholder(field.option)}"
    autocomplete="off"
    spellcheck="false"
  />`;
}

/** The line break after the tag is the one that HTML drops: the words may begin with their own. */
function renderLongText(field: Field, option: Kind<'text'>, look: FieldLook): Html {
  return html`<textarea
    rows="1"
    ${renderIdentity(field, look)}
    maxlength="${option.maxLength}"
    placeholder="${toPlaceholder(option)}"
    autocomplete="off"
  >
${field.value}</textarea>`;
}

/** `public/suggestions.js` brings it to life; the list is for browsers without scripts. */
function renderSuggested(field: Field, option: Kind<'suggested'>, look: FieldLook): Html {
  const { name, label } = field;
  const list = look.suggestions.map(
    ({ value, label }) => html`<option value="${value}">${label}</option>`,
  );
  const offered = list.length === 0 ? html`` : html`list="known-${name}"`;
  return html`${renderInput(field, look, html`maxlength="${option.maxLength}" data-suggest="${name}" ${offered}`)}
    <ul
      class="hints suggestions"
      id="suggestions-${name}"
      role="listbox"
      aria-label="${label}: suggestions"
      hx-morph-skip
      hidden
    ></ul>
    ${list.length === 0 ? '' : html`<noscript><datalist id="known-${name}">${list}</datalist></noscript>`}`;
}

function renderChoice(field: Field, option: Kind<'choice'>, look: FieldLook): Html {
  return html`<select ${renderIdentity(field, look)}>
    <option value="">${wordNoChoice(option)}</option>
    ${option.choices.map(
      ({ value, label }) =>
        html`<option value="${value}" ${value === field.value ? 'selected' : ''}>${label}</option>`,
    )}
  </select>`;
}

function wordNoChoice({ choices, standard, required }: Kind<'choice'>): string {
  if (standard === undefined) return required ? 'Choose' : 'Leave it to the model';
  const known = choices.find(({ value }) => value === standard);
  return `Default: ${known?.label ?? standard}`;
}

/** A box that is not ticked cannot tell "no" from "whatever the model likes". */
function renderFlag({ name, value }: Field, { standard }: Kind<'flag'>): Html {
  const usual = new Map([
    ['true', 'Default: yes'],
    ['false', 'Default: no'],
  ]).get(standard ?? '');
  const states = [
    { state: '', label: usual ?? 'Up to the model' },
    { state: 'true', label: 'Yes' },
    { state: 'false', label: 'No' },
  ];
  return html`<div class="states">
    ${states.map(
      ({ state, label }) =>
        html`<label
          ><input
            type="radio"
            id="option-${name}-${state}"
            name="${OPTION_PREFIX}${name}"
            value="${state}"
            ${state === value ? 'checked' : ''}
          /><span>${label}</span></label
        >`,
    )}
  </div>`;
}

/** What was chosen stays: a file input cannot be filled in by a page. `public/form-files.js` fills the list. */
function renderFile(field: Field, { media }: Kind<'file'>, look: FieldLook): Html {
  const { name, label, places, value } = field;
  return html`<div class="chooser" id="chooser-${name}" hx-morph-skip-children>
      <input
        type="file"
        ${places.length > 1 ? 'multiple' : ''}
        id="option-${name}"
        name="${FILE_PREFIX}${name}"
        accept="${EXPECTATIONS[media].accept}"
        data-media="${media}"
        data-most="${places.length}"
        aria-describedby="${describers(name)}"
        aria-invalid="${String(look.mistake !== '')}"
      />
      <ul class="chips" role="list" aria-label="${label}: chosen"></ul>
    </div>
    ${value === '' ? '' : renderAddress(field)}`;
}

/** A file that is named by its address came with a typed line. */
function renderAddress({ name, label, value }: Field): Html {
  return html`<input
    type="text"
    id="address-${name}"
    name="${OPTION_PREFIX}${name}"
    value="${value}"
    aria-label="${label}: address"
  />`;
}

/** An empty list in the notation of programs tells people nothing. */
function toPlaceholder({ standard = '' }: Option): string {
  return /^[[{]/u.test(standard) ? '' : standard;
}

function renderIdentity({ name, option }: Field, { mistake, hasFocus }: FieldLook): Html {
  return html`id="option-${name}" name="${OPTION_PREFIX}${name}"
  aria-describedby="${describers(name)}" aria-required="${String(option.required ?? false)}"
  aria-invalid="${String(mistake !== '')}" ${hasFocus ? 'autofocus' : ''}`;
}

function describers(name: string): string {
  return `hint-${name} mistake-${name}`;
}
