/** A recording while it is made: what the microphone gives, in whatever container the browser has. */
import { withLength } from './webm-length.js';

/** The first that the browser knows; all of them are understood later on. */
const KINDS = [
  { type: 'audio/webm;codecs=opus', extension: 'webm' },
  { type: 'audio/mp4', extension: 'm4a' },
  { type: 'audio/ogg;codecs=opus', extension: 'ogg' },
];
/** Plenty for speech: an hour has 28 MB. */
const BITS_PER_SECOND = 64_000;
/** So that a long one need not stay in memory. */
const PART_MS = 1000;

/** False on pages that came without encryption from another machine, too. */
export function canRecord() {
  return navigator.mediaDevices?.getUserMedia !== undefined && 'MediaRecorder' in globalThis;
}

/** Rejects where there is no microphone, or this page may not use it. */
export async function startRecording() {
  const microphone = await navigator.mediaDevices.getUserMedia({ audio: true });
  const kind = KINDS.find(({ type }) => MediaRecorder.isTypeSupported(type)) ?? {};
  const recorder = new MediaRecorder(microphone, {
    mimeType: kind.type,
    audioBitsPerSecond: BITS_PER_SECOND,
  });
  const parts = [];
  const startedAt = performance.now();
  let endedAt;
  recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
  /** Also where the microphone is pulled out. */
  const ended = new Promise((resolve) => {
    recorder.addEventListener('stop', () => {
      endedAt ??= performance.now();
      for (const track of microphone.getTracks()) track.stop();
      resolve();
    });
  });
  recorder.start(PART_MS);
  const seconds = () => ((endedAt ?? performance.now()) - startedAt) / 1000;

  return {
    microphone,
    ended,
    seconds,
    stop() {
      if (recorder.state === 'inactive') return;
      endedAt = performance.now();
      recorder.stop();
    },
    /** Once it has ended; undefined where nothing was recorded. */
    async toFile() {
      const type = recorder.mimeType.split(';', 1)[0];
      const bytes = await withLength(new Blob(parts, { type }), seconds());
      if (bytes.size === 0) return undefined;
      return new File([bytes], `recording-${toMoment(new Date())}.${kind.extension}`, { type });
    },
  };
}

/** Such as `14-03-22`, where the person is. */
function toMoment(now) {
  const parts = [now.getHours(), now.getMinutes(), now.getSeconds()];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}
