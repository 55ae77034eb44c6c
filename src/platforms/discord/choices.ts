/** Choices as Discord takes them, published in a list or suggested while somebody types. */
import { cutText } from '../../cut-text.ts';
import type { Choice } from '../../option.ts';

/** Discord's limits. */
const MOST_CHOICES = 25;
const CHOICE_LENGTH = 100;

interface DiscordChoice {
  readonly name: string;
  readonly value: string;
}

/** The first that fit: a label can be cut and told apart, a value cannot. */
export function toDiscordChoices(choices: readonly Choice[]): readonly DiscordChoice[] {
  const byName = new Map<string, string>();
  const values = new Set<string>();
  for (const { value, label } of choices) {
    const isFitting = value !== '' && value.length <= CHOICE_LENGTH && !values.has(value);
    const name = isFitting ? findFreeName(value, label, byName) : undefined;
    if (name === undefined) continue;
    values.add(value);
    byName.set(name, value);
    if (byName.size === MOST_CHOICES) break;
  }
  return Array.from(byName, ([name, value]) => ({ name, value }));
}

/** Those that match what was begun, the ones that begin with it first. */
export function matchChoices(choices: readonly Choice[], begun: string): readonly Choice[] {
  const word = begun.trim().toLowerCase();
  const matching = choices.filter((choice) => textsOf(choice).some((text) => text.includes(word)));
  const beginsWith = (choice: Choice) => textsOf(choice).some((text) => text.startsWith(word));
  return matching.toSorted((a, b) => Number(beginsWith(b)) - Number(beginsWith(a)));
}

function textsOf({ value, label }: Choice): readonly string[] {
  return [value.toLowerCase(), label.toLowerCase()];
}

function findFreeName(
  value: string,
  label: string,
  taken: ReadonlyMap<string, string>,
): string | undefined {
  const words = label.trim() === '' ? value : label.trim();
  const names = [words, value, `${value}: ${words}`].map((name) => cutText(name, CHOICE_LENGTH));
  return names.find((name) => !taken.has(name));
}
