/** What a message says, checked as Slack checks it, and how it changes. */
import { countCharacters, isNode, nodes, textOf } from './block-reading.ts';
import { SlackRefusal } from './method.ts';
import type { SlackBlock, SlackMessage } from './slack-types.ts';
import type { State } from './state.ts';

/** Replaces text and blocks the way Slack does: what is not given again is gone. */
export function editMessage(
  state: State,
  message: SlackMessage,
  next: { readonly text: string; readonly blocks: readonly SlackBlock[] },
): void {
  message.edits.push({ at: state.now(), text: message.text, blocks: message.blocks });
  message.text = next.text;
  message.blocks = next.blocks;
}

export function removeMessage(state: State, message: SlackMessage): void {
  state.messages.splice(state.messages.indexOf(message), 1);
}

/** What one message says; Slack names the blocks and buttons that the app left without an id. */
export function readContent(
  state: State,
  args: { readonly text?: string | undefined; readonly blocks?: readonly SlackBlock[] | undefined },
  method: string,
): { text: string; blocks: readonly SlackBlock[] } {
  const blocks = args.blocks ?? [];
  if (!args.text && blocks.length === 0) throw new SlackRefusal('no_text');
  if (!args.text)
    state.violations.push(`${method}: blocks without text, which is what notifications read out`);
  if (countCharacters(blocks) > 13_200) {
    state.violations.push(`${method}: the blocks hold more than 13200 characters`);
    throw new SlackRefusal('msg_blocks_too_long');
  }
  checkPictures(state, blocks, method);
  return { text: args.text ?? '', blocks: withIds(state, blocks) };
}

function checkPictures(state: State, blocks: readonly SlackBlock[], method: string): void {
  for (const { slack_file: source } of blocks.flatMap(nodes)) {
    if (!isNode(source)) continue;
    const file = state.files.get(textOf(source['id']));
    if (file !== undefined && /^image\/(png|jpeg|gif)$/u.test(file.mimetype)) continue;
    state.violations.push(`${method}: slack_file is not a processed png, jpeg or gif`);
    throw new SlackRefusal('invalid_blocks', ['invalid slack file']);
  }
}

function withIds(state: State, blocks: readonly SlackBlock[]): SlackBlock[] {
  return blocks.map((block) => ({
    ...block,
    block_id: block['block_id'] ?? state.nextId('block'),
    ...(Array.isArray(block['elements']) && {
      elements: block['elements'].map((element: Record<string, unknown>) =>
        element['type'] === 'button' ? { action_id: state.nextId('action'), ...element } : element,
      ),
    }),
  }));
}
