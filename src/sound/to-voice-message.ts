import { askWorker } from './ask-worker.ts';
import { orNothing } from './or-nothing.ts';
import { noneWhereSilent } from './sound-error.ts';
import { voiceMessageSchema, type VoiceMessage } from './voice-message.ts';

/** Ogg with Opus, mono, 48 kHz: what Discord plays as a voice message. Undefined where there is no sound. */
export async function toVoiceMessage(from: string, to: string): Promise<VoiceMessage | undefined> {
  const task = { kind: 'voice-message', from, to } as const;
  return noneWhereSilent(orNothing(to, askWorker(task, voiceMessageSchema)));
}
