/**
 * What a message says, as one would read it out. Where it has blocks they are what people see, and its
 * text is no more than a short version for notifications.
 */
import { z } from 'zod';
import { isForEverybody, type Attachment, type SlackMessage } from './message-pictures.ts';
import { decodeText } from './typed-text.ts';

/** Looking up names would take a call for each. */
const SOMEBODY = '@somebody';
const UNNAMED_PERSON = /<@([UW][A-Z\d]+)>/gu;
/** What makes words bold or slanted or code: at the edges of words, and never inside of a link. */
const MARKS = /<[^>]*>|(?<![\p{L}\p{N}])[*_`]+(?=\S)|(?<=\S)[*_`]+(?![\p{L}\p{N}])/gu;
const QUOTE = /^&gt; ?/gmu;

const words = z.string().nullish();
const textObject = z.object({ type: words, text: words });
const block = z.object({
  type: z.string(),
  /** The Markdown block's is a bare text. */
  text: z.union([textObject, z.string()]).nullish().catch(null),
  fields: z.array(textObject).nullish().catch(null),
  elements: z.array(z.unknown()).nullish(),
});
/** A piece of rich text, or something around such pieces. */
const piece = z.object({
  type: z.string(),
  text: words,
  url: words,
  user_id: words,
  range: words,
  unicode: words,
  fallback: words,
  elements: z.array(z.unknown()).nullish(),
});
type Piece = z.infer<typeof piece>;

/** Without those who are named only to be told, such as Easel. */
export function textOf(message: SlackMessage, channel: string, botUserId: string): string {
  const own = fromBlocks(message.blocks, botUserId) || fromMarkup(message.text ?? '', botUserId);
  if (own !== '') return own;
  const forwarded = (message.attachments ?? []).filter((one) => isForEverybody(one, channel));
  return joinLines(forwarded.map((one) => fromAttachment(one, botUserId)));
}

function fromAttachment({ message_blocks: forwarded, text }: Attachment, bot: string): string {
  const shown = (forwarded ?? []).map(({ message }) => fromBlocks(message?.blocks, bot));
  return joinLines(shown) || fromMarkup(text ?? '', bot);
}

function fromBlocks(blocks: readonly unknown[] | null | undefined, bot: string): string {
  return joinLines(
    (blocks ?? []).map((one) => {
      const { data } = block.safeParse(one);
      if (data?.type === 'rich_text') return fromPieces(data.elements, bot, '\n');
      const { text, fields } = data ?? {};
      if (typeof text === 'string') return text;
      return data?.type === 'section' || data?.type === 'header'
        ? joinLines([text, ...(fields ?? [])].map((part) => fromTextObject(part, bot)))
        : '';
    }),
  );
}

function fromTextObject(part: z.infer<typeof textObject> | null | undefined, bot: string): string {
  const text = part?.text ?? '';
  return part?.type === 'mrkdwn' ? fromMarkup(text, bot) : text;
}

function fromPieces(
  pieces: readonly unknown[] | null | undefined,
  bot: string,
  between: string,
): string {
  return (pieces ?? [])
    .map((one) => {
      const { data } = piece.safeParse(one);
      return data ? fromPiece(data, bot) : '';
    })
    .join(between);
}

function fromPiece(data: Piece, bot: string): string {
  switch (data.type) {
    case 'user':
      return data.user_id === bot ? '' : SOMEBODY;
    case 'broadcast':
      return `@${data.range ?? ''}`;
    case 'emoji':
      return toEmoji(data.unicode ?? '');
    default:
      if (!data.elements) return data.text ?? data.url ?? data.fallback ?? '';
      return fromPieces(data.elements, bot, data.type === 'rich_text_list' ? '\n' : '');
  }
}

/** Such as `1f44d-1f3fb`; empty for those that a workspace made itself. */
function toEmoji(codes: string): string {
  if (!/^[\da-f]{2,6}(?:-[\da-f]{2,6})*$/u.test(codes)) return '';
  const points = codes.split('-').map((code) => Number.parseInt(code, 16));
  return points.every((point) => point <= 0x10_ff_ff) ? String.fromCodePoint(...points) : '';
}

function fromMarkup(text: string, bot: string): string {
  const plain = text
    .replaceAll(QUOTE, '')
    .replaceAll(MARKS, (found) => (found.startsWith('<') ? found : ''))
    .replaceAll(UNNAMED_PERSON, (found, id: string) => (id === bot ? found : SOMEBODY));
  return decodeText(plain, bot);
}

function joinLines(lines: readonly string[]): string {
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}
