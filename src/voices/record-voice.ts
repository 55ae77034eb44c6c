/** What is learned of a voice when it has been made, and each time it has spoken. */
import { z } from 'zod';
import { UpstreamError } from '../errors.ts';
import type { Job, JobIn, JobResult } from '../jobs/job.ts';
import { findVoices, listNames } from './gate.ts';
import type { VoiceParts } from './voice-parts.ts';
import { openVoices } from './voice-store.ts';

const madeSchema = z.object({ custom_voice_id: z.string().trim().min(1) });

type RecordParts = Pick<VoiceParts, 'store' | 'clock'>;

/**
 * Keeps MiniMax's name for the voice that was made. Returns the result as it is told: that name is
 * nobody's business. Every other job's stays as it is. Repeating it does no harm. Throws `UpstreamError`
 * where the answer holds no name.
 */
export async function recordVoice(
  { request, result }: JobIn<'fetched'>,
  { store, clock }: RecordParts,
): Promise<JobResult> {
  if (request.voice?.role !== 'makes') return result;
  const voices = openVoices(store);
  const voice = await voices.read(request.voice.id);
  if (!voice) return result;
  const customId = readCustomId(result);
  // Known before anything else: whatever happens next, it is never anybody else's.
  await voices.noteCustomId(customId, voice);
  const madeAt = clock.now();
  await voices.change(voice.id, (current) =>
    current.madeAt ? current : { ...current, customId, madeAt },
  );
  const notes = [
    { text: `It speaks now: /speak --voice ${voice.name}` },
    { text: 'MiniMax deletes a voice that says nothing for 7 days.' },
  ];
  return { ...result, text: undefined, notes: [...(result.notes ?? []), ...notes] };
}

/** Moves the day on which MiniMax would delete it. */
export async function noteVoiceUse(
  job: Pick<Job, 'request'>,
  { store, clock }: RecordParts,
): Promise<void> {
  if (job.request.voice?.role === 'makes') return;
  const used = await findVoices(job, listNames(job.request.options), { store });
  for (const { id } of used) await openVoices(store).noteUse(id, clock.now());
}

/** What the model says in words counts as its words. */
function readCustomId({ rest, text }: JobResult): string {
  const { data } = madeSchema.safeParse(rest ?? {});
  const name = data?.custom_voice_id ?? text?.trim();
  if (name !== undefined && /^\S+$/u.test(name)) return name;
  throw new UpstreamError('fal', 'The model answered without a voice. Please try again.', {
    retryable: false,
  });
}
