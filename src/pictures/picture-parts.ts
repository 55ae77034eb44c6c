/** What carrying out a wish about pictures takes. */
import type { Command } from '../command.ts';
import type { JobParts } from '../jobs/job-parts.ts';

export interface PictureParts extends JobParts {
  readonly commands: readonly Command[];
  /** Name or endpoint id of the model that makes pictures larger. */
  readonly upscaleModel: string;
}
