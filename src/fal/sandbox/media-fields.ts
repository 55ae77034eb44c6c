/** Where in an answer the files are: any object with an address, however deep, and bare addresses. */

export type Fields = Readonly<Record<string, unknown>>;

export function findMedia(value: unknown): readonly Fields[] {
  const found: Fields[] = [];
  changeMedia(value, (file) => {
    found.push(file);
    return file;
  });
  return found;
}

export function hasMedia(value: unknown): boolean {
  return findMedia(value).length > 0;
}

export function changeMedia(value: unknown, change: (file: Fields) => Fields): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => changeMedia(item, change));
  if (typeof value !== 'object' || value === null) return value;
  const fields = toObject(value);
  if (typeof fields['url'] === 'string') return change(fields);
  return Object.fromEntries(
    Object.entries(fields).map(([name, inner]) => [
      name,
      name.endsWith('_url') && typeof inner === 'string'
        ? change({ url: inner })['url']
        : changeMedia(inner, change),
    ]),
  );
}

export function toObject(value: unknown): Fields {
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value))
    : {};
}
