/** What a message says, line by line, once a platform's own markup is taken off. */
import { nodes, textOf } from '../slack/block-reading.ts';
import type { SlackMessage } from '../slack/slack-types.ts';

const PAGE_MARK = /\n-# Page \d+ of \d+$/u;

/** Easel escapes all markup but its own: bold, code, links, quotes and small print. */
export function readDiscordWords(content: string): readonly string[] {
  return toLines(
    content
      .replace(PAGE_MARK, '')
      .replaceAll(/^(?:> |-# )/gmu, '')
      .replaceAll(/(?<!\\)(?:\*\*|`)/gu, '')
      .replaceAll(/(?<!\\)\[([^\]]*)\]\([^)]*\)/gu, '$1')
      .replaceAll(/\\([!-/:-@[-`{-~])/gu, '$1'),
  );
}

export function readSlackWords({ text, blocks }: SlackMessage): readonly string[] {
  if (blocks.length === 0) return toLines(readMarkup(text));
  return nodes(blocks.filter(({ type }) => type !== 'actions')).flatMap((node) => {
    const words = textOf(node['text']);
    return toLines(node['type'] === 'mrkdwn' ? readMarkup(words) : words);
  });
}

function readMarkup(text: string): string {
  const bare = text
    .replaceAll(/<[^|>]*\|([^>]*)>/gu, '$1')
    .replaceAll(/^\*([^*\n]+)\*/gmu, '$1')
    .replaceAll('`', '');
  return readEntities(bare);
}

/** `html` is one message of the page. */
export function readWebWords(html: string): readonly string[] {
  const paragraphs = html.matchAll(/<(p|blockquote)(?: class="small")?>([\s\S]*?)<\/\1>/gu);
  return [...paragraphs].flatMap(([, , inner = '']) =>
    toLines(readEntities(inner.replaceAll(/<[^>]*>/gu, ''))),
  );
}

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" } as const;

export function readEntities(text: string): string {
  return text.replaceAll(
    /&(amp|lt|gt|quot|#39);/gu,
    (_, name: keyof typeof ENTITIES) => ENTITIES[name],
  );
}

function toLines(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}
