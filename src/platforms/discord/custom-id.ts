/** What a button carries. Clients can read and replay it: ids only, and the core checks them again. */
import type { Button } from '../../message.ts';

type Press = Pick<Button, 'command' | 'job'>;

/** The version lets buttons of older messages be told apart should the form ever change. */
const SHAPE = /^v1:([a-z\d_-]{1,32}):([\w.-]{1,64})$/u;
/** A form that was opened from a message's menu: its key stands for what the menu brought. */
const MENU_SHAPE = /^menu1:([a-z\d_-]{1,32}):([\w-]{1,64})$/u;

export interface MenuForm {
  readonly command: string;
  readonly key: string;
}

export function toCustomId({ command, job }: Press): string {
  return `v1:${command}:${job}`;
}

/** Undefined for a button that this version of Easel did not make. */
export function parseCustomId(customId: string): Press | undefined {
  const [, command, job] = SHAPE.exec(customId) ?? [];
  return command === undefined || job === undefined ? undefined : { command, job };
}

export function toMenuFormId({ command, key }: MenuForm): string {
  return `menu1:${command}:${key}`;
}

export function parseMenuFormId(customId: string): MenuForm | undefined {
  const [, command, key] = MENU_SHAPE.exec(customId) ?? [];
  return command === undefined || key === undefined ? undefined : { command, key };
}
