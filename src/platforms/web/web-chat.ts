/** What the parts of the web chat share. */
import type { Clock } from '../../clock.ts';
import type { FileShelf } from './file-shelf.ts';
import type { Conversation } from './conversation.ts';

export interface WebChat {
  readonly clock: Clock;
  readonly conversation: Conversation;
  readonly shelf: FileShelf;
}
