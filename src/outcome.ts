/** What came of a wish about pictures: a request to carry out, or something to say instead. */
import type { Message } from './message.ts';
import type { DeliverableFile } from './platforms/platform.ts';
import type { GenerationRequest } from './request.ts';

/** A wish that means the same however often it is made. */
export interface Once {
  readonly key: string;
  /** Until its job is over, as a button that makes something; or for ever, as an answer. */
  readonly until: 'over' | 'ever';
}

export type Outcome =
  | {
      readonly kind: 'make';
      readonly request: GenerationRequest;
      readonly once?: Once;
    }
  | {
      readonly kind: 'say';
      readonly message: Message;
      readonly files?: readonly DeliverableFile[];
    };

export function say(message: Message, files: readonly DeliverableFile[] = []): Outcome {
  return { kind: 'say', message, files };
}
