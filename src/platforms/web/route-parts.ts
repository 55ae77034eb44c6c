/** What the addresses of the web chat work with. */
import type { Logger } from 'pino';
import type { Command, Plan } from '../../command.ts';
import type { Gallery } from '../../pictures/gallery.ts';
import type { Assets } from './assets.ts';
import type { Uploads } from './attachments.ts';
import type { Login } from './login.ts';
import { renderChatPage } from './page.ts';
import { toPublished } from './publish.ts';
import type { Html } from './render-words.ts';
import type { WebChat } from './web-chat.ts';
import type { Wishes } from './wishes.ts';

export interface RouteParts {
  readonly chat: WebChat;
  readonly wishes: Wishes;
  readonly uploads: Uploads;
  readonly assets: Assets;
  /** All of them: buttons also invoke commands that are not published. */
  readonly commands: readonly Command[];
  /** As in `PlatformParts`. */
  readonly preview: (plan: Plan) => readonly string[];
  /** Earlier pictures, for pages that show them. */
  readonly gallery: Gallery;
  readonly allowedHosts: readonly string[];
  /** Undefined where nobody has to log in. */
  readonly login: Login | undefined;
  /** Aborted when the platform stops: open streams end. */
  readonly stopping: AbortSignal;
  readonly log: Logger;
}

/** The whole page, with a message that is not sent yet. */
export function renderChat(
  { chat, assets, commands, login }: RouteParts,
  draft: { readonly text: string; readonly mistake: string },
): Html {
  return renderChatPage({
    ...draft,
    messages: chat.conversation.list(),
    revision: chat.conversation.revision(),
    commands: toPublished(commands),
    assets: assets.base,
    canLogOut: login !== undefined,
  });
}
