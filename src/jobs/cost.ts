/** What a result cost: by what fal counted, else by what can be counted here, else unknown. */
import type { Price, RemoteMedia } from '../models/model.ts';
import type { JobResult } from './job.ts';

export type Cost = NonNullable<JobResult['cost']>;

const PIXELS_OF_A_MEGAPIXEL = 1_000_000;

/** Undefined where the price or the number of units is unknown: never a made-up number. */
export function costOf(call: {
  readonly price: Price | undefined;
  readonly billableUnits: number | undefined;
  readonly media: readonly RemoteMedia[];
}): Cost | undefined {
  const { price, billableUnits, media } = call;
  if (!price || !Number.isFinite(price.unitPrice) || price.unitPrice < 0) return undefined;
  const units = billableUnits ?? countUnits(price.unit, media);
  if (units === undefined) return undefined;
  return { dollars: units * price.unitPrice, isEstimate: billableUnits === undefined };
}

/** Withheld pictures count, because they are billed. */
function countUnits(unit: string, media: readonly RemoteMedia[]): number | undefined {
  switch (unit.trim().toLowerCase()) {
    case 'image':
    case 'images':
      return media.length;
    case 'megapixel':
    case 'megapixels':
      return countMegapixels(media);
    default:
      return undefined;
  }
}

function countMegapixels(media: readonly RemoteMedia[]): number | undefined {
  let sum = 0;
  for (const { width, height } of media) {
    if (width === undefined || height === undefined) return undefined;
    sum += (width * height) / PIXELS_OF_A_MEGAPIXEL;
  }
  return sum;
}

/** `$0.15`: at least two digits that say something, and never `$0.00` for what was not free. */
export function wordDollars(dollars: number): string {
  if (dollars === 0) return '$0';
  const rounded = Number(dollars.toPrecision(2));
  const decimals = Math.max(2, 1 - Math.floor(Math.log10(rounded)));
  return `$${dollars.toFixed(Math.min(decimals, 100))}`;
}
