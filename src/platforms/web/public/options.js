/** The form of a command: its dialogue, and what it stands for while it is filled in. */
import { setUpFormFiles } from './form-files.js';
import { setUpSuggestions } from './suggestions.js';

/**
 * @param {HTMLDialogElement} dialogue
 * @param {object} composer
 * @param {HTMLTextAreaElement} composer.text
 * @param {{ take: () => File[], add: (files: Iterable<File>) => void }} composer.attached
 * @param {{ id: () => string, take: () => Node[] }} composer.reply
 */
export function setUpOptions(dialogue, { text, attached, reply }) {
  const current = () => dialogue.querySelector('form');
  const ask = setUpPreview(dialogue, current);
  const files = setUpFormFiles(dialogue, ask);
  const draft = () => `${reply.id()} ${text.value}`;
  /** Of the composer, where the form began with it. */
  let openedFrom;

  function open() {
    const isDraft = 'draft' in current().dataset;
    openedFrom = isDraft ? draft() : undefined;
    dialogue.showModal();
    // What is attached in the composer is none of the business of a button far up.
    if (isDraft) attached.add(files.give(attached.take()));
  }

  // What was filled in is still there when somebody looks elsewhere for a moment.
  document.querySelector('#open-options').addEventListener('click', (event) => {
    if (!current() || draft() !== openedFrom) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    open();
  });
  document.addEventListener('htmx:after:swap', () => {
    files.settle();
    if (current() && !dialogue.open && isNew(current())) open();
    if (!current() && dialogue.open) leave();
  });
  function leave() {
    dialogue.close();
    document.querySelector('main').scrollTop = 0;
    if (draft() !== openedFrom) return;
    reply.take();
    text.value = '';
    text.dispatchEvent(new Event('input'));
  }

  dialogue.addEventListener('click', ({ target }) => {
    if (target === dialogue || target.closest('[data-close]')) dialogue.close();
  });
  setUpSuggestions(dialogue);
}

const seen = new WeakSet();
/** Once for each form that arrives. */
function isNew(form) {
  const isFirst = !seen.has(form);
  seen.add(form);
  return isFirst;
}

/** Each change asks anew; a field with suggestions only once its value stands. */
function setUpPreview(dialogue, current) {
  function ask() {
    const asker = dialogue.querySelector('#option-asker');
    // An answer to what was there before would undo what has been typed since.
    asker?.dispatchEvent(new Event('htmx:abort'));
    asker?.dispatchEvent(new Event('ask'));
  }
  dialogue.addEventListener('input', ({ target }) => {
    if (!target.matches('[data-suggest]')) ask();
  });
  dialogue.addEventListener('change', ({ target }) => {
    if (target.matches('[data-suggest], select')) ask();
  });
  // What comes back when the form is sent says more: an earlier answer must not come after it.
  dialogue.addEventListener('submit', () => {
    dialogue.querySelector('#option-asker')?.dispatchEvent(new Event('htmx:abort'));
  });
  dialogue.addEventListener('htmx:config:request', (event) => {
    const { target, detail } = event;
    if (target.id !== 'option-asker') return;
    if (current()?.matches('.htmx-request')) event.preventDefault();
    else detail.ctx.request.body = withoutBytes(detail.ctx.request.body);
  });
  dialogue.addEventListener('htmx:after:swap', showFirstMistake);
  return ask;
}

/** Only what a file is called: its bytes are sent with the form. */
function withoutBytes(form) {
  const light = new FormData();
  for (const [name, value] of form) {
    const isFile = value instanceof File;
    if (!isFile) light.append(name, value);
    else if (value.name !== '') light.append(name, `${value.type};${value.name}`);
  }
  return light;
}

/** After a form came back: where to begin mending it. */
function showFirstMistake({ target, detail }) {
  if (target.id !== 'option-form' || detail.ctx.response?.status !== 422) return;
  const field = target.querySelector('.mistaken');
  if (!field) return;
  field.closest('details')?.setAttribute('open', '');
  field.querySelector('input, textarea, select')?.focus();
}
