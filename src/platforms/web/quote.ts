/** A message in a line: what an answer to it shows, and which of its files can be worked from. */
import { cutText } from '../../cut-text.ts';
import { isRaster } from '../../media.ts';
import type { Block } from '../../message.ts';
import type { AttachmentRef } from '../../request.ts';
import type { AnsweredMessage } from '../platform.ts';
import { toText } from './render-words.ts';
import { toRef } from './status-message.ts';
import type { Quoted, ShownFile, StoredMessage } from './stored-message.ts';

/** Longer words are no help to recognise a message by. */
const QUOTE_LENGTH = 140;
const UNTOLD = 'A message';

export function toQuoted(message: StoredMessage): Quoted {
  const pictures = picturesOf(message);
  const shown = pictures.find(({ isSpoiler }) => !isSpoiler);
  const [file] = pictures.length > 0 ? pictures : filesOf(message);
  const words = cutText(toWords(message), QUOTE_LENGTH) || (file?.altText ?? '') || UNTOLD;
  const quoted = { id: message.id, words, pictures: pictures.length };
  return shown ? { ...quoted, thumbnail: shown.id } : quoted;
}

export function toAnswered(message: StoredMessage): AnsweredMessage {
  return {
    message: toRef(message.id),
    files: picturesOf(message).map(toAttachment),
    recordings: recordingsOf(message).map(toAttachment),
    text: textOf(message),
    nearer: [],
  };
}

/** In the order in which they are shown and numbered. */
export function picturesOf(message: StoredMessage): readonly ShownFile[] {
  return filesOf(message).filter(isRaster);
}

/** Sound and film. */
export function recordingsOf(message: StoredMessage): readonly ShownFile[] {
  return filesOf(message).filter(({ contentType }) => /^(?:audio|video)\//u.test(contentType));
}

/** All that a message says; the small print of Easel's tells of the making and is left out. */
export function textOf(message: StoredMessage): string {
  if (message.author === 'person') return message.text;
  return message.message.blocks
    .filter(({ kind }) => kind !== 'note')
    .map(toText)
    .join('\n');
}

export function filesOf(message: StoredMessage): readonly ShownFile[] {
  return message.author === 'person' ? message.pictures : message.files;
}

function toAttachment({ id, fileName, contentType, bytes }: ShownFile): AttachmentRef {
  const url = `/web/files/${id}`;
  return { platform: 'web', id, fileName, claimedType: contentType, bytes, url };
}

/** Somebody's own words say best what a message is about. */
function toWords(message: StoredMessage): string {
  if (message.author === 'person') return message.text;
  const { blocks } = message.message;
  const said = blocks.find(({ kind }) => kind === 'quote') ?? blocks.find(isLine);
  return said ? toText(said) : '';
}

function isLine({ kind }: Block): boolean {
  return kind === 'line';
}
