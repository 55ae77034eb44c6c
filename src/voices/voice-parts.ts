/** What dealing with voices takes. */
import type { JobParts } from '../jobs/job-parts.ts';

export type VoiceParts = Pick<
  JobParts,
  'store' | 'clock' | 'models' | 'dataFolder' | 'log' | 'queue'
>;
