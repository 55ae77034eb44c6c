/**
 * A list of suggestions that belongs to a text field: arrows choose, Tab and Enter take, Escape
 * closes.
 *
 * @typedef {{ label: string, description: string }} Item
 */

/**
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @param {HTMLElement} list
 * @param {{ prefix: string, take: (at: number) => void }} how `prefix` begins the items' ids
 */
export function createPopup(field, list, { prefix, take }) {
  let active = -1;
  const count = () => list.children.length;

  function activate(at) {
    active = at;
    mark(field, list, active);
  }

  function show(items, first = -1) {
    list.replaceChildren(...items.map((item, at) => toItem(item, `${prefix}-${at}`)));
    list.hidden = items.length === 0;
    list.scrollTop = 0;
    activate(items.length === 0 ? -1 : first);
  }

  /** What was chosen meanwhile stays chosen, where it is still there. */
  function update(items, first) {
    const chosen = list.children[active]?.firstChild.textContent;
    const at = items.findIndex(({ label }) => label === chosen);
    show(items, at < 0 ? first : at);
  }

  const close = () => show([]);
  const actions = {
    ArrowDown: () => activate((active + 1) % count()),
    ArrowUp: () => activate((Math.max(active, 0) - 1 + count()) % count()),
    Tab: () => take(Math.max(active, 0)),
    Escape: close,
  };
  takeByPress(list, take);
  activate(-1);
  return {
    show,
    update,
    close,
    /** True when the open list has used the key up. */
    useKey({ key, isComposing, shiftKey }) {
      if (list.hidden || isComposing || shiftKey) return false;
      const isTaken = key === 'Enter' && active >= 0;
      const act = isTaken ? actions.Tab : actions[key];
      if (act) act();
      return act !== undefined;
    },
  };
}

/** Before the field loses its focus, which would close the list. */
function takeByPress(list, take) {
  list.addEventListener('mousedown', (event) => {
    event.preventDefault();
    const item = event.target.closest('[role=option]');
    if (item) take([...list.children].indexOf(item));
  });
}

/** All of it each time: what htmx puts in place of a field knows nothing of its list. */
function mark(field, list, active) {
  const items = [...list.children];
  for (const [at, item] of items.entries())
    item.setAttribute('aria-selected', String(at === active));
  field.setAttribute('role', 'combobox');
  field.setAttribute('aria-autocomplete', 'list');
  field.setAttribute('aria-haspopup', 'listbox');
  field.setAttribute('aria-controls', list.id);
  field.setAttribute('aria-expanded', String(!list.hidden));
  field.setAttribute('aria-activedescendant', items[active]?.id ?? '');
  items[active]?.scrollIntoView({ block: 'nearest' });
}

function toItem({ label, description }, id) {
  const item = document.createElement('li');
  item.id = id;
  item.setAttribute('role', 'option');
  const name = document.createElement('strong');
  name.textContent = label;
  item.append(name, ` ${description}`);
  return item;
}
