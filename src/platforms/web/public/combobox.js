/** Suggestions above the composer: at once what the page knows, a moment later what Easel knows. */
import { isWorthAsking, suggest } from './hints.js';
import { createPopup } from './popup.js';

/** Somebody who types on wants no answer yet. */
const PAUSE_MS = 120;

/**
 * @param {HTMLTextAreaElement} text
 * @param {HTMLElement} list
 * @param {{ id: () => string }} reply
 * @returns {(event: KeyboardEvent) => boolean} true when the open list has used the key up
 */
export function setUpCombobox(text, list, reply) {
  const commands = JSON.parse(document.querySelector('#commands').textContent);
  const popup = createPopup(text, list, { prefix: 'hint', take });
  const plainWords = () => (reply.id() === '' ? 'imagine' : 'edit');
  let hints;
  let told;
  let asking = new AbortController();

  function show(put) {
    hints = suggest(toCaret(text), commands, told, plainWords());
    put(hints.suggestions, hints.isPartial ? 0 : -1);
  }

  function refresh() {
    asking.abort();
    asking = new AbortController();
    show(popup.show);
    const begun = toCaret(text);
    if (isWorthAsking(begun, commands, plainWords())) void learn(begun, asking.signal);
  }

  async function learn(begun, signal) {
    const answer = await ask({ text: begun, reply: reply.id() }, signal).catch(() => undefined);
    if (signal.aborted) return;
    told = answer ?? told;
    show(popup.update);
  }

  function close() {
    asking.abort();
    popup.close();
  }

  function take(at) {
    text.setRangeText(hints.suggestions[at].insert, hints.from, text.selectionStart, 'end');
    text.focus();
    text.dispatchEvent(new Event('input', { bubbles: true }));
  }

  text.addEventListener('input', refresh);
  text.addEventListener('blur', close);
  return (event) => {
    if (event.key === 'Escape') asking.abort();
    return popup.useKey(event);
  };
}

function toCaret(text) {
  return text.value.slice(0, text.selectionStart);
}

async function ask(draft, signal) {
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  signal.throwIfAborted();
  const body = new URLSearchParams(draft);
  const answer = await fetch('/web/hints', { method: 'POST', body, signal });
  return answer.ok ? answer.json() : undefined;
}
