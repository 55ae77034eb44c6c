/** Files for a form: each field has its chips; what is dropped or pasted goes where it fits. */
import { createFileList } from './file-list.js';

/** @param {() => void} onChange */
export function setUpFormFiles(root, onChange) {
  const lists = new WeakMap();

  function listOf(input) {
    const known = lists.get(input) ?? createFileList(input, findChips(input), onChange);
    lists.set(input, known);
    return known;
  }

  /** Each into the first field with room that takes its kind; what fits nowhere is given back. */
  function give(files, place = root) {
    return [...files].filter((file) => {
      const free = [...place.querySelectorAll('[data-media]')].find(
        (input) => takes(input, file) && listOf(input).count() < Number(input.dataset.most),
      );
      if (free) listOf(free).add([file]);
      return !free;
    });
  }

  const placeOf = (target) => target.closest('.of-file') ?? root;
  // Before the input's own event, so that its list is there to hear of it.
  root.addEventListener('focusin', ({ target }) => {
    if (target.matches('[data-media]')) listOf(target);
  });
  root.addEventListener('paste', (event) => {
    const { files } = event.clipboardData;
    if (files.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    give(files, placeOf(event.target));
  });
  root.addEventListener('drop', (event) => {
    event.preventDefault();
    event.stopPropagation();
    document.body.classList.remove('dropping');
    give(event.dataTransfer.files, placeOf(event.target));
  });
  return { give, setUp: () => root.querySelectorAll('[data-media]').forEach(listOf) };
}

function findChips(input) {
  return input.parentElement.querySelector('.chips');
}

/** Recordings of sound alone often come in a container that is named after video. */
function takes({ dataset }, { type }) {
  const [family] = type.split('/', 1);
  if (dataset.media === 'any' || family === '') return true;
  return family === dataset.media || (dataset.media === 'audio' && family === 'video');
}
