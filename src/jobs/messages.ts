/** What a job's status message says in each state. Pure: a job and what is known of it, in words. */
import { cutText } from '../cut-text.ts';
import type { FalLog } from '../fal/fal-queue.ts';
import { line, message, note, type Block, type Button, type Message } from '../message.ts';
import type { Product } from '../models/product.ts';
import { captionOf, quotePrompt } from './caption.ts';
import type { Person } from '../place.ts';
import type { PlatformLimits } from '../platforms/platform.ts';
import type { EndedJob, Job, JobIn } from './job.ts';
import { resultButtons } from './result-buttons.ts';

/** Longest log line that is shown, in characters. */
const LOG_LINE_LENGTH = 120;

export interface Timing {
  /** When it should be done, by the model's past durations; undefined when there are none yet. */
  readonly expectedAt: Date | undefined;
  readonly now: Date;
}

export function acceptedMessage(job: Job): Message {
  return withCancel(
    job,
    line({ kind: 'strong', text: 'Sending it off' }),
    ...quotePrompt(job),
    ...notes(job),
  );
}

/** `position` counts the requests ahead. */
export function waitingMessage(job: Job, position: number | undefined, timing: Timing): Message {
  const place = position === undefined ? 'Waiting in line' : `Waiting in line: ${position + 1}`;
  return withCancel(
    job,
    line({ kind: 'strong', text: place }),
    ...quotePrompt(job),
    note('Asked ', { kind: 'moment', at: job.acceptedAt }, ...wordExpectation(timing)),
    ...notes(job),
  );
}

export function drawingMessage(
  job: Job,
  logs: readonly FalLog[],
  timing: Timing,
  product: Product,
): Message {
  const newest = cleanLogLine(logs.at(-1)?.message ?? '');
  return withCancel(
    job,
    line({ kind: 'strong', text: wordDoing(product) }),
    ...quotePrompt(job),
    note('Asked ', { kind: 'moment', at: job.acceptedAt }, ...wordExpectation(timing)),
    ...(newest === '' ? [] : [note({ kind: 'code', text: newest })]),
    ...notes(job),
  );
}

/** `done` of `of` requests have brought their result. */
export function gatheringMessage(
  job: Job,
  { done, of }: { done: number; of: number },
  product: Product,
): Message {
  const doing = wordDoing(product);
  return withCancel(
    job,
    line({ kind: 'strong', text: `${doing}: ${done} of ${of} done` }),
    ...quotePrompt(job),
    note('Asked ', { kind: 'moment', at: job.acceptedAt }),
    ...notes(job),
  );
}

export function cancellingMessage(job: Job): Message {
  return message(
    line({ kind: 'strong', text: 'Stopping' }),
    ...quotePrompt(job),
    note('If fal has made it already, it is posted all the same.'),
  );
}

export function searchingMessage(job: Job): Message {
  return withCancel(
    job,
    line({ kind: 'strong', text: 'Checking' }),
    ...quotePrompt(job),
    note(
      'fal did not say whether it took the request. Easel looks it up before anything is sent twice.',
    ),
  );
}

interface LastWord extends Pick<PlatformLimits, 'hasButtonsBesideFiles'> {
  /** What a transcript says. */
  readonly heard?: readonly Block[] | undefined;
}

/** The last word of the status message. */
export function finalMessage(
  job: EndedJob,
  product: Product,
  { hasButtonsBesideFiles, heard }: LastWord,
): Message {
  switch (job.state) {
    case 'delivered':
      return deliveredMessage(job, product, { hasButtonsBesideFiles, heard });
    case 'failed':
      return message(
        line({ kind: 'strong', text: `No ${wordThing(product)}` }),
        line(job.failure.text),
        ...quotePrompt(job),
      );
    case 'cancelled':
      return message(line({ kind: 'strong', text: 'Stopped' }), ...quotePrompt(job));
    case 'undecided':
      return undecidedMessage(job);
  }
}

/** In place of a result that somebody took away. */
export function deletedMessage(job: Job, { name }: Person): Message {
  return message(line({ kind: 'strong', text: 'Deleted' }, ` by ${name}`), ...quotePrompt(job));
}

/** The buttons are with the files, or else here. */
function deliveredMessage(
  job: JobIn<'delivered'>,
  product: Product,
  { hasButtonsBesideFiles, heard }: LastWord,
): Message {
  const buttons = resultButtons(job);
  const [first] = job.messages;
  const isHere = first === undefined || first.id === job.status?.id;
  if (isHere) return { ...captionOf(job, job.result, heard), buttons };
  const link = { kind: 'message-link', label: `see the ${wordThing(product)}`, to: first } as const;
  const words = message(line({ kind: 'strong', text: 'Done' }, ' · ', link));
  return hasButtonsBesideFiles ? words : { ...words, buttons };
}

function wordDoing(product: Product): string {
  return DOING[product] ?? 'Working';
}

const DOING: Partial<Record<Product, string>> = {
  picture: 'Drawing',
  sound: 'Making the sound',
  transcript: 'Listening',
};

const NAMED: ReadonlySet<Product> = new Set(['picture', 'sound', 'transcript']);

/** What people mostly ask for has a name; everything else is a result. */
function wordThing(product: Product): string {
  return NAMED.has(product) ? product : 'result';
}

function undecidedMessage(job: Job): Message {
  const retry: Button = { label: 'Send it again', style: 'primary', command: 'retry', job: job.id };
  return {
    blocks: [
      line({ kind: 'strong', text: 'Nobody knows' }),
      line('fal did not say whether it took this request, and it is not in fal’s list.'),
      ...quotePrompt(job),
      note('Sending it again may be charged twice; that is why Easel leaves it to you.'),
    ],
    buttons: [retry],
  };
}

function withCancel(job: Job, ...blocks: readonly Block[]): Message {
  const cancel: Button = { label: 'Cancel', style: 'danger', command: 'cancel', job: job.id };
  return { blocks, buttons: [cancel] };
}

function notes(job: Job): readonly Block[] {
  return job.notes.map((text) => note(text));
}

function wordExpectation({
  expectedAt,
  now,
}: Timing): readonly (string | { kind: 'moment'; at: Date })[] {
  if (expectedAt === undefined) return [];
  if (expectedAt <= now) return [' · ready any moment'];
  return [' · ready ', { kind: 'moment', at: expectedAt }];
}

/** Progress bars redraw themselves with `\r` and colours: only the last state of the line is news. */
function cleanLogLine(text: string): string {
  const plain = text.replaceAll(ANSI_SEQUENCE, '');
  const last = plain.split(/[\r\n]/u).findLast((part) => part.trim() !== '') ?? '';
  return cutText(last.replaceAll(/\p{C}/gu, '').trim(), LOG_LINE_LENGTH);
}

/** Escape sequences of terminals (ECMA-48 CSI and OSC). */
// oxlint-disable-next-line no-control-regex -- control characters are what it is about
const ANSI_SEQUENCE = /\u001B(?:\[[\d;?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\))/gu;
