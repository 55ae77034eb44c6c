import { describe, expect, test } from 'vitest';
import help from '../../commands/help.ts';
import imagine from '../../commands/imagine.ts';
import retry from '../../commands/retry.ts';
import { type PublishedCommand, toPublished } from '../../src/platforms/web/publish.ts';

interface Hints {
  from: number;
  isPartial: boolean;
  suggestions: { insert: string; label: string; description: string }[];
}
/** A module of the page: written for browsers, but pure. */
const module: unknown = await import(
  new URL('../../src/platforms/web/public/hints.js', import.meta.url).href
);
const { suggest } = module as { suggest: (text: string, commands: PublishedCommand[]) => Hints };

const models = [
  { name: 'nano-banana-pro', description: 'Follows long instructions' },
  { name: 'qwen-image', description: 'Quick' },
];
const commands = toPublished([imagine({ models }), help({ models }), retry()]);
const labels = (text: string): string[] =>
  suggest(text, commands).suggestions.map(({ label }) => label);
/** The text after the first suggestion was taken. */
function complete(text: string): string {
  const { from, suggestions } = suggest(text, commands);
  return text.slice(0, from) + (suggestions[0]?.insert ?? '');
}

describe('the composer suggests', () => {
  test.each([
    ['nothing in an empty box', '', []],
    ['nothing in plain words', 'a lighthouse in fog', []],
    ['nothing for a path in a sentence', 'a sign that says and/or', []],
    ['nothing for an unknown command', '/dance ', []],
    ['published commands after a slash', '/', ['/imagine', '/help']],
    ['commands that begin so', '/im', ['/imagine']],
    ['commands in any case', '/HE', ['/help']],
    ['nothing for a command without options', '/help ', []],
    ['the models by name', '/imagine a fox --model ', ['nano-banana-pro', 'qwen-image']],
    ['the models after a colon', '/imagine prompt: a fox model: q', ['qwen-image']],
    ['values by alias', '/imagine a fox --ar 21', ['21:9']],
    ['values after an equals sign', 'a fox --ar=21', ['21:9']],
    ['options in plain words too', 'a fox --neg', ['negative_prompt']],
    ['options by alias', '/imagine a fox --cfg', ['guidance']],
    ['options in kebab case', '/imagine a fox --web-s', ['web_search']],
    ['no values for free text', '/imagine a fox --lora ', []],
  ])('%s', (_, text, expected) => {
    expect(labels(text)).toEqual(expected);
  });

  test('every option that is typed, right behind the command', () => {
    const names = labels('/imagine ');
    expect(names).toContain('prompt');
    expect(names).toContain('seed');
    expect(names).not.toContain('image');
  });

  test('no option twice', () => {
    expect(labels('a fox --ar 16:9 --')).not.toContain('aspect_ratio');
    expect(labels('a fox --ar 16:9 --')).toContain('seed');
  });

  test.each([
    ['/im', '/imagine '],
    ['/imagine ', '/imagine prompt: '],
    ['/imagine a fox --asp', '/imagine a fox --aspect_ratio '],
    ['a fox --model q', 'a fox --model qwen-image '],
  ])('what turns “%s” into “%s”', (text, expected) => {
    expect(complete(text)).toBe(expected);
  });

  test.each([
    ['/', false],
    ['/im', true],
    ['/help', false],
    ['/imagine ', false],
    ['/imagine a fox --', false],
    ['/imagine a fox --se', true],
    ['a fox --model qwen-image', false],
  ])('so that Enter completes only a begun word: “%s” is %s', (text, isPartial) => {
    expect(suggest(text, commands).isPartial).toBe(isPartial);
  });
});
