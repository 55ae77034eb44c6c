/** What an option takes, in one line below its field or beside its name. */
import type { Option } from '../../option.ts';

const NUMBERS = new Intl.NumberFormat('en', { maximumFractionDigits: 6 });

export function wordHint(option: Option): string {
  return [option.description, wordRange(option)].filter((part) => part !== '').join(' · ');
}

/** Empty where there is no range worth saying. */
export function wordRange(option: Option): string {
  if (option.kind !== 'integer' && option.kind !== 'number') return '';
  const { min, max } = option;
  if (isEndless(max)) return isEndless(min) ? '' : `from ${NUMBERS.format(min)}`;
  if (isEndless(min)) return `up to ${NUMBERS.format(max)}`;
  return `${NUMBERS.format(min)} to ${NUMBERS.format(max)}`;
}

/** Bounds of the number format itself say nothing about the model. */
function isEndless(bound: number): boolean {
  return Math.abs(bound) >= Number.MAX_SAFE_INTEGER;
}
