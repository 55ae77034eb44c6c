import { describe, expect, test } from 'vitest';
import type { Option } from '../../src/option.ts';
import { type FieldLook, renderField } from '../../src/platforms/web/option-field.ts';
import { humanise } from '../../src/platforms/web/humanise.ts';
import { wordFlag, wordHint } from '../../src/platforms/web/word-hint.ts';

const PLAIN: FieldLook = { mistake: '', suggestions: [], hasFocus: false, isWide: false };
async function render(option: Option, value = '', look: Partial<FieldLook> = {}): Promise<string> {
  const field = { name: 'thing', label: 'Thing', option, value, places: ['thing'] };
  return String(await renderField(field, { ...PLAIN, ...look })).replaceAll(/\s+/gu, ' ');
}

const text = { kind: 'text', description: 'Some words', maxLength: 20 } as const;
const number = { kind: 'number', description: 'How much', min: 0, max: 20 } as const;
const flag = { kind: 'flag', description: 'Whether' } as const;
const choice = {
  kind: 'choice',
  description: 'Which',
  choices: [
    { value: 'a', label: 'The first' },
    { value: 'b', label: 'The second' },
  ],
} as const;
const file = { kind: 'file', description: 'A picture', media: 'image' } as const;
const suggested = {
  kind: 'suggested',
  description: 'Which',
  maxLength: 9,
  suggest: () => [],
} as const;

/** The tags and attributes of fields that say these words wherever a field can. */
const everywhere = async (said: string): Promise<string> => {
  const options: Option[] = [
    { ...text, description: said, standard: said },
    { ...text, description: said, maxLength: 999 },
    { ...choice, choices: [{ value: said, label: said }] },
  ];
  const look = { mistake: said, suggestions: [{ value: said, label: said }] };
  const fields = await Promise.all(options.map((option) => render(option, said, look)));
  return fields
    .join('')
    .replaceAll(/"[^"]*"/gu, '""')
    .replaceAll(/>[^<]*</gu, '><');
};

describe('a field', () => {
  test.each([text, number, choice, suggested, file] as const)(
    'is labelled, described and named: $kind',
    async (option) => {
      const html = await render(option);
      expect(html).toContain('<label for="option-thing">');
      expect(html).toContain('id="option-thing"');
      expect(html).toContain('aria-describedby="hint-thing mistake-thing"');
      expect(html).toContain(`name="${option.kind === 'file' ? 'file' : 'option'}.thing"`);
    },
  );

  test('of yes and no is a group with three states', async () => {
    const html = await render(flag, 'false');
    expect(html).toMatch(/<fieldset[^>]*aria-describedby="hint-thing mistake-thing"> <legend>/u);
    expect(html.match(/type="radio"/gu)).toHaveLength(3);
    expect(html).toMatch(/value="false" checked/u);
    expect(html).toContain('Up to the model');
  });

  test.each([
    [{ ...flag, standard: 'true' }, 'Default: yes'],
    [{ ...choice, standard: 'b' }, 'Default: The second'],
    [choice, 'Leave it to the model'],
    [{ ...choice, required: true }, 'Choose'],
  ] satisfies [Option, string][])(
    'says what happens when it is left: %j',
    async (option, words) => {
      expect(await render(option)).toContain(words);
    },
  );

  test('shows a default in grey, and never an empty list of programs', async () => {
    expect(await render({ ...number, standard: '2.5' })).toContain('placeholder="2.5"');
    expect(await render({ ...text, standard: '[]' })).toContain('placeholder=""');
  });

  test('keeps what is filled in', async () => {
    expect(await render(number, '7')).toContain('value="7"');
    expect(await render(choice, 'b')).toMatch(/value="b" selected/u);
    expect(await render({ ...text, maxLength: 2000 }, '\n hi')).toContain('hi</textarea');
  });

  test('that has a mistake says so to everybody', async () => {
    const html = await render(number, '99', { mistake: '“thing” must be from 0 to 20.' });
    expect(html).toContain('aria-invalid="true"');
    expect(html).toContain(
      '<p class="mistake" id="mistake-thing">“thing” must be from 0 to 20.</p>',
    );
  });

  test('for text is one line, or a box where there is room for much', async () => {
    expect(await render(text)).toMatch(/<input type="text"[^>]*maxlength="20"/u);
    expect(await render({ ...text, maxLength: 2000 })).toMatch(/<textarea[^>]*maxlength="2000"/u);
  });

  test('for a number is text, so that no mistake is swallowed', async () => {
    expect(await render(number)).toMatch(/type="text"[^>]*inputmode="decimal"/u);
    expect(await render({ ...number, min: -12 })).toMatch(/type="text"[^>]*inputmode="text"/u);
  });

  test('with suggestions offers them without scripts, too', async () => {
    const offered = [{ value: 'flux', label: 'flux: quick' }];
    const html = await render(suggested, '', { suggestions: offered });
    expect(html).toMatch(/list="known-thing"/u);
    expect(html).toMatch(/<noscript><datalist id="known-thing"><option value="flux">flux: quick/u);
    expect(await render(suggested)).not.toContain('datalist');
  });

  test('for a file that was named by its address keeps the address', async () => {
    const html = await render(file, 'https://x.example/a.png');
    expect(html).toMatch(/name="option\.thing" value="https:\/\/x\.example\/a\.png"/u);
  });

  test.each(['"><script>alert(1)</script>', "' onfocus='alert(1)", '</textarea><b>', '&lt;'])(
    'holds hostile words only as text: %s',
    async (words) => {
      expect(await everywhere(words)).toBe(await everywhere('calm'));
    },
  );
});

describe('the words beside an option', () => {
  test.each([
    ['a number with its range', { ...number, standard: '2.5' }, 'How much · 0 to 20, usually 2.5'],
    ['a choice that can be seen', choice, 'Which'],
    ['a number that nobody described', { ...number, description: 'top p: 0 to 20' }, '0 to 20'],
    ['a choice that nobody described', { ...choice, description: 'x y: one of a, b' }, ''],
    ['a text that nobody described', { ...text, description: 'style id: text' }, 'Text'],
  ] satisfies [string, Option, string][])('in a form: %s', (_, option, expected) => {
    expect(wordHint(option)).toBe(expected);
  });

  test.each([
    ['a choice', choice, 'Which · a, b'],
    ['a text with a default', { ...text, standard: 'x' }, 'Some words · usually x'],
    ['a flag', { ...flag, standard: 'true' }, 'Whether · yes or no, usually yes'],
  ] satisfies [string, Option, string][])('in a list: %s', (_, option, expected) => {
    expect(wordFlag(option)).toBe(expected);
  });

  test.each([
    ['negative_prompt', 'Negative prompt'],
    ['lora', 'LoRA'],
    ['style_id', 'Style ID'],
  ])('as a label: %s', (name, expected) => {
    expect(humanise(name)).toBe(expected);
  });
});
