/** Pictures by button, paste and drop: all end up in the form's one file input, shown as chips. */

/**
 * @param {HTMLFormElement} form
 * @param {HTMLInputElement} input
 * @param {HTMLElement} chips
 * @returns {{ take: () => File[], add: (files: Iterable<File>) => void }} `take` leaves none behind
 */
export function setUpAttachments(form, input, chips) {
  let chosen = [];

  function show(files) {
    chosen = files;
    const transfer = new DataTransfer();
    for (const file of files) transfer.items.add(file);
    input.files = transfer.files;
    for (const picture of chips.querySelectorAll('img')) URL.revokeObjectURL(picture.src);
    chips.replaceChildren(...files.map((file) => toChip(file, () => remove(file))));
  }

  function remove(file) {
    show(chosen.filter((other) => other !== file));
    (chips.querySelector('button') ?? form.elements.text).focus();
  }

  const add = (files) => show([...chosen, ...files]);
  input.addEventListener('change', () => add(input.files));
  document.addEventListener('paste', (event) => {
    const { files } = event.clipboardData;
    if (files.length === 0) return;
    event.preventDefault();
    add(files);
  });
  acceptDrops(add);
  return {
    add,
    take() {
      const taken = chosen;
      show([]);
      return taken;
    },
  };
}

function toChip(file, onRemove) {
  const picture = document.createElement('img');
  picture.src = URL.createObjectURL(file);
  picture.alt = '';
  const name = document.createElement('span');
  name.textContent = file.name;
  const remove = document.createElement('button');
  remove.type = 'button';
  remove.textContent = '×';
  remove.setAttribute('aria-label', `Remove ${file.name}`);
  remove.addEventListener('click', onRemove);
  const chip = document.createElement('li');
  chip.append(picture, name, remove);
  return chip;
}

const mark = (isOver) => document.body.classList.toggle('dropping', isOver);

/** Anywhere on the page: a file that misses the composer must not replace the conversation. */
function acceptDrops(add) {
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
    mark(event.dataTransfer.types.includes('Files'));
  });
  document.addEventListener('dragleave', (event) => {
    if (!event.relatedTarget) mark(false);
  });
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    mark(false);
    if (event.dataTransfer.files.length > 0) add(event.dataTransfer.files);
  });
}
