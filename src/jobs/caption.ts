/** What goes with a result: for whom, what made it, what it cost, and what happened on the way. */
import { cutText } from '../cut-text.ts';
import { isRaster } from '../media.ts';
import { joinLinks, line, message, note, type Block, type Message } from '../message.ts';
import { wordDollars } from './cost.ts';
import type { Job, JobResult, ResultNote, StoredFile } from './job.ts';
import { toSpoken } from './result-text.ts';

/** Longest prompt that is quoted under a result; the whole one is in the store. */
const QUOTE_LENGTH = 600;
/** Sizes of more pictures than this are not listed. */
const MOST_SIZES = 4;
/** Longer times are told in minutes. */
const LONGEST_IN_SECONDS = 100;

/** `heard` is what a transcript says; it takes the place of prompt and answer. */
export function captionOf(job: Job, result: JobResult, heard?: readonly Block[]): Message {
  return message(
    ...(heard ?? [...quoteSpoken(job, result), ...sayText(result.text)]),
    note(factsOf(job, result).join(' · ')),
    ...[...wordMarked(result), ...job.notes].map((text) => note(text)),
    ...(result.notes ?? []).map(wordNote),
    ...tellHowToChoose(result),
  );
}

function wordNote({ text, address, links = [] }: ResultNote): Block {
  if (address !== undefined) return note(`${text} `, { kind: 'code', text: address });
  return note(text, ...joinLinks(links));
}

/** What is spoken is the result itself: all of it stands here, or in the file beside it. */
function quoteSpoken(job: Job, { files }: JobResult): readonly Block[] {
  const isSpoken = files.some(({ contentType }) => contentType.startsWith('audio/'));
  if (!isSpoken || job.request.prompt === '') return quotePrompt(job);
  const { words, isWhole } = toSpoken(job.request.prompt);
  const quote: Block = { kind: 'quote', text: words };
  return isWhole ? [quote] : [quote, note('All of it is in the file.')];
}

/** Nothing where the model takes no words. */
export function quotePrompt({ request }: Job): readonly Block[] {
  const text = cutText(request.prompt, QUOTE_LENGTH);
  return text === '' ? [] : [{ kind: 'quote', text }];
}

function sayText(text: string | undefined): readonly Block[] {
  if (text === undefined) return [];
  const { words, isWhole } = toSpoken(text);
  if (words === '') return [line('The model’s answer is empty.')];
  return isWhole ? [line(words)] : [line(words), note('All of it is in the file.')];
}

/** The pictures stand in the order of their numbers. */
function tellHowToChoose({ files }: JobResult): readonly Block[] {
  if (files.filter(isRaster).length < 2) return [];
  return [
    note('To change one of them, reply with its number: ', {
      kind: 'code',
      text: '2: make it night',
    }),
  ];
}

function factsOf(job: Job, result: JobResult): readonly string[] {
  const seed = result.seed ?? job.request.options['seed'];
  return [
    `For ${job.person.name}`,
    job.request.model,
    ...(seed === undefined ? [] : [`seed ${seed}`]),
    ...wordSizes(result.files),
    ...(job.request.shows === undefined
      ? [wordSeconds(result.inferenceSeconds ?? result.seconds)]
      : ['shown again']),
    ...wordCost(result.cost),
  ];
}

/** One size where all pictures have it, else each one's. A picture of a file has no size of its own. */
function wordSizes(files: readonly StoredFile[]): readonly string[] {
  const sizes = files.flatMap((file) => {
    const { isPreview, width, height } = file;
    return isRaster(file) && !isPreview && width && height ? `${width}×${height}` : [];
  });
  const [first] = sizes;
  if (first === undefined) return [];
  if (sizes.every((size) => size === first)) return [first];
  const more = sizes.length > MOST_SIZES ? ', …' : '';
  return [`${sizes.slice(0, MOST_SIZES).join(', ')}${more}`];
}

export function wordSeconds(seconds: number): string {
  if (seconds < LONGEST_IN_SECONDS) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

export function wordCost(cost: JobResult['cost']): readonly string[] {
  if (cost === undefined) return [];
  const dollars = wordDollars(cost.dollars);
  return [cost.isEstimate ? `about ${dollars}` : dollars];
}

function wordMarked({ withheld, made, files }: JobResult): readonly string[] {
  const hidden = files.filter(({ isSpoiler }) => isSpoiler).length;
  return [
    ...(withheld === 0 ? [] : [`${count(withheld, made)} withheld by the model’s safety check.`]),
    ...(hidden === 0
      ? []
      : [
          `${count(hidden, made)} marked by the model’s safety check and hidden until you open it.`,
        ]),
  ];
}

/** Jobs of older versions do not tell how many were made. */
function count(some: number, made: number | undefined): string {
  const verb = some === 1 ? 'was' : 'were';
  if (made === 1) return `The picture ${verb}`;
  if (made !== undefined) return `${some} of ${made} pictures ${verb}`;
  return some === 1 ? 'One picture was' : `${some} pictures were`;
}
