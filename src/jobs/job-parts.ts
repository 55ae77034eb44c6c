/** What carrying out a job takes: everything is handed in. */
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { FlaggedPictures } from '../config.ts';
import type { Download } from '../download.ts';
import type { FalQueue } from '../fal/fal-queue.ts';
import type { FalLimits } from '../fal/settings.ts';
import type { Models } from '../models/model.ts';
import type { TakeInPicture } from '../pictures/take-in/take-in-picture.ts';
import type { SignedAddresses } from '../pictures/signed-address.ts';
import type { ChatPlatform } from '../platforms/platform.ts';
import type { Store } from '../store/store.ts';
import type { EditBudget } from './edit-budget.ts';

export interface JobParts {
  readonly store: Store;
  readonly queue: FalQueue;
  readonly models: Models;
  readonly platforms: ReadonlyMap<string, ChatPlatform>;
  readonly budget: EditBudget;
  readonly download: Download;
  readonly takeIn: TakeInPicture;
  /** Hosts that fal's result files may come from. */
  readonly falFileHosts: readonly string[];
  readonly falLimits: FalLimits;
  /** Of what is kept here, for people in a chat. */
  readonly addresses: SignedAddresses;
  /** What happens to pictures that a model's safety check marked. */
  readonly flaggedPictures: FlaggedPictures;
  /** Whether delivered pictures carry the recipe that made them. */
  readonly hasPictureMetadata: boolean;
  /** Absolute; a job's files are in `files/<job id>/`. */
  readonly dataFolder: string;
  readonly clock: Clock;
  readonly log: Logger;
}
