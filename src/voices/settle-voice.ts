/** What a result means for the voice that it is about, before anybody is told. */
import type { JobIn } from '../jobs/job.ts';
import { assertMayDeliver } from './gate.ts';
import { hearConsent } from './hear-consent.ts';
import { recordVoice } from './record-voice.ts';
import type { VoiceParts } from './voice-parts.ts';

/**
 * The job with its result as it is told: a voice that was made is kept, a reading is compared. Repeating
 * it does no harm. Throws `UserError` where the consent has ended since: then nothing is told of it.
 */
export async function settleVoice(
  job: JobIn<'fetched'>,
  parts: Pick<VoiceParts, 'store' | 'clock' | 'dataFolder'>,
): Promise<JobIn<'fetched'>> {
  const made = await recordVoice(job, parts);
  await assertMayDeliver(job, parts);
  return { ...job, result: await hearConsent({ ...job, result: made }, parts) };
}
