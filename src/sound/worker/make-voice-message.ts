/** Makes what Discord plays as a voice message. Read twice: how long a window is, is known at the end only. */
import { AV_SAMPLE_FMT_S16 } from 'node-av/constants';
import type { VoiceMessage } from '../voice-message.ts';
import { encodeSounds } from './encode-sounds.ts';
import { VOICE_MESSAGE } from './encodings.ts';
import { pour } from './pour.ts';
import { toSamples } from './to-samples.ts';
import { createWaveform } from './waveform.ts';

export function makeVoiceMessage(from: string, to: string): VoiceMessage {
  const { sampleRate } = VOICE_MESSAGE;
  let total = 0;
  pour(from, { ...VOICE_MESSAGE, format: AV_SAMPLE_FMT_S16 }, (_planes, count) => {
    total += count;
  });
  const waveform = createWaveform(total, sampleRate);
  encodeSounds({
    paths: [from],
    to,
    choose: () => VOICE_MESSAGE,
    listen([samples], count) {
      if (samples) waveform.add(toSamples(samples, count));
    },
  });
  return { seconds: total / sampleRate, waveform: waveform.toText() };
}
