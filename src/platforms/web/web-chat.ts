/** What the parts of the web chat share. */
import type { Clock } from '../../clock.ts';
import type { FileShelf } from './file-shelf.ts';
import type { Conversation } from './conversation.ts';
import type { MenuEntry } from './menu.ts';
import type { ResultIndex } from './result-index.ts';

export interface WebChat {
  readonly clock: Clock;
  readonly conversation: Conversation;
  readonly shelf: FileShelf;
  readonly results: ResultIndex;
  readonly menu: readonly MenuEntry[];
}
