/** What any input asks for, told by the names that endpoints give the same things. */
import { z } from 'zod';
import type { PictureFormat } from '../pictures/picture.ts';
import type { Size } from '../size.ts';
import type { Studio } from '../studio.ts';
import type { Given } from './read-files.ts';
import { findSize } from './find-size.ts';

export interface Wish {
  readonly words: string;
  readonly seed: number;
  readonly count: number;
  /** Undefined where neither the input nor a given picture tells. */
  readonly size: Size | undefined;
  readonly format: PictureFormat;
  readonly inline: boolean;
  /** Of sound; undefined where it follows from the words. */
  readonly seconds: number | undefined;
  readonly pictures: readonly Buffer[];
  /** What else was given, such as sound to be transcribed. */
  readonly recordings: readonly Buffer[];
}

/** A wish without words is for what the endpoint's title says. */
export function readWish(
  input: unknown,
  { pictures, recordings, size }: Given,
  { studio, title }: { studio: Studio; title: string },
): Wish {
  const fields = toFields(input);
  return {
    words: findWords(fields) ?? title,
    seed: integer.parse(fields.get('seed')) ?? studio.randomSeed(),
    count: Math.min(MOST, first(fields, COUNTS, integer) ?? 1),
    size: findSize(fields) ?? size,
    format: toFormat(first(fields, ['output_format', 'image_format', 'format'], text)),
    inline: fields.get('sync_mode') === true,
    seconds: toSeconds(first(fields, ['duration', 'seconds_total', 'music_length_ms'], scalar)),
    pictures,
    recordings,
  };
}

/** A toy makes no more than this, whatever is asked for. */
const MOST = 8;
const COUNTS = ['num_images', 'num_samples', 'max_images', 'num_outputs', 'num_videos', 'n'];
const WORDS = [
  'prompt',
  'text',
  'script',
  'gen_text',
  'preview_text',
  'lyrics',
  'question',
  'query',
  'content',
];

const record = z.record(z.string(), z.unknown()).catch({});
const integer = z.int().positive().optional().catch(undefined);
const text = z.string().optional().catch(undefined);
const scalar = z.union([z.string(), z.number()]).optional().catch(undefined);
export type Fields = ReadonlyMap<string, unknown>;

function toFields(value: unknown): Fields {
  return new Map(Object.entries(record.parse(value)));
}

function first<Type extends z.ZodType>(
  fields: Fields,
  names: readonly string[],
  type: Type,
): z.output<Type> | undefined {
  return names.map((name) => type.parse(fields.get(name))).find((value) => value !== undefined);
}

/** Words may also stand in a list: the lines of a dialogue, the messages of a talk. */
function findWords(fields: Fields): string | undefined {
  const named = WORDS.map((name) => text.parse(fields.get(name))?.trim()).find((words) => words);
  if (named) return named;
  const lists = [...fields.values()].filter((value) => Array.isArray(value));
  const inner = lists.flat().map((item: unknown) => findWords(toFields(item)));
  return inner.filter((words) => words !== undefined).join(' ') || undefined;
}

function toFormat(format: string | undefined): PictureFormat {
  if (format === 'jpg' || format === 'jpeg') return 'jpeg';
  return format === 'webp' || format === 'svg' ? format : 'png';
}

/** `5`, `"5"`, `"5s"`, or milliseconds, of which there are more than any toy plays. */
function toSeconds(duration: string | number | undefined): number | undefined {
  const seconds = Number.parseFloat(String(duration ?? ''));
  if (!(seconds > 0)) return undefined;
  return seconds > 600 ? seconds / 1000 : seconds;
}
