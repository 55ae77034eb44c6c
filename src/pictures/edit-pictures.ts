/** “Make it night”, said to a picture: which picture, with which words, beside what else. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { UserError } from '../errors.ts';
import { line, message, note, type Block, type Button, type Message } from '../message.ts';
import type { Invocation } from '../platforms/platform.ts';
import { generationRequestSchema, type AttachmentRef, type GenerationRequest } from '../request.ts';
import { findNewest, findSubject, pickOne, toOwnRef } from './find-subject.ts';
import { say, type Outcome } from '../outcome.ts';
import type { PictureParts } from './picture-parts.ts';
import type { Subject } from './subject.ts';

/** “2: make it night”, “#2 make it night”, “picture 2: make it night”. */
const NUMBERED =
  /^\s*(?:(?:picture|image|pic)\s*)?(?:#(\d{1,2})\s*[:.)-]?|(\d{1,2})\s*[:)])\s+(?=\S)/iu;
const DRAFTS = 'edits';

interface EditWish {
  readonly subject: Subject;
  /** Its files go along beside the pictures that are changed. */
  readonly request: GenerationRequest;
}

export async function editPictures(
  { subject, request }: EditWish,
  invocation: Invocation,
  parts: PictureParts,
): Promise<Outcome> {
  const { by, pictures } = await findSubject(subject, invocation, parts);
  const refs = pictures.map(({ ref }) => ref);
  const [first] = refs;
  if (!first) return editAttached(by === 'answer', request, invocation, parts);
  const { words, number } = readNumber(request.prompt, refs.length);
  const wanted = subject.number ?? number;
  const numbered = { ...request, prompt: words };
  if (wanted === undefined && refs.length > 1) return askWhich(refs, request, invocation, parts);
  return toEdit([pickOne(refs, wanted) ?? first], numbered);
}

const draftSchema = z.object({
  request: generationRequestSchema,
  pictures: z.array(generationRequestSchema.shape.files.element),
  person: z.string(),
  platform: z.string(),
  channel: z.string(),
});

/** `target` is a draft and the number of a picture; 0 for all of them. */
export async function chooseForEdit(
  target: string,
  { person, place }: Invocation,
  { store }: PictureParts,
): Promise<Outcome> {
  const [, id = '', number = ''] = /^(.+)\.(\d+)$/u.exec(target) ?? [];
  const draft = draftSchema.safeParse(await store.records('pictures').read(DRAFTS, id)).data;
  const isHere = draft?.platform === place.platform && draft.channel === place.channel;
  if (!draft || !isHere) throw new UserError('That question is no longer open. Please ask again.');
  if (draft.person !== person.id) throw new UserError('Only the person who was asked can answer.');
  const chosen =
    number === '0' ? draft.pictures : draft.pictures.slice(Number(number) - 1, Number(number));
  // One question, one job: a second press comes too late.
  return { ...toEdit(chosen, draft.request), once: { key: `draft:${id}`, until: 'ever' } };
}

/** The number in front of the words, where there is a picture of that number. */
export function readNumber(
  prompt: string,
  pictures: number,
): { words: string; number: number | undefined } {
  const [mark, hash, plain] = NUMBERED.exec(prompt) ?? [];
  const number = Number(hash ?? plain);
  const isMeant = mark !== undefined && number >= 1 && number <= pictures;
  return isMeant
    ? { words: prompt.slice(mark.length), number }
    : { words: prompt, number: undefined };
}

/** Without a picture that was pointed at: what is attached, or the person's newest one. */
async function editAttached(
  isAnswer: boolean,
  request: GenerationRequest,
  invocation: Invocation,
  parts: PictureParts,
): Promise<Outcome> {
  // An answer to mere words is no edit: the words are what shall be drawn.
  if (request.files.length > 0 || isAnswer) return { kind: 'make', request };
  return toEdit([toOwnRef(await findNewest(invocation, parts))], request);
}

/** Where the words are still to be heard, the pictures wait for them. */
function toEdit(pictures: readonly AttachmentRef[], request: GenerationRequest) {
  const { spoken } = request;
  const withPictures = (files: readonly AttachmentRef[]) => [...pictures, ...files];
  return {
    kind: 'make',
    request: spoken
      ? { ...request, spoken: { ...spoken, files: withPictures(spoken.files) } }
      : { ...request, files: withPictures(request.files) },
  } as const;
}

/** The answer goes on with the request, on the picture that was chosen. */
export async function askWhich(
  pictures: readonly AttachmentRef[],
  request: GenerationRequest,
  { person, place }: Invocation,
  { store }: PictureParts,
): Promise<Outcome> {
  const id = randomUUID();
  const { platform, channel } = place;
  const draft: z.infer<typeof draftSchema> = {
    request,
    pictures: [...pictures],
    person: person.id,
    platform,
    channel,
  };
  await store.records('pictures').write(DRAFTS, id, draft);
  const words = request.spoken ? undefined : request.prompt;
  return say(wordQuestion(id, pictures.length, words));
}

function wordQuestion(draft: string, pictures: number, prompt: string | undefined): Message {
  const choice = (label: string, number: number): Button => ({
    label,
    style: 'secondary',
    command: 'choose',
    job: `${draft}.${number}`,
  });
  const numbers = Array.from({ length: pictures }, (_, at) => choice(String(at + 1), at + 1));
  const { blocks } = message(
    line({ kind: 'strong', text: 'Which picture?' }),
    ...(prompt === undefined ? [] : wordNumber(prompt)),
  );
  return { blocks, buttons: [...numbers, choice('All together', 0)] };
}

function wordNumber(prompt: string): readonly Block[] {
  return [
    { kind: 'quote', text: prompt },
    note('Next time, begin with its number: ', { kind: 'code', text: `2: ${prompt.slice(0, 60)}` }),
  ];
}
