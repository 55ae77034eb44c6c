/** The files that an answer holds: where its endpoint says, else where they usually are. */
import type { OutputField } from '../endpoint.ts';
import type { RemoteMedia } from '../model.ts';
import { findFiles, searchFiles, type FoundFile } from './find-files.ts';
import { readFlags, type Flags } from './flags.ts';
import type { AnswerRecord } from './record.ts';

export interface FoundMedia {
  readonly media: readonly RemoteMedia[];
  /** Fields that are nothing but files. */
  readonly names: readonly string[];
  /** Pieces of other fields that are files. */
  readonly sources: ReadonlySet<unknown>;
}

/** Fields that hold results where a schema says nothing, most telling first. */
const USUAL: readonly OutputField[] = [
  { name: 'images', media: 'image' },
  { name: 'image', media: 'image' },
  { name: 'video', media: 'video' },
  { name: 'videos', media: 'video' },
  { name: 'video_url', media: 'video' },
  { name: 'audio', media: 'audio' },
  { name: 'audio_file', media: 'audio' },
  { name: 'audio_url', media: 'audio' },
  { name: 'model_mesh', media: '3d' },
  { name: 'model_glb', media: '3d' },
  { name: 'model_urls', media: '3d' },
  { name: 'file', media: 'file' },
  { name: 'files', media: 'file' },
  { name: 'output', media: 'file' },
  { name: 'result', media: 'file' },
  { name: 'results', media: 'file' },
];

/** Empty where neither the declared fields nor the usual ones hold any. */
export function findMedia(outputs: readonly OutputField[], answer: AnswerRecord): FoundMedia {
  const declared = outputs.filter(({ media }) => media !== 'text');
  const others = USUAL.filter(({ name }) => !outputs.some((output) => output.name === name));
  const fields = [declared, others].find((fields) => fields.some((field) => holds(answer, field)));
  if (!fields) return { media: [], names: [], sources: new Set() };
  const flags = readFlags(answer);
  const seen = fields.find((field) => isSeen(field) && holds(answer, field));
  const media = fields.flatMap((field) =>
    readField(answer, { field, isFlagged: field === seen }, flags),
  );
  const names = fields.filter((field) => holds(answer, field)).map(({ name }) => name);
  return { media: unique(media), names, sources: new Set() };
}

/** Wherever they are; to the flags they count in the order in which they stand. */
export function searchMedia(answer: AnswerRecord): FoundMedia {
  const flags = readFlags(answer);
  const found = searchFiles(answer);
  const media = found.map((file, at) => toMedia(file, flags.isMarked(at, file.source)));
  return {
    media: unique([...media, ...withheldFrom(flags, found.length)]),
    names: [],
    sources: new Set(found.map(({ source }) => source)),
  };
}

/** Lists of flags speak of one field, the first that can be seen; marks in entries of any. */
function readField(
  answer: AnswerRecord,
  { field, isFlagged }: { field: OutputField; isFlagged: boolean },
  flags: Flags,
): RemoteMedia[] {
  const entries = entriesOf(answer[field.name]);
  const mayBeRaw = field.media !== 'file';
  const media = entries.flatMap((entry, at) => {
    const isMarked = flags.isMarked(isFlagged ? at : -1, entry);
    const files = findFiles(entry, mayBeRaw).map((file) => toMedia(file, isMarked));
    return files.length === 0 && isMarked ? [WITHHELD] : files;
  });
  return isFlagged ? [...media, ...withheldFrom(flags, entries.length)] : media;
}

/** Marked, and therefore not handed out at all: the lists speak of more than came. */
function withheldFrom(flags: Flags, came: number): RemoteMedia[] {
  const spokenOf = Math.max(flags.length, flags.all && came === 0 ? 1 : 0);
  return Array.from({ length: Math.max(0, spokenOf - came) }, (_, more) => came + more)
    .filter((at) => flags.isMarked(at, undefined))
    .map(() => WITHHELD);
}

const WITHHELD: RemoteMedia = {
  url: '',
  claimedType: undefined,
  fileName: undefined,
  width: undefined,
  height: undefined,
  flagged: true,
};

function holds(answer: AnswerRecord, { name, media }: OutputField): boolean {
  return entriesOf(answer[name]).some((entry) => findFiles(entry, media !== 'file').length > 0);
}

function entriesOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === null || value === undefined ? [] : [value];
}

function isSeen({ media }: OutputField): boolean {
  return media === 'image' || media === 'video';
}

function toMedia(file: FoundFile, flagged: boolean): RemoteMedia {
  const { url, claimedType, fileName, width, height } = file;
  return { url, claimedType, fileName, width, height, flagged };
}

/** The same address once; one mark is enough. */
function unique(media: readonly RemoteMedia[]): RemoteMedia[] {
  const marked = new Set(media.filter(({ flagged }) => flagged).map(({ url }) => url));
  const taken = new Set<string>();
  return media.flatMap((file) => {
    if (file.url !== '' && taken.has(file.url)) return [];
    taken.add(file.url);
    return { ...file, flagged: marked.has(file.url) };
  });
}
