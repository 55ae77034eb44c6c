/**
 * Recordings of somebody's voice that are handed to a model which imitates it. Only those of Easel's
 * own voices may be: for these somebody has consented.
 */
import { UserError } from '../errors.ts';
import { listTypes, type Endpoint, type Field } from '../models/endpoint.ts';
import type { GivenFile } from '../models/model.ts';
import { findWordsField } from '../models/request/words-field.ts';
import type { AttachmentRef } from '../request.ts';
import { OWN_VOICES } from './find-sample.ts';

/** What they are given is imitated, whatever the field is called. */
const SPEAKING_KINDS: ReadonlySet<string> = new Set(['text-to-speech', 'text-to-audio']);
/** So do those that call themselves so, or put a film into another language in its speakers' voices. */
const IMITATORS =
  /(?:^|[/-])(?:tts|text-to-speech|voice-clone|clone-voice|create-voice|dubbing|translate)(?:[/-]|$)/u;
/** They make music or noises in the manner of a recording, and imitate nobody. */
const MANNER_ONLY: ReadonlySet<string> = new Set(['fal-ai/diffrhythm', 'fal-ai/controlfoley']);
/** Films whose people speak as in the recordings that they are given. */
const REFERRING = /(?:^|[/-])reference-to-video(?:[/-]|$)/u;
const SOUND_FIELD = /audio|speech|sound/u;
/** Everywhere else, such as in voice changers, these are the fields of a voice to be imitated. */
const VOICE_FIELD =
  /voice|speaker|clone|timbre|(?:^|_)(?:ref(?:erence)?|target)_(?:audio|speech|sound)/u;
/** What they make cannot be heard. */
const SILENT_KINDS = /(?:-to-(?:image|3d|text)|vision|llm)$/u;
const ADDRESS = /^\s*(?:https?:|data:)\S+\s*$/iu;

export interface SpeakingCall {
  readonly endpoint: Endpoint;
  readonly input: Readonly<Record<string, unknown>>;
  /** The request's files, and what they became. */
  readonly refs: readonly AttachmentRef[];
  readonly files: readonly GivenFile[];
}

/** Throws `UserError` where a recording is to be imitated that is not one of Easel's own voices. */
export function refuseForeignSamples({ endpoint, input, refs, files }: SpeakingCall): void {
  const own = new Set(
    files.filter((_, at) => refs[at]?.platform === OWN_VOICES).map(({ url }) => url),
  );
  if (findSamples(endpoint, input).every((address) => own.has(address))) return;
  throw new UserError(
    'That would imitate somebody’s voice. Easel does so only with the recorded consent of its owner: /voices clone asks for it.',
  );
}

/** The addresses of recordings that the endpoint would imitate. */
export function findSamples(
  endpoint: Endpoint,
  input: Readonly<Record<string, unknown>>,
): readonly string[] {
  const { kind, id } = endpoint;
  if (SILENT_KINDS.test(kind) || MANNER_ONLY.has(id)) return [];
  const imitates = SPEAKING_KINDS.has(kind) || IMITATORS.test(id);
  const refers = REFERRING.test(id);
  const pictures = listPictureNames(endpoint.fields);
  const words = findWordsField(endpoint)?.name;
  return listAddresses(input).flatMap(({ path, address }) => {
    const name = path.at(-1) ?? '';
    if (pictures.has(name) || path[0] === words) return [];
    const isVoice = VOICE_FIELD.test(name) || (refers && SOUND_FIELD.test(name));
    return imitates || isVoice ? [address] : [];
  });
}

function listPictureNames(fields: readonly Field[]): ReadonlySet<string> {
  return new Set(
    listFields(fields)
      .filter(({ type }) => listTypes(type).some(isPicture))
      .map(({ name }) => name),
  );
}

function isPicture(type: Field['type']): boolean {
  if (type.kind === 'list') return listTypes(type.of).some(isPicture);
  return type.kind === 'file' && type.media === 'image';
}

/** With those inside of objects. */
function listFields(fields: readonly Field[]): readonly Field[] {
  return fields.flatMap((field) => [
    field,
    ...listTypes(field.type).flatMap((type) => {
      const inner = type.kind === 'list' ? type.of : type;
      return inner.kind === 'object' ? listFields(inner.fields) : [];
    }),
  ]);
}

interface FoundAddress {
  /** The names that lead to it. */
  readonly path: readonly string[];
  readonly address: string;
}

function listAddresses(value: unknown, path: readonly string[] = []): readonly FoundAddress[] {
  if (typeof value === 'string') return ADDRESS.test(value) ? [{ path, address: value }] : [];
  if (Array.isArray(value)) return value.flatMap((one) => listAddresses(one, path));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => listAddresses(inner, [...path, name]));
}
