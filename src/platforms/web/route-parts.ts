/** What the addresses of the web chat work with. */
import type { MiddlewareHandler } from 'hono';
import type { Logger } from 'pino';
import type { Command } from '../../command.ts';
import type { PlatformParts } from '../platform.ts';
import type { Assets } from './assets.ts';
import type { Uploads } from './attachments.ts';
import type { ComposerContent } from './composer.ts';
import type { Login } from './login.ts';
import { renderChatPage } from './page.ts';
import { toPublished } from './publish.ts';
import type { Html } from './render-words.ts';
import { toQuoted } from './quote.ts';
import type { Quoted, StoredMessage } from './stored-message.ts';
import type { WebChat } from './web-chat.ts';
import type { Wishes } from './wishes.ts';

export interface RouteParts {
  readonly chat: WebChat;
  readonly wishes: Wishes;
  readonly uploads: Uploads;
  /** In front of every address that takes forms with files. */
  readonly takeForm: MiddlewareHandler;
  readonly assets: Assets;
  /** All of them: buttons also invoke commands that are not published. */
  readonly commands: readonly Command[];
  /** As in `PlatformParts`. */
  readonly preview: PlatformParts['preview'];
  readonly startForm: PlatformParts['startForm'];
  readonly settingsOf: PlatformParts['settingsOf'];
  readonly gallery: PlatformParts['gallery'];
  readonly addresses: PlatformParts['addresses'];
  readonly allowedHosts: readonly string[];
  /** Undefined where nobody has to log in. */
  readonly login: Login | undefined;
  /** Aborted when the platform stops: open streams end. */
  readonly stopping: AbortSignal;
  readonly log: Logger;
}

type Draft = Pick<ComposerContent, 'text' | 'mistake' | 'answered'>;

/** The whole page, with a message that is not sent yet; above all, one that it no longer shows. */
export function renderChat(
  { chat, assets, commands, login }: RouteParts,
  { older, ...draft }: Draft & { readonly older?: StoredMessage | undefined },
): Html {
  const shown = chat.conversation.list();
  return renderChatPage({
    ...draft,
    messages: older ? [older, ...shown] : shown,
    menu: chat.menu,
    revision: chat.conversation.revision(),
    commands: toPublished(commands),
    assets: assets.base,
    canLogOut: login !== undefined,
  });
}

/** Undefined where nothing is answered, or what was is gone. */
export async function readQuoted(
  reply: string | undefined,
  { chat }: RouteParts,
): Promise<Quoted | undefined> {
  const message = reply === undefined ? undefined : await chat.conversation.read(reply);
  return message && toQuoted(message);
}
