import { MessageFlags } from 'discord.js';
import type { AttachmentEntry } from './message-limits.ts';
import type { MessageWish } from './messages.ts';
import { refuse, refuseForm } from './refusals.ts';
import type { VoiceFacts } from './types.ts';

/** Discord's limit on the points of a waveform. */
const mostPoints = 256;
const base64 = /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/;

export function isVoice(flags: number | null | undefined): boolean {
  return ((flags ?? 0) & MessageFlags.IsVoiceMessage) !== 0;
}

/** A voice message is one sound and nothing else, with its length and its waveform. */
export function checkVoice({ body, files }: MessageWish): void {
  const { content, embeds, components, attachments } = body;
  const more = [content, embeds?.length, components?.length].filter(Boolean);
  if (more.length > 0) throw refuse('voiceWithMore');
  const [file] = files;
  if (!file || files.length > 1 || (attachments ?? []).length > 1) throw refuse('voiceNotAlone');
  // Of a file that does not come as sound, what is told of it is not looked at.
  const facts = file.contentType.startsWith('audio/') ? toVoiceFacts(attachments?.[0]) : undefined;
  if (!facts) throw refuse('voiceWithoutFacts');
  checkWaveform(facts.waveform);
}

export function toVoiceFacts(entry: AttachmentEntry | undefined): VoiceFacts | undefined {
  const { duration_secs: seconds, waveform } = entry ?? {};
  return seconds && seconds > 0 && waveform ? { seconds, waveform } : undefined;
}

function checkWaveform(waveform: string): void {
  const points = Buffer.from(waveform, 'base64').length;
  if (base64.test(waveform) && points <= mostPoints) return;
  const code = 'BASE_TYPE_BAD_LENGTH';
  const message = `A waveform is at most ${mostPoints} bytes in base64, not ${points}.`;
  throw refuseForm([{ path: 'attachments.0.waveform', code, message }]);
}
