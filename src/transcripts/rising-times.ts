/** Mends the times that models give: some are missing, reversed or jump back. */

export interface Times {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

interface Moment {
  readonly segment: number;
  readonly end: 'from' | 'to';
  readonly seconds: number;
}

/**
 * The same segments with times that never fall. As few as possible are left out for that, so one
 * wild time does not cost those after it; what is missing is taken from its neighbours.
 */
export function toRisingTimes(times: readonly Times[]): readonly Times[] {
  const kept: { from?: number; to?: number }[] = times.map(() => ({}));
  const moments = times.flatMap((time, segment) => toMoments(time, segment));
  for (const at of findRising(moments.map(({ seconds }) => seconds))) {
    const moment = moments[at];
    const segment = moment && kept[moment.segment];
    if (segment) segment[moment.end] = moment.seconds;
  }
  return kept.map(({ from, to }, at) => ({
    from: from ?? kept[at - 1]?.to,
    to: to ?? kept[at + 1]?.from,
  }));
}

/** Of a segment that ends before it begins, neither is believed. */
function toMoments({ from, to }: Times, segment: number): readonly Moment[] {
  if (from !== undefined && to !== undefined && from > to) return [];
  return [
    ...(isTime(from) ? [{ segment, end: 'from' as const, seconds: from }] : []),
    ...(isTime(to) ? [{ segment, end: 'to' as const, seconds: to }] : []),
  ];
}

function isTime(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value) && value >= 0;
}

/** Where the longest run of values stands that never fall. */
function findRising(values: readonly number[]): readonly number[] {
  // Looked for from the end, so that of two values that exclude each other the earlier one stays.
  const backwards = values.toReversed().map((value) => -value);
  const lasts: number[] = [];
  const before: (number | undefined)[] = [];
  backwards.forEach((value, at) => {
    const length = countNotAbove(lasts, value, backwards);
    before[at] = lasts[length - 1];
    lasts[length] = at;
  });
  const run: number[] = [];
  for (let at = lasts.at(-1); at !== undefined; at = before[at]) run.push(values.length - 1 - at);
  return run;
}

/** How many of these places, whose values rise, hold no more than `value`: found by halving. */
function countNotAbove(
  places: readonly number[],
  value: number,
  values: readonly number[],
): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const isAbove = (values[places[middle] ?? 0] ?? 0) > value;
    if (isAbove) high = middle;
    else low = middle + 1;
  }
  return low;
}
