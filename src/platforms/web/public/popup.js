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
  let count = 0;
  let active = -1;

  /** All of it each time: what htmx puts in place of a field knows nothing of its list. */
  function mark() {
    for (const [at, item] of [...list.children].entries()) {
      item.setAttribute('aria-selected', String(at === active));
    }
    field.setAttribute('role', 'combobox');
    field.setAttribute('aria-autocomplete', 'list');
    field.setAttribute('aria-haspopup', 'listbox');
    field.setAttribute('aria-controls', list.id);
    field.setAttribute('aria-expanded', String(!list.hidden));
    field.setAttribute('aria-activedescendant', list.children[active]?.id ?? '');
    list.children[active]?.scrollIntoView({ block: 'nearest' });
  }

  function show(items, first = -1) {
    count = items.length;
    active = count > 0 ? first : -1;
    list.replaceChildren(...items.map((item, at) => toItem(item, `${prefix}-${at}`)));
    list.hidden = count === 0;
    list.scrollTop = 0;
    mark();
  }

  function move(by) {
    active = active < 0 && by < 0 ? count - 1 : (active + by + count) % count;
    mark();
  }

  const close = () => show([]);
  list.addEventListener('mousedown', (event) => {
    event.preventDefault();
    const item = event.target.closest('[role=option]');
    if (item) take([...list.children].indexOf(item));
  });
  mark();
  return {
    show,
    close,
    /** True when the open list has used the key up. */
    useKey(event) {
      if (list.hidden || event.isComposing || event.shiftKey) return false;
      const actions = {
        ArrowDown: () => move(1),
        ArrowUp: () => move(-1),
        Tab: () => take(Math.max(active, 0)),
        Escape: close,
        Enter: active >= 0 && (() => take(active)),
      };
      const act = actions[event.key];
      if (act) act();
      return Boolean(act);
    },
  };
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
