/** What HTML and htmx leave over: sending with Enter, countdowns, and the large view of a picture. */
import { setUpAttachments } from './attach.js';
import { setUpCombobox } from './combobox.js';
import { setUpCopying } from './copy.js';
import { setUpOptions } from './options.js';
import { setUpPresses } from './presses.js';
import { setUpRecorder } from './record.js';
import { setUpReply } from './reply.js';

const composer = document.querySelector('#composer');
if (composer) {
  setUpComposer(composer);
  setUpViewer(document.querySelector('#viewer'));
  setUpCopying();
  setUpPresses();
  setInterval(countDown, 1000);
  document.addEventListener('htmx:after:swap', countDown);
  countDown();
}

function setUpComposer(form) {
  const { text, files } = form.elements;
  const reply = setUpReply(form);
  const useKey = setUpCombobox(text, form.querySelector('#hints'), reply);
  const attached = setUpAttachments(files, form.querySelector('#chips'));
  const recorder = setUpRecorder(form, attached);
  const isEmpty = () => text.value.trim() === '' && attached.count() === 0 && !recorder.isOn();
  // A prefilled example: the caret belongs behind it.
  text.setSelectionRange(text.value.length, text.value.length);
  text.addEventListener('keydown', (event) => {
    const isUsed = [useKey, recorder.useKey, reply.useKey].some((use) => use(event));
    if (isUsed) return event.preventDefault();
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (!isEmpty()) form.requestSubmit();
  });
  keepUnsent(form, { text, attached, reply });
  setUpOptions(document.querySelector('#options'), { text, attached, reply });
}

/** The box is free for the next message at once; what could not be sent comes back into it. */
function keepUnsent(form, { text, attached, reply }) {
  let sent = { words: '', files: [], answered: [] };
  const onOwn = (name, act) =>
    form.addEventListener(name, (event) => event.target === form && act(event.detail));

  function fill(words) {
    text.value = words;
    text.dispatchEvent(new Event('input'));
  }
  function takeBack() {
    if (text.value === '') fill(sent.words);
    attached.add(sent.files);
    if (reply.id() === '') reply.put(sent.answered);
  }

  onOwn('htmx:before:request', () => {
    sent = { words: text.value, files: attached.take(), answered: reply.take() };
    fill('');
    text.focus();
  });
  onOwn('htmx:after:request', ({ ctx }) => {
    if (!ctx.response.raw.ok) return takeBack();
    history.replaceState(null, '', '/');
    document.querySelector('main').scrollTop = 0;
  });
  onOwn('htmx:error', () => {
    form.querySelector('#composer-note').textContent = 'Easel cannot be reached. Is it running?';
    takeBack();
  });
}

/** Without scripts, and until this has run, the moment stands there as a time of day. */
function countDown() {
  for (const moment of document.querySelectorAll('time[data-moment]')) {
    const seconds = Math.round((Date.parse(moment.dateTime) - Date.now()) / 1000);
    moment.textContent = toWords(seconds);
  }
}

function toWords(seconds) {
  const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  if (Math.abs(seconds) < 90) return words.format(seconds, 'second');
  return words.format(Math.round(seconds / 60), 'minute');
}

function setUpViewer(viewer) {
  const large = viewer.querySelector('#viewer-picture');
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-picture]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const picture = link.querySelector('img');
    large.src = picture.src;
    large.alt = picture.alt;
    viewer.showModal();
  });
  viewer.addEventListener('click', (event) => {
    if (event.target !== large) viewer.close();
  });
}
