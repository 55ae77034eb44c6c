/** What stands in every message's menu elsewhere stands here below the messages that it is of use for. */
import type { Command } from '../../command.ts';
import { picturesOf, recordingsOf, textOf } from './quote.ts';
import type { StoredMessage } from './stored-message.ts';

export interface MenuEntry {
  readonly command: string;
  readonly label: string;
}

/** An entry that is not here has another way: a picture is changed by answering it. */
const FITTING: Readonly<Record<string, (message: StoredMessage) => boolean>> = {
  transcribe: hasRecording,
  'use-as-prompt': hasRecording,
  speak: isForReading,
};

export function toMenu(commands: readonly Command[]): readonly MenuEntry[] {
  return commands.flatMap(({ name, menu }) =>
    menu === undefined ? [] : [{ command: name, label: menu }],
  );
}

export function menuOf(message: StoredMessage, menu: readonly MenuEntry[]): readonly MenuEntry[] {
  const there = new Set(buttonsOf(message));
  return menu.filter(({ command }) => !there.has(command) && FITTING[command]?.(message));
}

/** What the result itself offers need not be offered twice. */
function buttonsOf(message: StoredMessage): readonly string[] {
  return message.author === 'person' ? [] : message.message.buttons.map(({ command }) => command);
}

function hasRecording(message: StoredMessage): boolean {
  return message.author !== 'note' && recordingsOf(message).length > 0;
}

/** Words of their own, rather than what is said of a picture, or a command. */
function isForReading(message: StoredMessage): boolean {
  if (textOf(message) === '' || picturesOf(message).length > 0) return false;
  if (message.author === 'person') return !message.text.startsWith('/');
  return isSaid(message) && recordingsOf(message).length === 0;
}

/** A result whose words are what was asked for. */
export function isSaid(message: StoredMessage): boolean {
  return message.author === 'easel' && message.delivered !== undefined && textOf(message) !== '';
}
