/** The microphone button of the composer: what is recorded becomes one of its files. */
import { canRecord, startRecording } from './recording.js';
import { createRecordingBar } from './recording-bar.js';

const LONGEST_SECONDS = 60 * 60;
const WORDS_FOR_LONGEST = 'One recording may have an hour: this one has ended.';
const HINDRANCES = {
  NotAllowedError:
    'The microphone is blocked for this page: allow it next to the page’s address, then record again.',
  NotFoundError: 'There is no microphone: connect one, then record again.',
  NotReadableError: 'Another program holds the microphone: close that, then record again.',
};
const UNKNOWN_HINDRANCE = 'The microphone cannot be used: attach a recording instead.';

/**
 * @param {HTMLFormElement} form
 * @param {{ add: (files: Iterable<File>) => void }} files
 * @returns {{ isOn: () => boolean, useKey: (event: KeyboardEvent) => boolean }} `useKey` is true when the key has ended a recording
 */
export function setUpRecorder(form, files) {
  const button = form.querySelector('#record');
  const recorder = createRecorder(createRecordingBar(form), (file) => {
    if (file) files.add([file]);
    form.elements.text.focus();
  });
  const { isOn, begin, finish, discard } = recorder;
  button.hidden = !canRecord();
  button.addEventListener('click', () => void (isOn() ? finish() : begin()));
  form.querySelector('[data-finish]').addEventListener('click', () => void finish());
  form.querySelector('[data-discard]').addEventListener('click', discard);
  sendWhenDone(form, recorder);
  addEventListener('beforeunload', (event) => isOn() && event.preventDefault());

  function useKey({ key, isComposing }) {
    if (key !== 'Escape' || isComposing || !isOn()) return false;
    discard();
    return true;
  }
  document.addEventListener('keydown', (event) => {
    const isElsewhere = event.defaultPrevented || document.querySelector('dialog[open]');
    if (!isElsewhere && useKey(event)) event.preventDefault();
  });
  return { isOn, useKey };
}

/** `onEnd` gets the file, or undefined where it was thrown away. */
function createRecorder(bar, onEnd) {
  let isAsking = false;
  let current;

  async function begin() {
    if (isAsking) return;
    isAsking = true;
    const recording = await ask(bar);
    isAsking = false;
    if (!recording) return;
    current = { recording, isKept: true };
    current.done = follow(current);
  }

  /** Until it has ended, by whatever: a button, a key, the time, a microphone that was pulled out. */
  async function follow(own) {
    const { recording } = own;
    const shown = bar.start(recording, (seconds) => {
      if (seconds < LONGEST_SECONDS) return;
      recording.stop();
      bar.tell(WORDS_FOR_LONGEST);
    });
    await recording.ended;
    const file = own.isKept ? await recording.toFile() : undefined;
    current = undefined;
    shown.stop(file !== undefined);
    onEnd(file);
  }

  async function finish() {
    current.recording.stop();
    await current.done;
  }

  const discard = () => {
    current.isKept = false;
    void finish();
  };
  return { isOn: () => current !== undefined, begin, finish, discard };
}

/** Undefined where this page gets no microphone; the person has been told why. */
async function ask(bar) {
  bar.tell('');
  try {
    return await startRecording();
  } catch (error) {
    bar.tell(HINDRANCES[error.name] ?? UNKNOWN_HINDRANCE);
    return undefined;
  }
}

/** Whoever sends while they speak means what they have said, too. */
function sendWhenDone(form, { isOn, finish }) {
  form.addEventListener(
    'submit',
    (event) => {
      if (!isOn()) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      void finish().then(() => form.requestSubmit());
    },
    { capture: true },
  );
}
