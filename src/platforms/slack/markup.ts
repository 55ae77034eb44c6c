/**
 * The pieces of a line as Slack's markup. Atoms are what may not be torn apart, such as a word, a
 * link or an entity; whoever runs out of room breaks between them.
 */
import { cutText } from '../../cut-text.ts';
import type { Inline, MessageRef } from '../../message.ts';

export interface RenderParts {
  readonly now: Date;
  /** Such as `https://acme.slack.com/`. */
  readonly workspaceUrl: string;
}

const LABEL_LENGTH = 200;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

export function toAtoms(part: Inline, limit: number, parts: RenderParts): readonly string[] {
  if (typeof part === 'string') return toWords(part, limit, escape);
  switch (part.kind) {
    case 'strong':
      return wrap('*', part.text, limit);
    case 'code':
      return wrap('`', part.text, limit);
    case 'moment':
      return [toMoment(part.at, parts.now)];
    case 'link':
      return [toLink(escape(part.address.replaceAll('|', '%7C')), part.label)];
    case 'message-link':
      return [toLink(toPermalink(part.to, parts.workspaceUrl), part.label)];
  }
}

function toLink(address: string, label: string): string {
  return `<${address}|${escape(cutText(label.replaceAll('|', '/'), LABEL_LENGTH))}>`;
}

/** Each word with the space behind it; a word that is too long is broken between its letters. */
export function toWords(
  text: string,
  limit: number,
  write: (text: string) => string,
): readonly string[] {
  return text.split(/(?<=\s)(?=\S)/u).flatMap((word) => {
    const written = write(word);
    return written.length <= limit ? [written] : pack(Array.from(word, write), limit);
  });
}

/** As few texts as possible, none longer than the limit where no atom is. */
export function pack(atoms: readonly string[], limit: number): readonly string[] {
  const packed: string[] = [];
  let text = '';
  for (const atom of atoms) {
    if (text !== '' && text.length + atom.length > limit) {
      packed.push(text);
      text = '';
    }
    text += atom;
  }
  return text === '' ? packed : [...packed, text];
}

export function escape(text: string): string {
  return text.replaceAll(/[&<>]/gu, (letter) => ENTITIES[letter] ?? letter);
}

/** Slack knows no escape for its marks, so they are taken out of what they enclose. */
function wrap(mark: string, text: string, limit: number): readonly string[] {
  const inner = text.replaceAll(mark, '').replaceAll(/\s+/gu, ' ').trim();
  return pack(toWords(inner, limit - 2, escape), limit - 2).map(
    (words) => `${mark}${words.trim()}${mark}`,
  );
}

/** Slack keeps "3 minutes ago" fresh by itself, but has nothing for what is still to come. */
function toMoment(at: Date, now: Date): string {
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000);
  if (seconds > 0) return `in about ${wordDuration(seconds)}`;
  const unix = Math.floor(at.getTime() / 1000);
  return `<!date^${unix}^{ago}|${wordDuration(-seconds)} ago>`;
}

function wordDuration(seconds: number): string {
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

function toPermalink({ channel, id, details }: MessageRef, workspaceUrl: string): string {
  const thread = details['thread'];
  const inThread =
    thread === undefined || thread === id ? '' : `?thread_ts=${thread}&amp;cid=${channel}`;
  return `${workspaceUrl}archives/${channel}/p${id.replace('.', '')}${inThread}`;
}
