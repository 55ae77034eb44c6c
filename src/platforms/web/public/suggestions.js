/** Suggestions below a field of a form: Easel is asked while somebody types. */
import { createPopup } from './popup.js';

const PAUSE_MS = 120;

/** Fields come and go with the chosen model: each is set up when it is first used. */
export function setUpSuggestions(root) {
  const popups = new WeakMap();

  root.addEventListener('focusin', ({ target }) => {
    if (!target.matches('[data-suggest]') || popups.has(target)) return;
    const list = document.getElementById(`suggestions-${target.dataset.suggest}`);
    popups.set(target, setUpField(target, list));
  });
  root.addEventListener('input', ({ target }) => popups.get(target)?.search());
  root.addEventListener('click', ({ target }) => popups.get(target)?.open());
  root.addEventListener('focusout', ({ target }) => popups.get(target)?.close());
  root.addEventListener('keydown', (event) => {
    if (popups.get(event.target)?.useKey(event)) event.preventDefault();
  });
}

function setUpField(field, list) {
  let offered = [];
  let asking = new AbortController();
  const popup = createPopup(field, list, { prefix: list.id, take });
  // A browser's own list would lie on top of this one.
  field.removeAttribute('list');

  function refresh(begun) {
    asking.abort();
    asking = new AbortController();
    void offer(begun, asking.signal);
  }

  async function offer(begun, signal) {
    const found = await ask(field, begun, signal).catch(() => []);
    if (signal.aborted) return;
    offered = found;
    popup.show(offered.map(toItem));
  }

  function close() {
    asking.abort();
    popup.close();
  }

  function take(at) {
    field.value = offered[at].value;
    close();
    field.dispatchEvent(new Event('change', { bubbles: true }));
  }

  /** With the keyboard, too: the arrow opens a list that is closed. */
  function useKey(event) {
    if (popup.useKey(event)) {
      if (event.key === 'Escape') close();
      return true;
    }
    if (event.key !== 'ArrowDown' || !list.hidden) return false;
    open();
    return true;
  }

  /** Everything, whatever is chosen: who wants to change it looks for something else. */
  function open() {
    if (list.hidden) refresh('');
  }

  return { close, useKey, open, search: () => refresh(field.value) };
}

function toItem({ value, label }) {
  return { label: value, description: label === value ? '' : label.replace(`${value}: `, '') };
}

async function ask(field, begun, signal) {
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  signal.throwIfAborted();
  const body = new URLSearchParams(new FormData(field.form));
  body.set('of', field.dataset.suggest);
  body.set(field.name, begun);
  const answer = await fetch('/web/options/suggestions', { method: 'POST', body, signal });
  return answer.ok ? answer.json() : [];
}
