/** A request as the one line that makes it again, wherever a command can be typed or pasted. */
import { DEFAULT_COMMAND, parseCommandLine } from './command-line.ts';
import type { Command } from './command.ts';
import type { GenerationRequest, RequestOptions } from './request.ts';

/** What chats take away or change when they show it: only single spaces and printable text survive. */
const FRAGILE = /[\p{Cc}\p{Cf}\p{Cs}`]|(?<= )\s|[^\S ]|@(?=everyone|here|[!&]?\d)/gu;
/** Needs no quotes after a flag. */
const WORD = /^[^\s"“”\\-][^\s"“”\\]*$/u;

/** Attached files cannot travel in it. */
export function toCommandText(request: GenerationRequest, commands: readonly Command[]): string {
  const given: RequestOptions = { model: request.model, ...request.options };
  const flags = Object.entries(given).map(([name, value]) => `--${name} ${toValue(String(value))}`);
  const plain = toLine([request.prompt, ...flags]);
  if (isSame(plain, request, commands)) return plain;
  return toLine([`--prompt ${quote(request.prompt)}`, ...flags]);
}

function toLine(parts: readonly string[]): string {
  return [`/${DEFAULT_COMMAND}`, ...parts].filter((part) => part !== '').join(' ');
}

/** Words that look like flags, options or another command are found out by the reader itself. */
function isSame(
  line: string,
  { prompt, model, options }: GenerationRequest,
  commands: readonly Command[],
): boolean {
  if (prompt.search(FRAGILE) !== -1) return false;
  const { commandName, options: read } = parseCommandLine(line, commands);
  // A name may come back as another name of the same option; its value is the same.
  const values = [model, ...Object.values(options), ...(prompt === '' ? [] : [prompt])];
  return (
    commandName === DEFAULT_COMMAND &&
    (read['prompt'] ?? '') === prompt &&
    toSorted(Object.values(read)) === toSorted(values)
  );
}

function toSorted(values: readonly (string | number | boolean)[]): string {
  return JSON.stringify(values.map(String).toSorted());
}

function toValue(text: string): string {
  return WORD.test(text) && text.search(FRAGILE) === -1 ? text : quote(text);
}

/** JSON that survives a chat. */
function quote(text: string): string {
  return JSON.stringify(text).replaceAll(FRAGILE, toEscape);
}

function toEscape(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
