/** Files for a form: each field has its chips; what is dropped or pasted goes where it fits. */
import { createFileList } from './file-list.js';

/** @param {() => void} onChange */
export function setUpFormFiles(root, onChange) {
  const shelf = createShelf(root, onChange);
  // Before the input's own event, so that its list is there to hear of it.
  root.addEventListener('focusin', ({ target }) => {
    if (target.matches('[data-media]')) shelf.listOf(target);
  });
  root.addEventListener('paste', (event) => {
    const { files } = event.clipboardData;
    if (files.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    shelf.give(files, placeOf(event.target) ?? root);
  });
  root.addEventListener('drop', (event) => {
    event.preventDefault();
    event.stopPropagation();
    document.body.classList.remove('dropping');
    shelf.give(event.dataTransfer.files, placeOf(event.target) ?? root);
  });
  return shelf;
}

function createShelf(root, onChange) {
  const lists = new Map();
  let form;
  let homeless = [];

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

  /** Files whose field has gone with its model wait for the next one that takes them. */
  function settle() {
    if (root.querySelector('form') !== form) {
      form = root.querySelector('form');
      homeless = [];
      lists.clear();
    }
    for (const [input, list] of lists) {
      if (input.isConnected) continue;
      lists.delete(input);
      homeless.push(...list.take());
    }
    homeless = give(homeless);
  }

  return { listOf, give, settle };
}

function placeOf(target) {
  return target.closest('.of-file');
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
