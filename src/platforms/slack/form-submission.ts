/**
 * A form closes once its wish is taken, so that nothing filled in is lost before; what is refused
 * until then is shown beside its fields.
 */
import type { Clock } from '../../clock.ts';
import type { Inline, Message } from '../../message.ts';
import type { Invocation } from '../platform.ts';

/** Slack waits three seconds. */
const CLOSE_WITHIN_MS = 2000;

export interface FormErrors {
  readonly response_action: 'errors';
  /** By the id of the block, which is the option's name. */
  readonly errors: Record<string, string>;
}

export interface Submission {
  /** Resolves once Slack knows; an answer without content closes the form. */
  acknowledge(response?: FormErrors): Promise<void>;
  /** Where each sentence belongs; empty where none of them is about a field. */
  place(sentences: readonly string[]): Record<string, string>;
}

export async function submit(
  invocation: Invocation,
  submission: Submission,
  { clock, onInvocation }: { clock: Clock; onInvocation: (one: Invocation) => Promise<void> },
): Promise<void> {
  const closing = new AbortController();
  const close = async (response?: FormErrors): Promise<void> => {
    if (closing.signal.aborted) return;
    closing.abort();
    await submission.acknowledge(response);
  };
  const late = clock.sleep(CLOSE_WITHIN_MS, closing.signal).then(
    () => close(),
    () => undefined,
  );
  try {
    await onInvocation({
      ...invocation,
      async acknowledge(status) {
        await close();
        return invocation.acknowledge(status);
      },
      async answer(words) {
        const errors = closing.signal.aborted ? {} : submission.place(toSentences(words));
        if (Object.keys(errors).length > 0) return close({ response_action: 'errors', errors });
        await close();
        return invocation.answer(words);
      },
    });
  } finally {
    await close();
    await late;
  }
}

function toSentences({ blocks }: Message): readonly string[] {
  return blocks
    .flatMap((block) => (block.kind === 'quote' ? block.text : block.parts.map(toText).join('')))
    .flatMap((text) => text.split('\n'));
}

function toText(part: Inline): string {
  if (typeof part === 'string') return part;
  switch (part.kind) {
    case 'strong':
    case 'code':
      return part.text;
    case 'message-link':
      return part.label;
    case 'moment':
      return '';
  }
}
