/** What Slack makes of the words that a person types: pieces without any markup. */

const MARKUP =
  /<(?:@([UW][A-Z0-9]+)|#(C[A-Z0-9]+)(?:\|[^<>]*)?|(https?:[^<>|]+)(?:\|([^<>]*))?)>/gu;

/** Of the text as messages carry it, where mentions and links are markup and the rest is escaped. */
export function toRichText(
  blockId: string,
  text: string,
): Record<string, unknown> & { type: string } {
  const elements: Record<string, unknown>[] = [];
  let from = 0;
  for (const found of text.matchAll(MARKUP)) {
    elements.push(...toWords(text.slice(from, found.index)), toPiece(found));
    from = found.index + found[0].length;
  }
  elements.push(...toWords(text.slice(from)));
  return {
    type: 'rich_text',
    block_id: blockId,
    elements: [{ type: 'rich_text_section', elements }],
  };
}

function toPiece([, user, channel, url, label]: RegExpExecArray): Record<string, unknown> {
  if (user !== undefined) return { type: 'user', user_id: user };
  if (channel !== undefined) return { type: 'channel', channel_id: channel };
  return { type: 'link', url, ...(label !== undefined && { text: label }) };
}

function toWords(escaped: string): Record<string, unknown>[] {
  const text = escaped.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  return text === '' ? [] : [{ type: 'text', text }];
}
