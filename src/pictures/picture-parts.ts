/** What carrying out a wish about pictures takes. */
import type { Command } from '../command.ts';
import type { JobParts } from '../jobs/job-parts.ts';
import type { ContactSheets } from './contact-sheets.ts';
import type { Thumbnails } from './thumbnails.ts';

export interface PictureParts extends JobParts {
  readonly commands: readonly Command[];
  /** Name or endpoint id of the model that makes pictures larger. */
  readonly upscaleModel: string;
  readonly thumbnails: Thumbnails;
  readonly contactSheets: ContactSheets;
}
