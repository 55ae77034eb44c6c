/** What a message made of text and blocks shows, rings and offers. */
import type { SlackBlock, SlackButton } from './slack-types.ts';

const control =
  /<(?:!(channel|here|everyone)(?:\|[^>]*)?|!(subteam\^[A-Z0-9]+)(?:\|[^>]*)?|@([UW][A-Z0-9]+)(?:\|[^>]*)?)>/g;

/** Everybody whom Slack would notify: parsed in text, mrkdwn and markdown, never in plain text. */
export function readPings(text: string, blocks: readonly SlackBlock[]): string[] {
  const found = [...parsedTexts(blocks), text].flatMap((part) =>
    [...part.matchAll(control)].flatMap(
      ([, everybody, group, person]) => everybody ?? group ?? person ?? [],
    ),
  );
  return [...new Set([...found, ...richMentions(blocks)])];
}

export function readButtons(blocks: readonly SlackBlock[]): SlackButton[] {
  return blocks.flatMap((block) =>
    nodes(block)
      .filter((node) => node['type'] === 'button')
      .map((node) => ({
        actionId: textOf(node['action_id']),
        blockId: textOf(block['block_id']),
        label: textOf(isNode(node['text']) ? node['text']['text'] : ''),
        value: textOf(node['value']),
      })),
  );
}

/** Characters of all texts together; Slack refuses more than about 13,200 without saying so. */
export function countCharacters(blocks: readonly SlackBlock[]): number {
  return blocks.flatMap(nodes).reduce((total, node) => total + textOf(node['text']).length, 0);
}

type Node = Readonly<Record<string, unknown>>;

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The value itself and every object inside it. */
export function nodes(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodes);
  return isNode(value) ? [value, ...Object.values(value).flatMap(nodes)] : [];
}

function parsedTexts(blocks: readonly SlackBlock[]): string[] {
  return blocks
    .flatMap(nodes)
    .filter(({ type }) => type === 'mrkdwn' || type === 'markdown')
    .map((node) => textOf(node['text']));
}

function richMentions(blocks: readonly SlackBlock[]): string[] {
  return blocks.flatMap(nodes).flatMap((node) => {
    if (node['type'] === 'broadcast') return textOf(node['range']);
    if (node['type'] === 'usergroup') return `subteam^${textOf(node['usergroup_id'])}`;
    return node['type'] === 'user' ? textOf(node['user_id']) : [];
  });
}
