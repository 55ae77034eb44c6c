/** A small player for sound that is not sent yet: one button that tells how long it is. */

/** @param {File} file */
export function createPlayer(file) {
  const sound = document.createElement('audio');
  sound.preload = 'metadata';
  sound.src = URL.createObjectURL(file);
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'play';
  button.setAttribute('aria-label', `Play ${file.name}`);

  function show() {
    button.setAttribute('aria-pressed', String(!sound.paused));
    const isUnderWay = !sound.paused || (sound.currentTime > 0 && !sound.ended);
    const seconds = isUnderWay ? sound.currentTime : sound.duration;
    if (Number.isFinite(seconds)) button.textContent = toClock(seconds);
  }
  const changes = ['durationchange', 'timeupdate', 'play', 'pause', 'ended'];
  for (const change of changes) sound.addEventListener(change, show);
  button.addEventListener('click', () => (sound.paused ? void sound.play() : sound.pause()));
  show();
  return [sound, button];
}

/** Such as `0:07` or `1:02:03`. */
export function toClock(seconds) {
  const whole = Math.floor(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const parts = hours > 0 ? [hours, String(minutes).padStart(2, '0')] : [minutes];
  return [...parts, String(whole % 60).padStart(2, '0')].join(':');
}
