/** A default as a person would type it; nothing where there is none. */
export function standardOf(standard: unknown): { standard?: string } {
  if (standard === undefined || standard === null || standard === '') return {};
  const size = toSizeWord(standard);
  return { standard: size ?? (typeof standard === 'string' ? standard : JSON.stringify(standard)) };
}

function toSizeWord(standard: unknown): string | undefined {
  if (typeof standard !== 'object' || standard === null) return undefined;
  const sides = new Map<string, unknown>(Object.entries(standard));
  const [width, height] = [sides.get('width'), sides.get('height')];
  return typeof width === 'number' && typeof height === 'number' ? `${width}x${height}` : undefined;
}
