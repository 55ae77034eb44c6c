/** `https://user:key@host/path?signature=…`: all but the scheme and the host may be a secret. */
const ADDRESS =
  /([a-z][a-z0-9+.-]{0,20}:\/\/)(?:[^\s/?#@<>]{0,200}@)?([^\s/?#@<>"'()]{0,253})([^\s<>]*)/giu;
const BARE_ADDRESS = /(?<![\w.@/-])((?:[\w-]{1,63}\.){1,8}[a-z]{2,24})\/[^\s<>]+/giu;
/** How Discord and Slack write a person, a group or a channel: ids, and in Slack also names. */
const MENTION = /<(?:@[!&]?|#|!subteam\^)[^<>]{1,200}>/gu;
/** A file inside of a text. */
const DATA_ADDRESS = /\bdata:[\w./+-]{0,100}[;,][^\s<>]+/giu;

/** A text without the ids and addresses in it, which may lead to a person or open a door. */
export function withoutTraces(text: string): string {
  return text
    .replaceAll(MENTION, '…')
    .replaceAll(DATA_ADDRESS, 'data:…')
    .replaceAll(ADDRESS, toOrigin)
    .replaceAll(BARE_ADDRESS, '$1/…');
}

function toOrigin(_address: string, scheme: string, host: string, rest: string): string {
  const origin = `${scheme}${host}`;
  return rest === '' || rest === '/' ? origin : `${origin}/…`;
}
