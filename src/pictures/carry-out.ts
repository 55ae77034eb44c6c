/** Wishes about earlier pictures, one line each: what to make, or what to say. */
import type { Invocation } from '../platforms/platform.ts';
import { deleteResult, describePicture, savePictures, undo } from './change-picture.ts';
import { chooseForEdit, editPictures } from './edit-pictures.ts';
import { showHistory, turnPage } from './history.ts';
import { makeAgain, remix, upscale, vary } from './make-again.ts';
import type { Outcome } from '../outcome.ts';
import type { PictureParts } from './picture-parts.ts';
import type { PicturePlan } from './plan.ts';
import { replay } from './replay.ts';
import { changeSettings } from './settings-of-place.ts';
import { showDetails } from './show-details.ts';

/** Throws `UserError` for what cannot be done, or not by this person, or not here. */
export async function carryOutPicturePlan(
  plan: PicturePlan,
  invocation: Invocation,
  parts: PictureParts,
): Promise<Outcome> {
  switch (plan.kind) {
    case 'edit':
      return editPictures(plan, invocation, parts);
    case 'choose':
      return chooseForEdit(plan.draft, invocation, parts);
    case 'again':
      return makeAgain(plan.subject, invocation, parts);
    case 'remix':
      return remix(plan.subject, plan.prompt, invocation, parts);
    case 'vary':
      return vary(plan.subject, invocation, parts);
    case 'upscale':
      return upscale(plan.subject, invocation, parts);
    case 'replay':
      return replay(plan, invocation, parts);
    case 'undo':
      return undo(plan.subject, invocation, parts);
    case 'details':
      return showDetails(plan.subject, invocation, parts);
    case 'save':
      return savePictures(plan.subject, invocation, parts);
    case 'describe':
      return describePicture(plan.subject, plan.altText, invocation, parts);
    case 'delete':
      return deleteResult(plan.subject, invocation, parts);
    case 'history':
      return showHistory(plan, invocation, parts);
    case 'turn':
      return turnPage(plan.target, invocation, parts);
    case 'settings':
      return changeSettings(plan.changes, invocation, parts);
  }
}
