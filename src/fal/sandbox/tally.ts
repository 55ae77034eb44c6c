/** What a job has made, counted as fal bills it. */
import type { Size } from './size.ts';

export interface Work {
  readonly pictures: readonly Size[];
  /** Of sound or film. */
  readonly seconds: number;
  /** Of text that was spoken or written. */
  readonly characters: number;
  /** Some styles and sizes cost a multiple. */
  readonly weight: number;
}

export interface Tally {
  add(work: Partial<Work>): void;
  /** In the unit of the endpoint's price, such as `megapixels`. */
  toUnits(unit: string): number;
}

export function createTally(): Tally {
  let total: Work = { pictures: [], seconds: 0, characters: 0, weight: 1 };
  return {
    add: ({ pictures = [], seconds = 0, characters = 0, weight = 1 }) => {
      total = {
        pictures: [...total.pictures, ...pictures],
        seconds: total.seconds + seconds,
        characters: total.characters + characters,
        weight: total.weight * weight,
      };
    },
    toUnits: (unit) => total.weight * count(unit, total),
  };
}

function count(unit: string, { pictures, seconds, characters }: Work): number {
  switch (unit) {
    case 'images':
      return Math.max(1, pictures.length);
    case 'megapixels':
      return pictures.reduce((sum, size) => sum + toMegapixels(size), 0);
    case 'seconds':
      return Math.max(1, Math.ceil(seconds));
    case '1000 characters':
      return Math.max(1, characters) / 1000;
    default:
      return 1;
  }
}

/** Rounded up to whole ones. */
function toMegapixels({ width, height }: Size): number {
  return Math.ceil((width * height) / 1_000_000);
}
