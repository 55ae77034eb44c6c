/** What is seen and heard of a recording under way. */
import { toClock } from './player.js';
import { createWave } from './wave.js';

const TICK_MS = 100;

/** @param {HTMLFormElement} form */
export function createRecordingBar(form) {
  const bar = form.querySelector('#recording');
  const button = form.querySelector('#record');
  const time = form.querySelector('#recorded-time');

  function show(isOn) {
    button.setAttribute('aria-pressed', String(isOn));
    bar.hidden = !isOn;
  }

  return {
    /** For those who see it and those who do not; empty where all is well. */
    tell(words) {
      const told = document.createElement('p');
      told.className = 'mistake';
      told.textContent = words;
      form.querySelector('#composer-note').replaceChildren(...(words === '' ? [] : [told]));
    },
    /**
     * @param {{ seconds: () => number, microphone: MediaStream }} recording
     * @param {(seconds: number) => void} onTick
     */
    start({ seconds, microphone }, onTick) {
      const wave = createWave(form.querySelector('#wave'), microphone);
      const ticking = setInterval(() => {
        time.textContent = toClock(seconds());
        wave.move();
        onTick(seconds());
      }, TICK_MS);
      time.textContent = toClock(0);
      show(true);
      announce('Recording');
      return {
        stop(isKept) {
          clearInterval(ticking);
          wave.stop();
          show(false);
          announce(isKept ? `Recording stopped, ${word(seconds())}` : 'Recording thrown away');
        },
      };
    },
  };
}

function announce(words) {
  document.querySelector('#announcer')?.replaceChildren(words);
}

function word(seconds) {
  const whole = Math.round(seconds);
  const counts = [
    [Math.floor(whole / 60), 'minute'],
    [whole % 60, 'second'],
  ];
  const told = counts.filter(([count]) => count > 0);
  const words = told.map(([count, noun]) => `${count} ${noun}${count === 1 ? '' : 's'}`);
  return words.join(' ') || 'less than a second';
}
