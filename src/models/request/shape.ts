/**
 * Shape and size, in whatever way an endpoint takes them: a ratio, a preset, pixels, or two numbers.
 * What it lacks becomes the nearest that it has, with a note.
 */
import { ASPECT_RATIOS } from '../../request.ts';
import {
  listChoices,
  listTypes,
  type Endpoint,
  type Field,
  type FieldType,
  type NumberBounds,
} from '../endpoint.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}
/** What a person wishes; at least one of the two. */
export type WishedShape = { readonly ratio: string } | { readonly size: Size };

export interface ChosenShape {
  /** By field name. */
  readonly values: Readonly<Record<string, unknown>>;
  /** As in "16:9 was used": undefined where the wish is met exactly. */
  readonly bentTo: string | undefined;
}

/** fal's names for shapes, in pixels (fal's documents on `image_size`). */
const PRESETS: Readonly<Record<string, Size>> = {
  square_hd: { width: 1024, height: 1024 },
  square: { width: 512, height: 512 },
  portrait_4_3: { width: 768, height: 1024 },
  portrait_16_9: { width: 576, height: 1024 },
  landscape_4_3: { width: 1024, height: 768 },
  landscape_16_9: { width: 1024, height: 576 },
};
const RATIO = /^[\d.]+:[\d.]+$/u;
const SIZE_FIELDS = ['image_size', 'video_size', 'size', 'resolution'];
/** Models work on blocks of 16 pixels. */
const PIXEL_STEP = 16;
const USUAL_PIXELS = 1024 * 1024;
/** Two shapes that differ by less look the same: 1376x768 is 16:9 to everybody. */
const SAME_SHAPE = 0.01;

/** Undefined where the endpoint takes no shape at all. */
export function chooseShape({ fields }: Endpoint, wish: WishedShape): ChosenShape | undefined {
  const byName = (name: string): Field | undefined => fields.find((field) => field.name === name);
  const ratioField = byName('aspect_ratio');
  const sizeField = SIZE_FIELDS.map(byName).find((field) => field && takesSizes(field.type));
  const [width, height] = [byName('width'), byName('height')];
  const isExactSize = 'size' in wish;
  if (ratioField && !(isExactSize && (sizeField ?? width))) return chooseRatio(ratioField, wish);
  if (sizeField) return chooseSize(sizeField, wish);
  if (width && height) return chooseSides(width, height, wish);
  return undefined;
}

/** True for a ratio that every endpoint is asked for, and gets as near to as it can. */
export function isUsualRatio(text: string): boolean {
  return ASPECT_RATIOS.some((ratio) => ratio === text);
}

/** `16:9` as width and height. */
function toShape(ratio: string): Size {
  const [width = Number.NaN, height = Number.NaN] = ratio.split(':').map(Number);
  return { width, height };
}

/** About `pixels` pixels in exactly this ratio, both sides multiples of 16, within the bounds. */
function sizeOf(ratio: Size, pixels: number, longest = Infinity, shortest = 0): Size {
  const unit = toSmallestSize(ratio);
  const ideal = Math.sqrt(pixels / (unit.width * unit.height));
  const most = Math.floor(longest / Math.max(unit.width, unit.height));
  const least = Math.ceil(shortest / Math.min(unit.width, unit.height));
  const times = Math.max(1, least, Math.min(most, Math.round(ideal)));
  return { width: unit.width * times, height: unit.height * times };
}

function chooseRatio(field: Field, wish: WishedShape): ChosenShape | undefined {
  const { name, type } = field;
  const wished = 'size' in wish ? wish.size : toShape(wish.ratio);
  const inner = findRatioInside(type);
  const offered = listChoices(inner?.type ?? type).filter((value) => RATIO.test(value));
  if (offered.length === 0) return writeRatio(field, wished);
  const nearest = findNearest(wished, offered, toShape);
  const isMet = isSameShape(wished, toShape(nearest));
  const written = isMet ? undefined : writeRatio(field, wished);
  if (written) return written;
  const value = inner ? { [inner.name]: nearest } : nearest;
  return { values: { [name]: value }, bentTo: isMet && 'ratio' in wish ? undefined : nearest };
}

/** Where any words are taken, so is any ratio. */
function writeRatio({ name, type }: Field, wished: Size): ChosenShape | undefined {
  if (!listTypes(type).some(({ kind }) => kind === 'text')) return undefined;
  const { width, height } = toSmallestRatio(wished);
  return { values: { [name]: `${width}:${height}` }, bentTo: undefined };
}

/** Some have `aspect_ratio: { ratio: '16:9' }`. */
function findRatioInside(type: FieldType): Field | undefined {
  return type.kind === 'object' ? type.fields.find(({ name }) => name === 'ratio') : undefined;
}

function chooseSize({ name, type, standard }: Field, wish: WishedShape): ChosenShape {
  const object = listTypes(type).find(({ kind }) => kind === 'object');
  if ('size' in wish && object) return { values: { [name]: wish.size }, bentTo: undefined };
  const wished = 'size' in wish ? wish.size : toShape(wish.ratio);
  const choices = listChoices(type).filter((value) => toPixels(value) !== undefined);
  const area = areaOf(standard);
  const fitting = choices
    .filter((value) => isSameShape(wished, toPixels(value) ?? wished))
    .toSorted((a, b) => offArea(a, area) - offArea(b, area))[0];
  const isExact = 'ratio' in wish && fitting !== undefined;
  if (isExact) return { values: { [name]: fitting }, bentTo: undefined };
  if (object?.kind === 'object') {
    const { shortest, longest } = sideBounds(object.fields);
    const size = sizeOf(wished, area, longest, shortest);
    return { values: { [name]: size }, bentTo: undefined };
  }
  const nearest = findNearest(wished, choices, (value) => toPixels(value) ?? wished);
  return { values: { [name]: nearest }, bentTo: nearest };
}

function chooseSides(width: Field, height: Field, wish: WishedShape): ChosenShape {
  const wished = 'size' in wish ? wish.size : toShape(wish.ratio);
  const { shortest, longest } = sideBounds([width, height]);
  const area = areaOf({ width: width.standard, height: height.standard });
  const size = 'size' in wish ? wished : sizeOf(wished, area, longest, shortest);
  return { values: { [width.name]: size.width, [height.name]: size.height }, bentTo: undefined };
}

/** Pixels, or names and words that stand for some. */
export function takesSizes(type: FieldType): boolean {
  const hasPixels = listTypes(type).some(
    (one) => one.kind === 'object' && one.fields.some(({ name }) => name === 'width'),
  );
  return hasPixels || listChoices(type).some((value) => toPixels(value) !== undefined);
}

/** A preset's pixels, or those that a choice such as `1536x1024` spells out. */
function toPixels(choice: string): Size | undefined {
  const [, width, height] = /^(\d+)[x*](\d+)$/u.exec(choice) ?? [];
  return PRESETS[choice] ?? (width && height ? toShape(`${width}:${height}`) : undefined);
}

/** As many pixels as the endpoint makes by itself. */
function areaOf(standard: unknown): number {
  const size = typeof standard === 'string' ? toPixels(standard) : standard;
  if (typeof size !== 'object' || size === null) return USUAL_PIXELS;
  const { width, height } = { width: undefined, height: undefined, ...size };
  return typeof width === 'number' && typeof height === 'number' ? width * height : USUAL_PIXELS;
}

function offArea(choice: string, area: number): number {
  const { width, height } = toPixels(choice) ?? { width: 1, height: 1 };
  return Math.abs(Math.log((width * height) / area));
}

function sideBounds(fields: readonly Field[]): { shortest: number; longest: number } {
  const bounds = fields
    .filter(({ name }) => name === 'width' || name === 'height')
    .map(({ type }): NumberBounds => (type.kind === 'integer' ? type : {}));
  return {
    shortest: Math.max(...bounds.map(({ min = 0 }) => min)),
    longest: Math.min(...bounds.map(({ max = Infinity }) => max)),
  };
}

function findNearest(
  wished: Size,
  offered: readonly string[],
  toSize: (value: string) => Size,
): string {
  return offered.reduce((best, value) =>
    difference(wished, toSize(value)) < difference(wished, toSize(best)) ? value : best,
  );
}

function isSameShape(a: Size, b: Size): boolean {
  return difference(a, b) < SAME_SHAPE;
}

/** Equal factors count equally, whichever way: twice as wide is as far off as half as wide. */
function difference(a: Size, b: Size): number {
  return Math.abs(Math.log((a.width * b.height) / (a.height * b.width)));
}

function toSmallestSize(ratio: Size): Size {
  const { width, height } = toSmallestRatio(ratio);
  return { width: width * PIXEL_STEP, height: height * PIXEL_STEP };
}

function toSmallestRatio({ width, height }: Size): Size {
  const divisor = greatestCommonDivisor(width, height);
  return { width: width / divisor, height: height / divisor };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
