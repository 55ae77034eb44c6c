/** Buttons that copy what is marked `copied` around them, or else the words of a message. */

const COPIED = '.copied, .words > :not(.small)';
const SAID_MS = 1600;

export function setUpCopying() {
  document.addEventListener('click', ({ target }) => {
    const button = target.closest('[data-copy]');
    if (button) void press(button);
  });
}

async function press(button) {
  const around = button.closest('.copyable');
  const parts = [...around.querySelectorAll(COPIED)].filter(isOutermost(around));
  const isCopied = await copy(parts);
  button.dataset.copy = isCopied ? 'done' : '';
  document.querySelector('#announcer')?.replaceChildren(isCopied ? 'Copied' : 'Press Ctrl C');
  setTimeout(() => (button.dataset.copy = ''), SAID_MS);
}

/** A part inside another one is copied with it. */
function isOutermost(around) {
  return (part) => !around.contains(part.parentElement.closest(COPIED));
}

/** Browsers open the clipboard to pages from this machine or by https only; elsewhere it is selected. */
async function copy(parts) {
  const text = parts.map((part) => part.innerText.trim()).join('\n');
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    if (parts.length > 0) getSelection().selectAllChildren(parts[0]);
    return false;
  }
}
