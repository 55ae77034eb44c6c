/** What a form shows at first that a button or a message's menu opens. */
import type { RawValues } from '../option.ts';
import type { FormRequest } from '../platforms/platform.ts';
import { readResult, readTarget } from './find-subject.ts';
import { isGiven, parseTarget } from './picture.ts';
import type { PictureParts } from './picture-parts.ts';

/** Throws `UserError` where the result is elsewhere, is gone, or may not be touched. */
export async function startForm(form: FormRequest, parts: PictureParts): Promise<RawValues> {
  if (form.job === undefined) return {};
  if (isGiven(form.job)) {
    await readTarget(form.job, form, parts);
    return {};
  }
  const { job: id, number = 1 } = parseTarget(form.job);
  const { request, result } = await readResult(id, form, parts);
  if (form.commandName === 'remix') return { prompt: request.prompt };
  if (form.commandName === 'say-instead') return { prompt: result.text?.trim() };
  if (form.commandName !== 'alt') return {};
  const made = await parts.store.pictures.madeBy(id);
  return { text: made.find((one) => one.number === number)?.altText };
}
