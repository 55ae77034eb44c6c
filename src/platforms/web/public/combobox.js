/** The list of suggestions above the composer: arrows choose, Tab completes, Escape closes. */
import { suggest } from './hints.js';

const NO_HINTS = { from: 0, isPartial: false, suggestions: [] };

/**
 * @param {HTMLTextAreaElement} text
 * @param {HTMLElement} list
 * @returns {(event: KeyboardEvent) => boolean} true when the open list has used the key up
 */
export function setUpCombobox(text, list) {
  const commands = JSON.parse(document.querySelector('#commands').textContent);
  const popup = createPopup(text, list);
  const refresh = () => popup.show(suggest(text.value.slice(0, text.selectionStart), commands));
  const close = () => popup.show(NO_HINTS);

  function complete(at) {
    const { from, suggestions } = popup.hints();
    text.setRangeText(suggestions[at].insert, from, text.selectionStart, 'end');
    text.focus();
    text.dispatchEvent(new Event('input', { bubbles: true }));
  }

  text.addEventListener('input', refresh);
  text.addEventListener('blur', close);
  list.addEventListener('mousedown', (event) => {
    event.preventDefault();
    const item = event.target.closest('[role=option]');
    if (item) complete([...list.children].indexOf(item));
  });
  return (event) => {
    if (list.hidden || event.isComposing || event.shiftKey) return false;
    const active = popup.active();
    const actions = {
      ArrowDown: () => popup.move(1),
      ArrowUp: () => popup.move(-1),
      Tab: () => complete(Math.max(active, 0)),
      Escape: close,
      Enter: active >= 0 && (() => complete(active)),
    };
    const act = actions[event.key];
    if (act) act();
    return Boolean(act);
  };
}

/** The list as it stands, with at most one active item. */
function createPopup(text, list) {
  let hints = NO_HINTS;
  let active = -1;

  function mark() {
    for (const [at, item] of [...list.children].entries()) {
      item.setAttribute('aria-selected', String(at === active));
    }
    text.setAttribute('aria-expanded', String(!list.hidden));
    text.setAttribute('aria-activedescendant', list.children[active]?.id ?? '');
    list.children[active]?.scrollIntoView({ block: 'nearest' });
  }

  text.setAttribute('role', 'combobox');
  text.setAttribute('aria-autocomplete', 'list');
  text.setAttribute('aria-haspopup', 'listbox');
  text.setAttribute('aria-controls', list.id);
  mark();
  return {
    hints: () => hints,
    active: () => active,
    show(next) {
      hints = next;
      active = hints.isPartial && hints.suggestions.length > 0 ? 0 : -1;
      list.replaceChildren(...hints.suggestions.map(toItem));
      list.hidden = hints.suggestions.length === 0;
      list.scrollTop = 0;
      mark();
    },
    move(by) {
      const count = hints.suggestions.length;
      active = active < 0 && by < 0 ? count - 1 : (active + by + count) % count;
      mark();
    },
  };
}

function toItem({ label, description }, at) {
  const item = document.createElement('li');
  item.id = `hint-${at}`;
  item.setAttribute('role', 'option');
  const name = document.createElement('strong');
  name.textContent = label;
  item.append(name, ` ${description}`);
  return item;
}
