/** The files that a form's input holds, shown as chips that can be taken away again. */
import { createPlayer } from './player.js';

/**
 * @param {HTMLInputElement} input
 * @param {HTMLElement} chips
 * @param {() => void} [onChange]
 */
export function createFileList(input, chips, onChange = () => {}) {
  let chosen = [...input.files];

  function show(files) {
    chosen = files;
    const transfer = new DataTransfer();
    for (const file of files) transfer.items.add(file);
    input.files = transfer.files;
    for (const media of chips.querySelectorAll('img, audio')) {
      if (media instanceof HTMLAudioElement) media.pause();
      URL.revokeObjectURL(media.src);
    }
    chips.replaceChildren(...files.map((file) => toChip(file, () => remove(file))));
    onChange();
  }

  function remove(file) {
    show(chosen.filter((other) => other !== file));
    (chips.querySelector('button') ?? input).focus();
  }

  /** A field for one file holds the newest one. */
  const add = (files) => show(input.multiple ? [...chosen, ...files] : [...files].slice(-1));
  input.addEventListener('change', () => add(input.files));
  return {
    add,
    count: () => chosen.length,
    take() {
      const taken = chosen;
      show([]);
      return taken;
    },
  };
}

function toChip(file, onRemove) {
  const name = document.createElement('span');
  name.textContent = file.name;
  const remove = document.createElement('button');
  remove.type = 'button';
  remove.textContent = '×';
  remove.setAttribute('aria-label', `Remove ${file.name}`);
  remove.addEventListener('click', onRemove);
  const chip = document.createElement('li');
  chip.append(...toLook(file), name, remove);
  return chip;
}

function toLook(file) {
  if (file.type.startsWith('audio/')) return createPlayer(file);
  if (!file.type.startsWith('image/')) return [];
  const picture = document.createElement('img');
  picture.src = URL.createObjectURL(file);
  picture.alt = '';
  return [picture];
}
