/** JSON as it goes over the wire: whole numbers that a JavaScript number would round are bigints. */

export function readExactly(text: string): unknown {
  return JSON.parse(text, (_name, value: unknown, context?: { source?: string }) => {
    const isRounded = typeof value === 'number' && !Number.isSafeInteger(value);
    const source = context?.source ?? '';
    return isRounded && /^-?\d+$/u.test(source) ? BigInt(source) : value;
  });
}

export function writeExactly(
  value: unknown,
  fold: (value: unknown) => unknown = (inner) => inner,
): string {
  return JSON.stringify(value, (_name, inner: unknown) =>
    typeof inner === 'bigint' ? JSON.rawJSON(inner.toString()) : fold(inner),
  );
}

/** Text as it is, everything else as JSON. */
export function toText(value: unknown): string {
  return typeof value === 'string' ? value : (writeExactly(value) ?? '');
}
