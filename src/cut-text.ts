/**
 * At most `length` UTF-16 units, which is how platforms count; an ellipsis stands for what is gone,
 * and no character is cut in two.
 */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = text.slice(0, length - 1);
  return `${end.isWellFormed() ? end : end.slice(0, -1)}…`;
}
