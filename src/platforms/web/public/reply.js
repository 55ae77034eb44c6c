/** Which message the composer answers: the server puts it in its place, here it is taken back. */

/**
 * @param {HTMLFormElement} form
 * @returns {{ id: () => string, take: () => Node[], put: (nodes: Node[]) => void, useKey: (event: KeyboardEvent) => boolean }}
 */
export function setUpReply(form) {
  const slot = form.querySelector('#reply');
  const { text } = form.elements;
  const id = () => slot.querySelector('[name=reply]')?.value ?? '';

  function put(nodes) {
    slot.replaceChildren(...nodes);
    invite(text, id());
  }
  function take() {
    const nodes = [...slot.childNodes];
    put([]);
    return nodes;
  }
  function cancel() {
    put([]);
    text.focus();
  }

  slot.addEventListener('click', (event) => {
    if (!event.target.closest('[data-cancel]')) return;
    event.preventDefault();
    cancel();
  });
  document.addEventListener('htmx:after:swap', () => invite(text, id()));
  document.addEventListener('htmx:after:request', ({ target, detail }) => {
    if (target.matches?.('a.reply') && detail.ctx.response?.raw.ok) text.focus();
  });

  return {
    id,
    take,
    put,
    useKey({ key, isComposing }) {
      if (key !== 'Escape' || isComposing || id() === '') return false;
      cancel();
      return true;
    },
  };
}

function invite(text, answered) {
  text.placeholder = answered === '' ? text.dataset.wish : text.dataset.reply;
}
