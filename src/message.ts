/**
 * What Easel says, without a platform's markup. Strings in here are always literal text: each
 * platform escapes them on the way out, so a prompt can neither ping a channel nor forge a link.
 */
import { z } from 'zod';

/** Where a message is, as plain JSON: it is stored with the job and read back after a restart. */
export const messageRefSchema = z.object({
  /** The platform's name, such as `discord`. */
  platform: z.string(),
  /** The platform's id of the channel, thread or conversation that holds the message. */
  channel: z.string(),
  /** The platform's id of the message (Slack: its `ts`, which must stay a string). */
  id: z.string(),
  /** What else the platform needs to find the message again; no other code looks inside. */
  details: z.record(z.string(), z.string()),
});
export type MessageRef = z.infer<typeof messageRefSchema>;

/** An address of Easel's own, as `createSignedAddresses` makes them: never a model's or a person's. */
export const ownAddressSchema = z.url({ protocol: /^https?$/u }).brand<'own address'>();
export type OwnAddress = z.infer<typeof ownAddressSchema>;

/** A link to something of Easel's own; the address of anybody else is shown as `code`. */
export interface Link {
  readonly kind: 'link';
  readonly label: string;
  readonly address: OwnAddress;
}

/** A piece of one line. A bare string is literal text. */
export type Inline =
  | string
  | { readonly kind: 'strong'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  /** A moment told relative to now ("in 12 seconds"); Discord and the web count it down themselves. */
  | { readonly kind: 'moment'; readonly at: Date }
  | Link
  /** A way to jump to a message, where the platform has links to messages. */
  | { readonly kind: 'message-link'; readonly label: string; readonly to: MessageRef };

export type Block =
  | { readonly kind: 'line'; readonly parts: readonly Inline[] }
  /** Somebody's own words, such as a prompt. */
  | { readonly kind: 'quote'; readonly text: string }
  /** Small print: notes on what a model could not honour, a log line. */
  | { readonly kind: 'note'; readonly parts: readonly Inline[] };

/** A button is a command with its job filled in: pressing it makes an ordinary invocation. */
export interface Button {
  readonly label: string;
  readonly style: 'primary' | 'secondary' | 'danger';
  /** The command that a press invokes. */
  readonly command: string;
  /** The job that the press is about, or one picture of it (`<job id>.2`); arrives as `job`. */
  readonly job: string;
}

export interface Message {
  readonly blocks: readonly Block[];
  readonly buttons: readonly Button[];
}

export function line(...parts: readonly Inline[]): Block {
  return { kind: 'line', parts };
}

export function note(...parts: readonly Inline[]): Block {
  return { kind: 'note', parts };
}

/** Side by side, with a space before the first. */
export function joinLinks(links: readonly Omit<Link, 'kind'>[]): readonly Inline[] {
  return links.flatMap((link, at) => [at === 0 ? ' ' : ' · ', { kind: 'link', ...link }]);
}

export function message(...blocks: readonly Block[]): Message {
  return { blocks, buttons: [] };
}
