/** An option's name as a label: `negative_prompt` becomes “Negative prompt”. */
export function humanise(name: string): string {
  const words = name.replaceAll(/[_-]/gu, ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
