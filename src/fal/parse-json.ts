/**
 * Reads JSON without losing digits: models draw seeds beyond 2^53, which `JSON.parse` would round,
 * so that "the same seed again" would draw another picture. Such integers become strings. Undefined
 * for what is no JSON, such as a gateway's HTML page.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, keepDigits);
  } catch {
    return undefined;
  }
}

function keepDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  const isRounded = typeof value === 'number' && !Number.isSafeInteger(value);
  const source = context?.source;
  return isRounded && source !== undefined && /^-?\d+$/u.test(source) ? source : value;
}
