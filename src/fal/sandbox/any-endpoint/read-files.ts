/**
 * The files that any input points to: fields whose names say that they hold addresses. Of what was
 * sent only: the addresses that are fal's own standards are nobody's to fetch.
 */
import { refuseImage, type FieldPath } from '../given-files.ts';
import { readSize } from '../pictures/picture.ts';
import type { Size } from '../size.ts';
import type { Studio } from '../studio.ts';

export interface Given {
  readonly pictures: readonly Buffer[];
  /** Sound, film and the rest. */
  readonly recordings: readonly Buffer[];
  /** Of the first picture. */
  readonly size: Size | undefined;
}

/** Throws `ModelRefusal` for a file that cannot be read, or is no picture where one must be. */
export async function readFiles(given: unknown, studio: Studio): Promise<Given> {
  const pictures: { bytes: Buffer; size: Size }[] = [];
  const recordings: Buffer[] = [];
  for (const { url, path } of findAddresses(given, [])) {
    const bytes = await studio.readFile(url, path);
    const size = await readSize(bytes);
    if (size) pictures.push({ bytes, size });
    else if (/image/u.test(toFieldName(path))) throw refuseImage(url, path);
    else recordings.push(bytes);
  }
  return { pictures: pictures.map(({ bytes }) => bytes), recordings, size: pictures[0]?.size };
}

interface Address {
  readonly url: string;
  readonly path: FieldPath;
}

const HOLDS_ADDRESS = /(?:^|_)urls?(?:_|\d|$)|(?:^|_)(?:images?|audios?|videos?)$/u;
/** Weights and data sets are often on other hosts, and no toy would look at them. */
const NOT_READ = /lora|weight|checkpoint|embedding|data|archive|webhook|zip/u;

function findAddresses(value: unknown, path: FieldPath): readonly Address[] {
  if (typeof value === 'string') {
    const name = toFieldName(path);
    const isFile = HOLDS_ADDRESS.test(name) && !NOT_READ.test(name);
    return isFile && /^(?:https?:|data:)/u.test(value) ? [{ url: value, path }] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    findAddresses(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function toFieldName(path: FieldPath): string {
  return path.findLast((step) => typeof step === 'string') ?? '';
}
