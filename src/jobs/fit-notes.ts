/** What is said of files that could not be posted as they are, and where those can be had. */
import type { OwnAddress } from '../message.ts';
import { linkOriginals } from '../pictures/link-originals.ts';
import type { ResultNote, StoredFile } from './job.ts';

/** A picture of which less is posted than there is. */
export interface Lightened {
  /** The original's. */
  readonly bytes: number;
  /** True where only the first picture of a moving one is shown. */
  readonly isStill: boolean;
  /** Where the original is; undefined where Easel has no address of its own. */
  readonly address: OwnAddress | undefined;
}

const BYTES_OF_A_MEGABYTE = 1_000_000;
/** One note, however many there are. */
export function noteFitted(pictures: readonly Lightened[]): readonly ResultNote[] {
  if (pictures.length === 0) return [];
  const isOne = pictures.length === 1;
  const size = toMegabytes(pictures.reduce((sum, { bytes }) => sum + bytes, 0));
  const kept = isOne ? `the original (${size} MB) is kept` : `the originals (${size} MB) are kept`;
  const what = isOne ? 'Made lighter' : `${pictures.length} pictures were made lighter`;
  const links = linkOriginals(pictures.map(({ address }) => address));
  const save = isOne
    ? 'Save hands it out wherever it fits'
    : 'Save hands them out wherever they fit';
  const text = [
    links.length === 0 ? `${what} to fit here: ${kept}; ${save}.` : `${what} to fit here: ${kept}.`,
    ...wordStills(pictures),
  ].join(' ');
  return [links.length === 0 ? { text } : { text, links }];
}

export function noteFittedSound({ fileName, bytes }: StoredFile): ResultNote {
  const size = toMegabytes(bytes);
  return {
    text: `“${fileName}” (${size} MB) was too large to be posted here: this is it in Ogg/Opus.`,
  };
}

/** Easel's own address where it has one: fal's ends after a while. */
export function noteLeftBehind(
  { fileName, url }: StoredFile,
  why: string,
  address: OwnAddress | undefined,
): ResultNote {
  const text = `“${fileName}” ${why}.`;
  if (address !== undefined) return { text, links: [{ label: 'Get it here', address }] };
  return url === undefined ? { text } : { text: `${text} For a while it is at`, address: url };
}

export function toMegabytes(bytes: number): string {
  return (bytes / BYTES_OF_A_MEGABYTE).toFixed(1);
}

function wordStills(pictures: readonly Lightened[]): readonly string[] {
  const stills = pictures.filter(({ isStill }) => isStill).length;
  if (stills === 0) return [];
  if (pictures.length === 1) return ['It moves: here is its first picture.'];
  const verb = stills === 1 ? 'One moves: here is its' : `${stills} move: here are their`;
  return [`${verb} first picture${stills === 1 ? '' : 's'}.`];
}
