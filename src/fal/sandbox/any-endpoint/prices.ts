/** Plausible prices and times by fal's categories, for endpoints of which nothing is known. */
import type { Price } from '../models/model.ts';

const COMPUTE: Price = { unit: 'compute seconds', unitPrice: 0.001 };
const RULES: readonly (readonly [RegExp, Price, minutes: number])[] = [
  [/^training$/u, { unit: 'requests', unitPrice: 2 }, 15],
  [/3d$/u, { unit: 'requests', unitPrice: 0.25 }, 2],
  [/video$/u, { unit: 'seconds', unitPrice: 0.1 }, 2],
  [/speech$/u, { unit: '1000 characters', unitPrice: 0.05 }, 0.2],
  [/audio$/u, { unit: 'seconds', unitPrice: 0.002 }, 0.5],
  [/^text-to-image$/u, { unit: 'megapixels', unitPrice: 0.03 }, 0.2],
  [/image$/u, { unit: 'images', unitPrice: 0.04 }, 0.3],
  [/^llm$/u, { unit: '1000 characters', unitPrice: 0.001 }, 0.1],
];

export function priceOf(category: string): Price {
  return findRule(category)?.[1] ?? COMPUTE;
}

/** As fal's model API tells how long a request takes. */
export function minutesOf(category: string): number {
  return findRule(category)?.[2] ?? 0.1;
}

function findRule(category: string) {
  return RULES.find(([pattern]) => pattern.test(category));
}
