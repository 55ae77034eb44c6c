/** Files for the composer by button, paste and drop: all end up in its one file input. */
import { createFileList } from './file-list.js';

/**
 * @param {HTMLFormElement} form
 * @param {HTMLInputElement} input
 * @param {HTMLElement} chips
 * @returns {{ take: () => File[], add: (files: Iterable<File>) => void, count: () => number }} `take` leaves none behind
 */
export function setUpAttachments(input, chips) {
  const files = createFileList(input, chips);
  document.addEventListener('paste', (event) => {
    const { files: pasted } = event.clipboardData;
    if (pasted.length === 0) return;
    event.preventDefault();
    files.add(pasted);
  });
  acceptDrops(files.add);
  return files;
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
