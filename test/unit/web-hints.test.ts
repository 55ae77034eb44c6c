import { describe, expect, test } from 'vitest';
import { toHintAnswer, type HintAnswer } from '../../src/platforms/web/hint-answer.ts';
import { type PublishedCommand, toPublished } from '../../src/platforms/web/publish.ts';
import { chatCommands } from '../support/form-commands.ts';

interface Hints {
  from: number;
  isPartial: boolean;
  suggestions: { insert: string; label: string; description: string }[];
}
/** A module of the page: written for browsers, but pure. */
const module: unknown = await import(
  new URL('../../src/platforms/web/public/hints.js', import.meta.url).href
);
const { suggest, isWorthAsking } = module as {
  suggest: (
    text: string,
    commands: PublishedCommand[],
    told?: Partial<HintAnswer>,
    plainWords?: string,
  ) => Hints;
  isWorthAsking: (text: string, commands: PublishedCommand[]) => boolean;
};

const commands = toPublished(chatCommands);
const labels = (text: string, told?: HintAnswer): string[] =>
  suggest(text, commands, told).suggestions.map(({ label }) => label);
/** What the page shows once the server has answered for this very text. */
const learned = (text: string): string[] => labels(text, toHintAnswer(text, chatCommands));
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
    ['published commands after a slash', '/', ['/imagine', '/help', '/cancel']],
    ['commands that begin so', '/im', ['/imagine']],
    ['commands in any case', '/HE', ['/help']],
    ['nothing for a command without options', '/help ', []],
    ['nothing where only the server knows', '/imagine a fox --model ', []],
    ['values by alias', '/imagine a fox --ar 21', ['21:9']],
    ['values after an equals sign', 'a fox --ar=21', ['21:9']],
    ['options in plain words too', 'a fox --resol', ['resolution']],
    ['options by alias', '/imagine a fox --ar', ['aspect_ratio']],
    ['options in kebab case', '/imagine a fox --web-s', ['web_search']],
    ['no values for free text', '/imagine a fox --system_prompt ', []],
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
    ['a fox --resolution 2', 'a fox --resolution 2K '],
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
    ['a fox --resolution 2K', false],
  ])('so that Enter completes only a begun word: “%s” is %s', (text, isPartial) => {
    expect(suggest(text, commands).isPartial).toBe(isPartial);
  });
});

test('in answer to a message, plain words have the options of the command that they mean', () => {
  const known = toPublished(chatCommands);
  const [first] = known;
  const edit = {
    ...first!,
    name: 'edit',
    options: first!.options.filter(({ name }) => name === 'seed'),
  };
  const names = (plainWords?: string): string[] =>
    suggest('bluer --', [...known, edit], {}, plainWords).suggestions.map(({ label }) => label);
  expect(names('edit')).toEqual(['seed']);
  expect(names()).toContain('aspect_ratio');
});

describe('what the server knows', () => {
  test.each([
    ['models by a part of their name', 'a fox --model inpaint', ['fal-ai/flux-lora/inpainting']],
    ['models by alias and colon', '/imagine prompt: a fox m: qwen', ['qwen-image']],
    ['styles of the chosen model', 'a fox --model recraft-v3 --style real', ['realistic_image']],
    ['options of the chosen model', 'a fox --model qwen-image --stre', []],
    ['options of another model', 'a fox --model fal-ai/flux-lora/inpainting --stre', ['strength']],
    ['choices of the chosen model', 'a fox --model qwen-image --acceleration r', ['regular']],
    ['no styles where the model has none', 'a fox --model qwen-image --style ', []],
    ['nothing new for a command that is none', '/dance --', []],
  ])('becomes suggestions: %s', (_, text, expected) => {
    expect(learned(text)).toEqual(expected);
  });

  test('tells range and default of an option', () => {
    const text = 'a fox --model qwen-image --ste';
    const { suggestions } = suggest(text, commands, toHintAnswer(text, chatCommands));
    expect(suggestions[0]?.description).toBe('How many steps of refinement · 2 to 250, usually 30');
  });

  test('is sifted while somebody types on', () => {
    const earlier = toHintAnswer('a fox --model ', chatCommands);
    expect(labels('a fox --model banana', earlier)).toEqual(['nano-banana-pro']);
  });

  test('is no answer about another command', () => {
    const told = toHintAnswer('/imagine a fox --', chatCommands);
    expect(labels('/cancel --', told)).toEqual(['job']);
  });

  test('is put in quotes where it has blanks', () => {
    const text = 'a fox --model recraft-v3 --style hand';
    const { suggestions } = suggest(text, commands, toHintAnswer(text, chatCommands));
    expect(suggestions[0]?.insert).toBe('"digital_illustration/hand drawn" ');
  });

  test.each([
    ['', false],
    ['a fox in fog', false],
    ['/', false],
    ['/imagine ', false],
    ['/cancel --', false],
    ['a fox --', true],
    ['a fox --ste', true],
    ['a fox --model ', true],
    ['a fox --model qw', true],
    ['a fox --ar 1', false],
    ['a fox --style re', true],
    ['a fox --model qwen-image in fog', false],
  ])('is asked for only where it helps: “%s” is %s', (text, expected) => {
    expect(isWorthAsking(text, commands)).toBe(expected);
  });

  test('never holds every model there is', () => {
    expect(JSON.stringify(commands)).not.toContain('minimax');
  });
});
