/** A title for an endpoint to which fal gave none here. */
const SHORT_WORDS =
  /^(?:3d|2d|tts|ai|hd|sd|sdxl|sd15|id|llm|vlm|asr|vfx|hdr|sfx|i2v|t2v|v2v|r2v|flf2v|gpt|ltx|ltxv)$/u;

export function toTitle(id: string, names: ReadonlyMap<string, string>): string {
  const parts = id.split('/');
  for (let length = parts.length - 1; length > 1; length -= 1) {
    const name = names.get(parts.slice(0, length).join('/'));
    if (name !== undefined) return `${name} ${toWords(parts.slice(length))}`;
  }
  return toWords(parts.slice(1));
}

function toWords(parts: readonly string[]): string {
  const words = parts.join(' ').split(/[-_ ]+/u);
  return words
    .map((word) => (SHORT_WORDS.test(word) ? word.toUpperCase() : capitalise(word)))
    .join(' ');
}

function capitalise(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
