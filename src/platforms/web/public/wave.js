/** How loud it is, as bars that move on: whoever speaks sees that they are heard. */
const BARS = 40;
/** Speech is quiet in numbers: this much fills a bar. */
const LOUD = 0.2;

/**
 * @param {HTMLElement} place
 * @param {MediaStream} microphone
 * @returns {{ move: () => void, stop: () => void }} `move` adds the loudness of this moment
 */
export function createWave(place, microphone) {
  const audio = new AudioContext();
  const analyser = audio.createAnalyser();
  audio.createMediaStreamSource(microphone).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const bars = Array.from({ length: BARS }, () => document.createElement('span'));
  const levels = bars.map(() => 0);
  place.replaceChildren(...bars);

  return {
    move() {
      analyser.getFloatTimeDomainData(samples);
      levels.shift();
      levels.push(Math.min(1, Math.sqrt(meanSquare(samples) / LOUD ** 2)));
      for (const [at, bar] of bars.entries()) bar.style.setProperty('--level', levels[at]);
    },
    stop() {
      place.replaceChildren();
      void audio.close();
    },
  };
}

function meanSquare(samples) {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return sum / samples.length;
}
