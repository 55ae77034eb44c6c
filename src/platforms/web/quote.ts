/** A message in a line: what an answer to it shows, and which of its files can be worked from. */
import { cutText } from '../../cut-text.ts';
import { isRaster } from '../../media.ts';
import type { AttachmentRef } from '../../request.ts';
import type { AnsweredMessage } from '../platform.ts';
import { toPlainText } from './render-words.ts';
import { toRef } from './status-message.ts';
import type { Quoted, ShownFile, StoredMessage } from './stored-message.ts';

/** Longer words are no help to recognise a message by. */
const QUOTE_LENGTH = 140;

export function toQuoted(message: StoredMessage): Quoted {
  const pictures = picturesOf(message);
  const shown = pictures.find(({ isSpoiler }) => !isSpoiler);
  const words = cutText(toWords(message), QUOTE_LENGTH) || (pictures[0]?.altText ?? '');
  const quoted = { id: message.id, words, pictures: pictures.length };
  return shown ? { ...quoted, thumbnail: shown.id } : quoted;
}

export function toAnswered(message: StoredMessage): AnsweredMessage {
  return {
    message: toRef(message.id),
    files: picturesOf(message).map(toAttachment),
    recordings: [],
    text: '',
    nearer: [],
  };
}

/** In the order in which they are shown and numbered. */
export function picturesOf(message: StoredMessage): readonly ShownFile[] {
  return filesOf(message).filter(isRaster);
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
  const quote = blocks.find((block) => block.kind === 'quote');
  if (quote) return quote.text;
  const line = blocks.find((block) => block.kind === 'line');
  return line?.parts.map(toPlainText).join('') ?? '';
}
