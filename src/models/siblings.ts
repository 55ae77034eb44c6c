/** An endpoint that draws from words often has a sister that takes pictures. */

/** Those of `ids` that do with pictures what `id` does from words, the likeliest first. */
export function findSiblings(id: string, ids: ReadonlySet<string>): readonly string[] {
  const stem = id.replace(/\/(?:text-to-image|text-to-video)$/u, '');
  const makesVideo = id.endsWith('text-to-video');
  const names = makesVideo
    ? [`${stem}/image-to-video`]
    : [`${stem}/edit`, `${stem}/image-to-image`, `${stem}/edit-image`];
  return names.filter((name) => name !== id && ids.has(name));
}
