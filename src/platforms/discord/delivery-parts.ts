/** A delivery as the messages that carry it: the same delivery always makes the same ones. */
import { line, message, type Button } from '../../message.ts';
import type { DeliverableFile, Delivery, FileLimits } from '../platform.ts';
import { toPlainWords } from './plain-text.ts';
import { render, renderMarked, renderPages, toRows, type Rendered } from './render.ts';
import type { SpokenFile } from './request-body.ts';

/** More would be a flood where somebody only asked something. */
const MOST_ANSWER_PAGES = 5;
const MORE = render(message(line('More:')));

export interface Part {
  /** What the checkpoint and the nonce know it by. */
  readonly name: string;
  readonly rendered: Rendered;
  /** Empty where words are all that this message carries. */
  readonly files: readonly DeliverableFile[];
  /** What the whole delivery says, to go along as a file. */
  readonly words?: string;
  /** A voice message, which is nothing else. */
  readonly voice?: SpokenFile;
}

/** A delivery whose files all go as files. */
type Content = Pick<Delivery, 'files' | 'caption'>;

/**
 * The first files go with the beginning of the caption and with its buttons; what is left of the
 * caption follows. Words alone have their buttons at the end, where whoever has read them is.
 */
export function toParts({ files, caption }: Content, limits: FileLimits): readonly Part[] {
  const pages = renderMarked(caption.blocks);
  return arrange({ pages, groups: groupFiles(files, limits), buttons: caption.buttons });
}

/** At most so many messages: words that have no room in them go along as a file, whole. */
export function toFewParts(
  { files, caption }: Content,
  limits: FileLimits,
  most: number,
): readonly Part[] {
  const { blocks, buttons } = caption;
  const pages = renderMarked(blocks);
  const groups = groupFiles(files, limits);
  if (pages.length === 1 || pages.length + Math.max(0, groups.length - 1) <= most) {
    return arrange({ pages, groups, buttons });
  }
  const words = toPlainWords(blocks);
  const regrouped = groupFiles(files, leaveRoom(words, limits));
  const room = Math.max(1, most - Math.max(0, regrouped.length - 1));
  const [first, ...others] = arrange({
    pages: renderMarked(blocks, room),
    groups: regrouped,
    buttons,
  });
  return first ? [{ ...first, words }, ...others] : [];
}

/** Answers are short: where one is not, its last page says so. */
export function toAnswerParts({ files, caption }: Content, limits: FileLimits): readonly Part[] {
  const pages = renderPages(caption, MOST_ANSWER_PAGES).map(({ content }) => content);
  return arrange({ pages, groups: groupFiles(files, limits), buttons: caption.buttons });
}

/** They come before the words about them. */
export function toVoiceParts(files: readonly DeliverableFile[]): readonly Part[] {
  const rendered = render(message());
  return files.flatMap((file, at) =>
    isSpoken(file) ? [{ name: `voice-${at}`, rendered, files: [file], voice: file }] : [],
  );
}

/** A voice message cannot be hidden. */
function isSpoken(file: DeliverableFile): file is SpokenFile {
  return file.voice !== undefined && !file.isSpoiler;
}

interface Arrangement {
  readonly pages: readonly string[];
  readonly groups: readonly (readonly DeliverableFile[])[];
  readonly buttons: readonly Button[];
}

function arrange({ pages, groups, buttons }: Arrangement): readonly Part[] {
  const [first = [], ...others] = groups;
  const buttonsAt = groups.length > 0 ? 0 : pages.length - 1;
  return [
    ...pages.map((content, at) => ({
      rendered: { content, components: at === buttonsAt ? toRows(buttons) : [] },
      files: at === 0 ? first : [],
    })),
    ...others.map((files) => ({ rendered: MORE, files })),
  ].map((part, at) => ({ ...part, name: String(at) }));
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

function leaveRoom(words: string, limits: FileLimits): FileLimits {
  return {
    ...limits,
    bytesPerMessage: limits.bytesPerMessage - Buffer.byteLength(words),
    filesPerMessage: limits.filesPerMessage - 1,
  };
}
