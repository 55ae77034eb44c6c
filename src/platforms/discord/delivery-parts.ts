/** A delivery as the messages that carry it: the same delivery always makes the same ones. */
import { line, message } from '../../message.ts';
import type { DeliverableFile, Delivery, FileLimits } from '../platform.ts';
import { render, renderPages, toRows, type Rendered } from './render.ts';

/** As many as Discord takes at once; long results come as a file anyway. */
const MOST_PAGES = 5;
const MORE = render(message(line('More:')));

export interface Part {
  readonly number: number;
  readonly rendered: Rendered;
  /** Empty where words are all that this message carries. */
  readonly files: readonly DeliverableFile[];
}

/**
 * The first files go with the beginning of the caption and with its buttons; what is left of the
 * caption follows.
 */
export function toParts(
  { files, caption }: Pick<Delivery, 'files' | 'caption'>,
  limits: FileLimits,
): readonly Part[] {
  const [first = [], ...others] = groupFiles(files, limits);
  const [beginning, ...rest] = renderPages({ ...caption, buttons: [] }, MOST_PAGES);
  return [
    { rendered: { ...beginning, components: toRows(caption.buttons) }, files: first },
    ...rest.map((rendered) => ({ rendered, files: [] })),
    ...others.map((group) => ({ rendered: MORE, files: group })),
  ].map((part, number) => ({ ...part, number }));
}

function groupFiles(
  files: readonly DeliverableFile[],
  limits: FileLimits,
): readonly (readonly DeliverableFile[])[] {
  const groups: DeliverableFile[][] = [];
  for (const file of files) {
    const group = groups.at(-1);
    const bytes = (group ?? []).reduce((sum, one) => sum + one.bytes, file.bytes);
    const fits = bytes <= limits.bytesPerMessage && (group?.length ?? 0) < limits.filesPerMessage;
    if (group && fits) group.push(file);
    else groups.push([file]);
  }
  return groups;
}
