/** Shapes: width to height. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Of the offered ratios such as `16:9`, the one whose shape is least different. */
export function nearestRatio<Ratio extends string>(
  wanted: Size,
  offered: readonly [Ratio, ...Ratio[]],
): Ratio {
  return offered.reduce((best, ratio) =>
    difference(wanted, toShape(ratio)) < difference(wanted, toShape(best)) ? ratio : best,
  );
}

/** `16:9` as width and height. */
export function toShape(ratio: string): Size {
  const [width = Number.NaN, height = Number.NaN] = ratio.split(':').map(Number);
  return { width, height };
}

/** About `pixels` pixels in this ratio, both sides multiples of `step`. */
export function sizeOf(ratio: string, pixels: number, step: number): Size {
  const { width, height } = toShape(ratio);
  const scale = Math.sqrt(pixels / (width * height));
  const round = (side: number): number => Math.max(1, Math.round((side * scale) / step)) * step;
  return { width: round(width), height: round(height) };
}

/** Equal factors count equally, whichever way: twice as wide is as far off as half as wide. */
function difference(a: Size, b: Size): number {
  return Math.abs(Math.log((a.width * b.height) / (a.height * b.width)));
}
