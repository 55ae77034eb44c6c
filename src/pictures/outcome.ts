/** What came of a wish about pictures: a request to carry out, or something to say instead. */
import type { Message } from '../message.ts';
import type { DeliverableFile } from '../platforms/platform.ts';
import type { GenerationRequest } from '../request.ts';

export type Outcome =
  | {
      readonly kind: 'make';
      readonly request: GenerationRequest;
      /**
       * Names the wish, where wishing the same twice means it once: a button that is pressed again
       * while its result is being made.
       */
      readonly once?: string;
    }
  | {
      readonly kind: 'say';
      readonly message: Message;
      readonly files?: readonly DeliverableFile[];
    };

export function say(message: Message, files: readonly DeliverableFile[] = []): Outcome {
  return { kind: 'say', message, files };
}
