/** Turns Slack's wire text back into what the person typed. */

/** `<@U1>`, `<#C1|general>`, `<!here>`, `<https://example.com|label>`. */
const CONTROL = /<([@#!]?)([^|>]*)(?:\|([^>]*))?>/gu;

export function decodeText(text: string, botUserId: string): string {
  return text
    .replaceAll(mentionOf(botUserId), ' ')
    .replaceAll(CONTROL, (_, sign: string, target: string, label?: string) =>
      toTyped(sign, target, label),
    )
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
}

export function mentions(text: string, userId: string): boolean {
  return mentionOf(userId).test(text);
}

function mentionOf(userId: string): RegExp {
  return new RegExp(`<@${userId}(?:\\|[^>]*)?>`, 'gu');
}

function toTyped(sign: string, target: string, label: string | undefined): string {
  const name = label === undefined || label === '' ? target : label;
  switch (sign) {
    case '@':
      return `@${name.replace(/^@/u, '')}`;
    case '#':
      return `#${name}`;
    case '!':
      if (target.startsWith('date^')) return name;
      return name.startsWith('@') ? name : `@${name.replace(/\^.*$/u, '')}`;
    default:
      return name;
  }
}
